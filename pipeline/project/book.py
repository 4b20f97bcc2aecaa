"""A book on disk: its chapters, figures and models, found by folder."""

import hashlib
import importlib
import re
import sys
import types
from functools import cached_property
from pathlib import Path

from pipeline.errors.author import AuthorError, raise_all
from pipeline.errors.hints import nearest
from pipeline.project.config import line_of, read_config
from pipeline.project.figures import Figure
from pipeline.project.modules import closure
from pipeline.project.names import check_links, check_names, check_targets
from pipeline.project.paths import Paths, build_folder, canonical
from pipeline.style.comments import without_comments
from pipeline.style.editions import Edition, files

SHOWN_OR_INPUT = re.compile(r"\\fig(?:\[[^]]*\])?\{(?P<figure>[^}]+)\}|\\(?:input|include)\s*\{(?P<input>[^}]+)\}")
INPUT = re.compile(r"^[^%\n]*?\\input\{([^}]+)\}", re.MULTILINE)


class Book(Paths):
    """A book's folder, what is in it, and where everything that is made of it goes."""

    def __init__(self, root="book"):
        self.root = canonical(root)
        self.config = read_config(self.root / "book.yaml")
        self.build = build_folder(self.root)
        # by edition, by path, by path, by name: read once
        self.answers, self.closures, self.digests, self.states = {}, {}, {}, {}
        raise_all(list(self.lacks()))
        for edition in self.all_editions:
            _ = self.edition(edition).answers  # they are all there, and what they may be
        check_links(self)
        check_names(self)
        check_targets(self)

    def lacks(self):
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
        for name, hint in (
            ("book.tex", r"it holds front matter, \chapters and back matter"),
            ("references.bib", "it may be empty"),
        ):
            if not (self.root / name).is_file():
                yield AuthorError(f"{self.root / name}: there is no such file", hint)

    chapters = property(lambda self: self.config["chapters"])
    editions = property(lambda self: self.config["editions"])
    all_editions = property(lambda self: self.config["editions"] + self.config["on_request"])

    @cached_property
    def figures(self):
        """{name: Figure} of every template in the chapters' folders."""
        found = {}
        for template in sorted(t for c in self.chapters for t in (self.root / c).glob("*.tex.j2")):
            stem = template.name.removesuffix(".tex.j2")
            module = template.with_name(stem + ".py")
            found[f"{template.parent.name}/{stem}"] = Figure(
                f"{template.parent.name}/{stem}", template, module if module.is_file() else None
            )
        return found

    @cached_property
    def models(self):
        """{name: module} of every model in the chapters' folders."""
        files = sorted(
            f for c in self.chapters for f in (self.root / c / "models").glob("*.py") if f.stem != "__init__"
        )
        return {f"{f.parent.parent.name}/{f.stem}": f for f in files}

    @cached_property
    def computed(self):
        """Names of the figures that have a module."""
        return [name for name, figure in self.figures.items() if figure.module]

    def within(self, path):
        """A path in the book's folder; None for one that leads out of it, or to what is hidden there."""
        path, root = self.root / path, self.root.resolve()
        inside = path.resolve().is_relative_to(root) and path.resolve().relative_to(root)
        return path if inside and not any(part.startswith(".") for part in inside.parts) else None

    def find(self, name):
        if name not in self.figures:
            raise AuthorError(f"there is no figure '{name}': no {self.root / name}.tex.j2", nearest(name, self.figures))
        return self.figures[name]

    def edition(self, name):
        if name not in self.all_editions:
            raise AuthorError(
                f"there is no edition '{name}' in {self.root}/book.yaml", nearest(name, self.all_editions)
            )
        return self.answers.setdefault(name, Edition(self.edition_file(name)))

    def mixed(self, edition):
        """The palette in printing inks, where the edition has them."""
        return [self.inks(edition)] if self.edition(edition).colourmodel == "cmyk" else []

    def edition_sources(self, name):
        """An edition's files and, where it is in printing inks, these."""
        return [*map(str, files(self.edition_file(name))), *self.mixed(name)]

    # What depends on what
    def sources(self, path):
        """A Python file and all project files that it imports, transitively."""
        if path not in self.closures:
            self.closures[path] = closure(path, self.root)
        return self.closures[path]

    def title(self, chapter):
        """The title in a chapter's text, or its name where it has none."""
        found = re.search(
            r"^\\chapter\{([^}]+)\}", self.chapter_file(chapter).read_text(encoding="utf-8"), re.MULTILINE
        )
        return found[1] if found else chapter

    def asked(self, name):
        """Names of the models that a figure asks for; one that is not there is the job's to report."""
        return [model for model in self.find(name).models.values() if model in self.models]

    def drawn_from(self, name):
        """The checksums of the tables of a computed figure; nothing for a drawn one."""
        return [self.sums(name)] if self.find(name).module else []

    def figures_of(self, chapters):
        """Names of the figures that these chapters show and that are there."""
        return [name for chapter in chapters for name, _ in self.shown(chapter) if name in self.figures]

    def pdfs(self, names):
        """The PDFs of figures, in every edition."""
        return [self.figure(edition, name) for edition in self.editions for name in names]

    def pictures_and_values(self, edition, chapters):
        """PDFs of the figures that these chapters show, and the values of the computed ones."""
        names = self.figures_of(chapters)
        return [self.figure(edition, name) for name in names] + [
            self.values(name) for name in names if name in self.computed
        ]

    def shown(self, chapter):
        """[(figure, 'file:line')] of the figures that a chapter's text shows, in the order of appearance."""
        return list(self.shown_in(self.chapter_file(chapter), ()))

    def shown_in(self, path, above):
        """The same of a text and of what it inputs; `above` are those that input it."""
        text = without_comments(path.read_text(encoding="utf-8"))
        for match in SHOWN_OR_INPUT.finditer(text):
            if match["figure"]:
                yield match["figure"], f"{path}:{text.count(chr(10), 0, match.start('figure')) + 1}"
            elif (below := self.input(match["input"])) and below not in (*above, path):
                yield from self.shown_in(below, (*above, path))

    def input(self, name):
        """The book's file that TeX inputs by a name such as \\bookdir/line/section; None where there is none."""
        path = name.strip().removeprefix(r"\bookdir/")
        files = [self.within(f"{path}.tex"), self.within(path)]
        return next((file for file in files if file and file.is_file()), None)

    @cached_property
    def style(self):
        """The stylesheet and the files that it inputs."""
        files = [Path("templates/maths-preamble.tex")]
        for file in files:
            files += [
                f for name in INPUT.findall(file.read_text(encoding="utf-8")) if (f := Path(f"{name}.tex")).is_file()
            ]
        return list(map(str, files))

    def seed(self, name):
        """The seed of a model or figure: the book's seed and the name, hashed into 31 bits."""
        digest = hashlib.sha256(f"{self.config['seed']}/{name}".encode()).digest()
        return int.from_bytes(digest[:4], "big") >> 1

    def load(self, path):
        """Imports one of the book's Python files; the book's folder is the package `book`, wherever it lies."""
        if "book" not in sys.modules:
            package = types.ModuleType("book")
            package.__path__ = [str(self.root.resolve())]
            sys.modules["book"] = package
        return importlib.import_module(".".join(["book", *Path(path).relative_to(self.root).with_suffix("").parts]))
