"""A book on disk: its chapters, figures and models, found by folder."""

import hashlib
import importlib
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

from pipeline.errors.author import AuthorError, UsageError, raise_all
from pipeline.errors.hints import nearest
from pipeline.project import slides
from pipeline.project.chapters import Chapters
from pipeline.project.config import line_of, read_config
from pipeline.project.figures import Figure, models_of
from pipeline.project.modules import closure, place, written_at
from pipeline.project.names import check_editions, check_links, check_names, check_targets
from pipeline.project.paths import build_folder, canonical
from pipeline.project.quoting import quoted
from pipeline.setup import languages
from pipeline.style.editions import Edition
from pipeline.style.markup import plain
from pipeline.style.palettes import COLUMNS
from pipeline.style.sheets import Sheets, found
from pipeline.style.stylesheet import Stylesheet


class Book(Chapters):
    """A book's folder, what is in it, and where everything that is made of it goes."""

    def __init__(self, root: str | Path = "book") -> None:
        self.root = canonical(root)
        self.config = read_config(self.root / "book.yaml")
        self.build = build_folder(self.root)
        # read once
        self.answers: dict[str, Edition] = {}
        self.closures: dict[str | Path, list[str]] = {}
        self.digests: dict[str | Path, str] = {}
        self.states: dict[str, set[str]] = {}  # by the name in a record
        raise_all(list(self.lacks()))
        for edition in self.all_editions:
            _ = self.edition(edition).answers  # they are all there, and what they may be
        check_links(self)
        check_names(self)
        check_targets(self)
        check_editions(self)

    def lacks(self) -> Iterator[AuthorError]:
        """An AuthorError for each file that makes a book and is not there."""
        text = (self.root / "book.yaml").read_text(encoding="utf-8")
        for key, kind, file in (
            ("chapters", "chapter", self.chapter_file),
            ("editions", "edition", self.edition_file),
            ("on_request", "edition", self.edition_file),
        ):
            there = [
                f.parent.name if kind == "chapter" else f.stem
                for f in self.root.glob(str(file("*").relative_to(self.root)))
            ]
            for index, name in enumerate(self.config[key]):
                if not file(name).is_file():
                    where = f"{self.root}/book.yaml:{line_of(text, [key, index])}"
                    yield AuthorError(f"{where}: {kind} '{name}' has no {file(name)}", nearest(name, there))
        if not (self.root / "book.tex").is_file():
            hint = r"it holds front matter, \chapters and back matter"
            yield AuthorError(f"{self.root}/book.tex: there is no such file", hint)

    editions = property(lambda self: self.config["editions"])
    all_editions = property(lambda self: self.config["editions"] + self.config["on_request"])

    def plain(self, text: str) -> str:
        """A title without TeX, the book's macros replaced by what they stand for."""
        return plain(text, lambda tex: self.house.expand(tex))

    @cached_property
    def house(self) -> Stylesheet:
        """The style as the first edition sees it, for what is alike in all."""
        return Stylesheet.read(self.edition_file(self.editions[0]))

    @property
    def decimal(self) -> str:
        """What parts a number's whole from its decimals: as book.yaml says or, by babel, the language has it."""
        return self.config.get("decimal") or languages.decimal(self.config["language"])

    def find(self, name: str) -> Figure:
        if name not in self.figures:
            raise UsageError(f"there is no figure '{name}': no {self.root / name}.tex.j2", nearest(name, self.figures))
        return self.figures[name]

    def find_computed(self, name: str) -> Figure:
        figure = self.find(name)
        if not figure.module:
            where = f"{figure.template}:1: the figure '{name}' is drawn by its template alone"
            raise AuthorError(where, f"what computes something has a module, {self.root / name}.py")
        return figure

    def edition(self, name: str) -> Edition:
        base = slides.of(name)
        if (base or name) not in self.all_editions:
            raise UsageError(f"there is no edition '{name}' in {self.root}/book.yaml", nearest(name, self.all_editions))
        name = slides.sizeless(name)
        if name not in self.answers:
            self.answers[name] = Edition(self.edition_file(name), slides.answers(self.root) if base else ())
        return self.answers[name]

    def mixed(self, edition: str) -> list[str]:
        """The colours of an edition whose palette the stylesheet does not hold: in printing inks, or one of its own."""
        answers = self.edition(edition)
        own = answers.colourmodel == "cmyk" or answers.palette not in COLUMNS
        return [self.inks(edition)] if own else []

    def edition_sources(self, name: str) -> list[str]:
        """An edition's files and, where they are mixed, its colours."""
        return [*map(str, self.edition(name).files), *self.mixed(name)]

    # What depends on what
    def sources(self, path: str | Path) -> list[str]:
        """A Python file and all project files that it imports, transitively."""
        if path not in self.closures:
            self.closures[path] = closure(path, self.root)
        return self.closures[path]

    def written_at(self, figure: Figure, text: str) -> str | None:
        """'file:line' of a string in a figure's module, or in what of the book it imports."""
        imported = [path for path in self.sources(figure.code) if path.startswith(f"{self.root}/")]
        return written_at(text, [str(figure.code), *imported])

    def asked(self, name: str, function: str = "tables") -> list[str]:
        """Names of the models that a figure's tables() asks for, or its frames(); one that is not there is the job's to
        report."""
        return [model for model in self.find(name).asked(function).values() if model in self.models]

    def teachers(self, name: str) -> list[str]:
        """Names of the models that a model's train() asks for."""
        return [model for model in models_of(name, self.models[name], self.models).values() if model in self.models]

    def in_order(self, names: Iterable[str]) -> list[str]:
        """These models and all that they ask for, each after what it asks for. Raises an AuthorError for a ring."""
        graph: dict[str, list[str]] = {}
        open_ = [*names]
        while open_:
            if (name := open_.pop()) not in graph:
                open_ += graph.setdefault(name, self.teachers(name))
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            ring = error.args[1][::-1]
            where = place(self.models[ring[0]], "train")
            message = f"{where}: models ask for one another in a ring: {' → '.join(ring)}"
            raise AuthorError(message, "one of them has to be trained before the others") from None

    def drawn_from(self, name: str) -> list[str]:
        """The checksums of the tables of a computed figure; nothing for a drawn one."""
        return [self.sums(name)] if self.find(name).module else []

    def pdfs(self, names: Iterable[str]) -> list[str]:
        """The PDFs of figures, in every edition."""
        return [self.figure(edition, name) for edition in self.editions for name in names]

    def pictures_and_values(self, edition: str, chapters: Iterable[str]) -> list[str]:
        """PDFs of the figures that these chapters show, the values of the computed ones, and others that they quote."""
        names = self.figures_of(chapters := list(chapters))
        return [self.figure(edition, name) for name in names] + [self.values(name) for name in self.valued(chapters)]

    def slides_and_values(self, edition: str, talk: str) -> list[str]:
        """PDFs of the figures that a talk shows, in their sizes there, and the values that it may quote."""
        shown = [self.figure(slides.edition_of(edition, size), name) for name, size in slides.shown(self, talk)]
        return shown + [self.values(name) for name in self.valued([slides.key(talk)])]

    def valued(self, chapters: Iterable[str]) -> list[str]:
        """Names of the computed figures that these chapters show, and of others whose values they quote."""
        chapters = list(chapters)
        shown = [name for name in self.figures_of(chapters) if name in self.computed]
        return list(dict.fromkeys([*shown, *quoted(self, chapters)]))

    @cached_property
    def style(self) -> list[str]:
        """The stylesheet, the book's preamble and the files that they input."""
        return list(map(str, Sheets.read(self.root).files))

    def template(self, name: str) -> str:
        """A file of templates/, or the book's own that stands in for it."""
        return str(found(f"templates/{name}", self.root))

    def seed(self, name: str) -> int:
        """The seed of a model or figure, or of a file that is imported, by its path in the book: the book's seed and
        the name, hashed into 31 bits."""
        digest = hashlib.sha256(f"{self.config['seed']}/{name}".encode()).digest()
        return int.from_bytes(digest[:4], "big") >> 1

    def load(self, path: str | Path) -> ModuleType:
        """Imports one of the book's Python files."""
        self.package()
        return importlib.import_module(".".join(["book", *Path(path).relative_to(self.root).with_suffix("").parts]))

    def package(self) -> None:
        """Makes the book's folder the package `book`, wherever it lies."""
        if "book" not in sys.modules:
            from pipeline import seeds  # only who imports the book's modules needs it

            home = self.root.resolve()
            package = ModuleType("book")
            package.__path__ = [str(home)]
            sys.modules["book"] = package
            seeds.watch("book", lambda file: self.seed(str(Path(file).relative_to(home))))
