"""What an edition promises of its figures and pages: one function a promise, which looks at all that the promise is
about."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from pipeline.checks import axes, clear, edges, pages
from pipeline.checks.finding import Unread
from pipeline.checks.promise import PROMISES, Seen, books, given, promise
from pipeline.checks.visible import NOUNS
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT
from pipeline.pdf.pdfx import covers, embedded, requirements
from pipeline.pdf.spaces import FAMILIES
from pipeline.pdf.ticks import alike
from pipeline.style.editions import Edition

LINE, TYPE, INK = 0.005, 0.05, 1  # tolerances: pt, pt, per cent
MORE = axes, clear, edges, pages  # which make promises, too
PLAIN = "Normal", "Compatible"  # blend modes
OUTLINES = {"line": "a line", "mark": "the outline of a mark", "area": "the outline of an area"}


SPACES = {"rgb": ("DeviceGray", "DeviceRGB"), "cmyk": ("DeviceGray", "DeviceCMYK")}


@promise(
    "colour spaces",
    lambda e: f"{' or '.join(SPACES[e.colourmodel])} alone",
    "draw in roles; convert a picture that was made elsewhere",
)
def colours(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    allowed = SPACES[edition.colourmodel]
    for document in documents:
        for page, item in document.paints():
            for colour in (item.colour,) if item.edge is None else (item.colour, item.edge):
                space = colour if isinstance(colour, str) else FAMILIES.get(len(colour), f"{len(colour)} components")
                fault = None if space in allowed else f"{NOUNS[item.kind]} in {space}"
                yield Seen(space, document, page, item, fault)


@promise(
    "lines",
    lambda e: f"at least {e.leastline:.2f} pt",
    r"`line width=\leastline` is the thinnest that the edition allows",
    "{:.2f} pt",
    min,
)
def lines(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for page, item in document.paints():
            if item.width is not None:
                thin = item.width < edition.leastline - LINE
                yield Seen(
                    item.width,
                    document,
                    page,
                    item,
                    f"{OUTLINES[item.kind]} of {item.width:.2f} pt" if thin else None,
                )


@promise(
    "type",
    lambda e: f"at least {e.leasttype:.1f} pt",
    "write it larger, or leave the size to the stylesheet",
    "{:.1f} pt",
    min,
)
def sizes(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for page, item in document.paints():
            if item.size is not None:
                small = item.size < edition.leasttype - TYPE
                yield Seen(item.size, document, page, item, f"type of {item.size:.1f} pt" if small else None)


@promise(
    "transparency",
    lambda e: "none" if e.transparency == "none" else None,
    r"mix with the page's colour, as in `fill=input!\tint!paper`",
    "{:.0%} opaque",
    min,
)
def transparency(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for page, item in document.paints():
            how = "{:.0%} opacity" if item.alpha < 1 else None if item.blend in PLAIN else f"blending {item.blend}"
            yield Seen(item.alpha, document, page, item, how and f"{NOUNS[item.kind]} with {how}")
        for page, shown in enumerate(document.pages):
            yield Seen(None, document, page, shown.box, "the page is a transparency group" if shown.group else None)
        for page, form in document.placed():
            yield Seen(None, document, page, form, "a transparency group" if form.group else None)


@promise(
    "tick labels",
    lambda e: "no two alike on an axis; the axis's key `labels may repeat` allows it",
    "give the labels more digits, or the axis fewer ticks",
)
def ticks(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for number, page in enumerate(document.pages):
            for label, again in alike(page.ticks):
                fault = f"a label of the {label.axis[-1]} axis reads as another one does" if again else None
                yield Seen(None, document, number, label, fault)


@promise("fonts", lambda e: "embedded, and none of Type 3", "use another font; embed those of a picture made elsewhere")
def fonts(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for name, font in document.fonts:
            kind = str(font.Subtype)[1:]
            loose = None if embedded(font) else f"{name} is not embedded"
            yield Seen(kind, document, fault=f"{name} is of Type 3" if kind == "Type3" else loose)


def most(edition: Edition) -> str | None:
    return f"at most {edition.mostink:.0f} %" if edition.colourmodel == "cmyk" else None


LESS = "lay fewer or lighter colours over one another"


@promise("ink as written", most, LESS, "{:.0f} %", max)
def ink(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for page, item in document.paints():
            for colour in (item.colour, item.edge):
                if isinstance(colour, tuple) and len(colour) == 4:
                    total = 100 * sum(colour)
                    fault = f"{NOUNS[item.kind]} of {{:.0f}} % ink" if total > edition.mostink + INK else None
                    yield Seen(total, document, page, item, fault)


@promise("ink as printed", most, LESS, "{:.0f} %", max)
def printed_ink(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in documents:
        for page, (_, total) in enumerate(document.inks):
            yield Seen(total, document, page, fault="{:.0f} % ink" if total > edition.mostink + INK else None)


@promise(
    "descriptions",
    lambda e: "an alt text for each figure in the book",
    r"below its title and an empty line, say what the picture shows; of one by others, \includegraphics[alt={…}]{…}",
    "{} characters",
    min,
)
def descriptions(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in given(documents):
        for page, item in document.placed():
            yield Seen(
                len(item.alt),
                document,
                page,
                item,
                None if item.alt else f"{item.figure or 'a picture'} has no alt text",
            )


@promise(
    "scale",
    lambda e: "figures at their own size",
    "draw it at the size that it is to have",
    "{:.3f}",
    lambda scales: max(scales, key=lambda s: abs(s - 1)),
)
def scale(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in given(documents):
        for page, item in document.placed():
            if item.figure:
                a, b, c, d = item.matrix[:4]
                size, turn = max(a, b, key=abs), min(abs(a), abs(b))  # by 0 or 90 degrees
                good = max(abs(a - d), abs(b + c), abs(size - 1), turn) < 1e-4
                fault = None if good else f"{item.figure} is scaled by {{:.3f}}"
                yield Seen(size, document, page, item, fault)


NAVIGATION = {
    "coloured": "links, bookmarks, title and author",
    "plain": "links, bookmarks, title and author",
    "none": "neither links nor bookmarks nor provenance",
}


@promise(
    "links and metadata",
    lambda e: NAVIGATION[e.links],
    r"the edition's \links decides, and book.yaml has title and author",
)
def navigation(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """A book that has nothing to link, or to mark, has no link, or no bookmark, to have; nor need slides."""
    for document in documents if edition.links == "none" else given(documents):
        root = document.pdf.Root
        targets = places(root)
        there = {
            "links": any("/Annots" in page for page in document.pdf.pages),
            "bookmarks": "/First" in root.get("/Outlines", {}),
            "title": bool(document.pdf.docinfo.get("/Title")),
            "author": bool(document.pdf.docinfo.get("/Author")),
            "provenance": "/Metadata" in root or "/PieceInfo" in root or "/EmbeddedFiles" in root.get("/Names", {}),
        }
        if edition.links == "none":
            for name in ("links", "bookmarks", "provenance"):
                yield Seen(None, document, fault=f"has {name}" if there[name] else None)
            continue
        # hyperref leaves targets, whether anything leads to them or not
        needless = {
            "links": bool(targets) or document.slides,
            "bookmarks": document.slides or (bool(targets) and not any(map(PART.match, targets))),
        }
        for name in ("links", "bookmarks", "title", "author"):
            good = there[name] or needless.get(name, False)
            yield Seen(None, document, fault=None if good else f"has no {name}")


PART = re.compile(r"(part|chapter|section|appendix)\b")


def places(root: Any) -> list[str]:
    """The names of what links may lead to."""
    names = root.get("/Names", {})
    tree = dict(pikepdf.NameTree(names.Dests)) if "/Dests" in names else {}
    return [*map(str, tree), *(name[1:] for name in root.get("/Dests", {}))]


@promise(
    "boxes",
    lambda e: f"trim, and a bleed of {e.bleed:.2f} pt around it" if e.bleed else None,
    r"the edition's \bleed decides",
    "{:.2f} pt",
    min,
)
def boxes(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """TrimBox and, grown from it by the bleed, BleedBox, within MediaBox, on each page of the book."""
    for document in books(documents):
        for number, page in enumerate(document.pdf.pages):
            given = {
                name: [float(v) for v in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox") if name in page
            }
            if len(given) < 3:
                missing = " or ".join(name[1:] for name in ("/BleedBox", "/TrimBox") if name not in given)
                yield Seen(None, document, number, fault=f"no {missing}")
                continue
            media, bleed, trim = given.values()
            margins = [sign * (t - b) * PT for sign, t, b in zip((1, 1, -1, -1), trim, bleed, strict=True)]
            fault = None if covers(media, bleed) else "BleedBox reaches beyond MediaBox"
            if any(abs(margin - edition.bleed) > 0.05 for margin in margins):
                fault = "a bleed of {:.2f} pt"
            yield Seen(min(margins), document, number, fault=fault)


@promise(
    "standard",
    lambda e: None if e.standard == "none" else e.standard,
    "take out what the standard forbids; a picture made elsewhere may bring it in",
)
def standard(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    for document in given(documents):
        for name, fault in requirements(document):
            yield Seen(None, document, fault=fault and f"{name}: {fault}")


def kept(edition: Edition, documents: Sequence[Document], unread: Unread) -> list[dict[str, Any]]:
    """Records of the promises that an edition makes; what cannot be looked at is told to `unread`."""
    return [promise.kept(edition, documents, unread) for promise in PROMISES if promise.wanted(edition)]
