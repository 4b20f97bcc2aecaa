"""What the gallery says of a book's figures, taken together from what the stages have made."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.cells import figures
from pipeline.html.figure import Page, dimensions
from pipeline.html.pandoc import Text
from pipeline.html.sources import Sources
from pipeline.html.speech import translations
from pipeline.html.themes import films, themes
from pipeline.html.words import Words
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.records.digest import located
from pipeline.records.sidecar import read
from pipeline.style.calendar import locale
from pipeline.style.markup import as_tex

LIGHT = 30_000  # bytes of an SVG that a page of many figures shows; of a larger one it shows the WebP
HEAVY = 1_000_000  # bytes of an SVG that is no page's; the figure's own shows the WebP, too, and links to the PDFs
SIZE = re.compile(r' (width|height)="([\d.]+)')  # at the top of an SVG
HOME = "@@"  # in words, where the way to the site's root belongs


def size(file: Path) -> str:
    """How much there is to download."""
    count = file.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 999_500 else f"{max(1, round(count / 1000))} kB"


class Site:
    """The pages of a book's figures, in the order of the book."""

    def __init__(self, book: Book) -> None:
        self.book, self.themes, self.moving = book, themes(book), films(book)
        self.sources = Sources(book)
        first = book.editions[0]
        self.told: dict[str, Any] = json.loads(Path(book.captions(first)).read_text(encoding="utf-8"))
        self.labels: dict[str, str] = json.loads(Path(book.labels(first)).read_text(encoding="utf-8"))
        self.language = str(locale(book.config["language"])).replace("_", "-")
        self.speech = translations(book, self.language[:2])
        self.words = Words(book.house, self.told, self.labels, self.language[:2], self.address)

    def address(self, label: str) -> str | None:
        """Where a label leads to: a figure's page, for a group's that of its first."""
        kind, _, name = label.partition(":")
        return f"{HOME}{name}/index.html" if kind in ("fig", "figs", "tab") and name in self.book.figures else None

    def stated(self, key: str) -> Text:
        """What book.yaml says under a key."""
        return Text(as_tex(self.book.config[key]), f"{self.book.root}/book.yaml:1")

    @cached_property
    def notebooks(self) -> dict[str, Path]:
        """{figure: the chapter's notebook in which it stands}."""
        book = self.book
        return {name: Path(book.notebook(chapter)) for chapter in book.chapters for name in figures(book, chapter)}

    @cached_property
    def chapters(self) -> list[tuple[str, str, str, list[Page]]]:
        """[(name, number, title, pages)] of the chapters that have figures."""
        texts = [Text(self.book.title(name), f"{self.book.chapter_file(name)}:1") for name in self.book.chapters]
        titles = dict(zip(self.book.chapters, self.words.html(texts), strict=True))
        found = []
        for name in self.book.chapters:
            pages = [page for page in self.pages if page.name.split("/")[0] == name]
            numbers = Counter(page.number.rpartition(".")[0] for page in pages if "." in page.number)
            if pages:  # one may be shown outside of its chapter, in the preface, say
                found.append((name, numbers.most_common(1)[0][0] if numbers else "", titles[name], pages))
        return found

    @cached_property
    def pages(self) -> list[Page]:
        shown = [name for name in self.told["figures"] if name in self.book.figures]
        names = [*shown, *(name for name in self.book.figures if name not in shown)]
        order = {chapter: k for k, chapter in enumerate(self.book.chapters)}
        names.sort(key=lambda name: order[name.split("/")[0]])
        pages = [self.page(name) for name in names]
        self.say(pages)
        return pages

    def say(self, pages: list[Page]) -> None:
        """Turns what TeX says of figures into HTML, of all in one go."""
        places, texts = list[tuple[dict[str, str], str]](), list[Text]()
        for page in pages:
            told = self.told["figures"].get(page.name, {})
            where = told.get("where") or f"{page.figure.module or page.figure.template}:1"
            group = told.get("group", {})
            page.kind, page.number = told.get("kind", "figure"), told.get("number", "")
            page.group = {"number": group.get("number", "")}
            of_page = vars(page)
            for holder, key, tex in (
                (of_page, "title", page.figure.title),
                (of_page, "caption", told.get("caption", "")),
                (page.group, "title", group.get("title", "")),
                (page.group, "caption", group.get("caption", "")),
            ):
                places.append((holder, key))
                texts.append(Text(as_tex(tex) if key == "title" and holder is of_page else tex, where))
        for (holder, key), page_ in zip(places, self.words.html(texts), strict=True):
            holder[key] = page_
        for page in pages:
            kind = self.words.book.noun("table" if page.kind == "table" else "figure", True)
            page.label = f"{kind} {page.number}" if page.number else ""

    def page(self, name: str) -> Page:
        book, figure, say = self.book, self.book.figures[name], self.speech.gettext
        page = Page(figure)
        pdfs = []
        for edition in book.editions:
            file = Path(book.figure(edition, name))
            page.files[f"{edition}.pdf"] = file
            pdfs.append((f"{edition}.pdf", f"PDF, {edition}", size(file)))
            if edition in self.themes.values():
                svg = Path(book.svg(edition, name))
                page.files[f"{edition}.svg"] = svg
                pdfs.append((f"{edition}.svg", f"SVG, {edition}", size(svg)))
        page.offers = [(say("Figure"), pdfs)]
        for theme, edition in self.themes.items():
            self.draw(page, theme, edition)
        if name in self.moving:
            self.film(page)
        if figure.module:
            tables = sorted(Path(book.tables(name)).glob("*.dat"))
            page.files |= {file.name: file for file in tables}
            page.offers.append((say("Tables"), [(quote(file.name), file.name, size(file)) for file in tables]))
        if notebook := self.notebooks.get(name):
            address = "../" * page.depth + notebook.name
            page.offers.append((say("Notebook"), [(address, notebook.name, size(notebook))]))
        page.record = read(book.figure(book.editions[0], name))
        page.uncommitted, page.code = self.sources.uncommitted(name), [*self.code(figure)]
        return page

    def draw(self, page: Page, theme: str, edition: str) -> None:
        """Takes the pictures of an edition for a theme."""
        svg = Path(self.book.svg(edition, page.name))
        text = svg.read_text(encoding="utf-8")
        sizes = dict(SIZE.findall(text[: text.find(">")]))
        page.width, page.height = float(sizes["width"]), float(sizes["height"])
        whole = f"{edition}.svg" if len(text) <= HEAVY else f"{edition}.webp"
        few = f"{edition}.svg" if len(text) <= LIGHT else f"{edition}.webp"
        page.pictures[theme] = {"whole": whole, "few": few}
        page.files |= {
            f"{edition}{ending}": svg.with_suffix(ending) for ending in {Path(whole).suffix, Path(few).suffix}
        }
        card = f"card-{edition}.png"
        page.card = page.card or card
        if card not in page.files:
            page.files[card] = svg.with_suffix(".png")
            what = self.speech.gettext("PNG for posts")
            page.offers[0][1].append((card, f"{what}, {edition}", size(svg.with_suffix(".png"))))
        if page.figure.module:
            page.files[f"preview-{edition}.png"] = Path(self.book.preview(edition, page.name))
            page.pictures[theme]["preview"] = f"preview-{edition}.png"
            page.preview = dimensions(page.files[f"preview-{edition}.png"])

    def film(self, page: Page) -> None:
        """Takes the films of its editions, and their stills: what is seen where no film plays."""
        offers = []
        for theme, edition in self.themes.items():
            film, still = (Path(made(edition, page.name)) for made in (self.book.film, self.book.still))
            still = still if still.stat().st_size <= HEAVY else still.with_suffix(".webp")
            names = f"{edition}.mp4", f"still-{edition}{still.suffix}"
            if names[0] not in page.files:
                offers.append((names[0], f"MP4, {edition}", size(film)))
            page.films[theme], page.pictures[theme]["still"] = names
            page.files |= dict(zip(names, (film, still), strict=True))
            page.size = dimensions(film.with_suffix("") / "still.png")
        page.moves = self.book.plain(page.figure.film_title)
        page.offers.insert(1, (self.speech.gettext("Film"), offers))

    def code(self, figure: Figure) -> Iterator[tuple[str, str]]:
        """(what it is, file) of the sources that a figure is made of, in the book."""
        say = self.speech.gettext
        yield say("template"), str(figure.template)
        if figure.module:
            yield say("module"), str(figure.module)
        models = [self.book.models[name] for name in self.book.in_order(self.book.asked(figure.name))]
        own = [path for start in [*models, figure.module] if start for path in self.book.sources(start)]
        own += [path for path in self.sources_of(figure) if path.endswith((".j2", ".py"))]
        own = [path for path in dict.fromkeys([*map(str, models), *own]) if path.startswith(f"{self.book.root}/")]
        for path in own:
            known = path in (str(figure.template), str(figure.module))
            if not known and Path(path).is_file() and Path(path).stat().st_size:
                yield say("model") if path in map(str, models) else say("used by it"), path

    def sources_of(self, figure: Figure) -> list[str]:
        """The author's files in a figure's record, below the book's folder as it is here."""
        record = read(self.book.figure(self.book.editions[0], figure.name)).get("record", {})
        return [str(located(self.book, name)) for name in record.get("sources", {}) if name.startswith("book/")]
