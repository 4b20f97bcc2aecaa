"""What a reader sees: all that is painted stands out from what is behind it, and stands on the page."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.checks.labels import readable
from pipeline.checks.promise import Look, Seen, given, promise
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import PT
from pipeline.pdf.grounds import ALIKE
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import Colour, simple, words
from pipeline.style.editions import Edition

CONTRAST = 0.05  # tolerance
LONG = 30  # letters of type that are quoted
# pt that lines, marks and type may reach beyond a page: a bounding box ends in the middle of the outer lines, and cuts
# a mark on the edge of a plot
BEYOND = 3
NOUNS = {
    "text": "type",
    "line": "a line",
    "mark": "a mark",
    "area": "an area",
    "image": "an image",
    "shading": "a shading",
}
FAINT = "choose a role that stands out more, or another place for it"
SAME = (
    "black and white by numbers, or of a picture made elsewhere, are the same in all editions: write `ink`, or a role"
)


def hint(item: Paint) -> str:
    rgb = simple(item.edge if item.kind == "area" and item.edge else item.colour)
    return SAME if rgb in ((0, 0, 0), (255, 255, 255)) and item.contrast and item.contrast < ALIKE else FAINT


def faint(item: Paint, called: Callable[[Colour], str | None]) -> str:
    """What is wrong with it, by its role and, of type, its words; {} stands for its contrast."""
    on = words(item.behind or (), 255)
    if item.kind == "image":
        return f"an image that cannot be told from {on} behind it"
    outlined = item.kind == "area" and item.edge is not None
    colour = item.edge if outlined and item.edge is not None else item.colour
    role = f"{name}, " if (name := called(colour)) else ""
    noun = f"the outline of {NOUNS[item.kind]}" if outlined else f"{NOUNS[item.kind]}{quoted(item)}"
    return f"{noun} in {role}{words(colour)} on {on} at {{:.2f}}:1"


def quoted(item: Paint) -> str:
    """What can be read of type, for the author to find it; of other things nothing."""
    plain = "" if item.typed is None or item.typed.font.wide else readable([item])
    short = plain if len(plain) <= LONG else f"{plain[:LONG]}…"
    return f" '{short.replace('{', '{{').replace('}', '}}')}'" if short else ""


def stands_out(kinds: tuple[str, ...], least: Callable[[Edition], float]) -> Look:
    """Looks at the contrasts of some kinds of objects with what is behind them."""

    def look(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
        for document in documents:
            for page, item in document.paints():
                if item.kind in kinds and item.contrast is not None and item.behind is not None:
                    low = item.contrast < least(edition) - CONTRAST
                    fault = (faint(item, document.called), hint(item), item.kind) if low else ()
                    yield Seen(item.contrast, document, page, item, *fault)

    return look


promise("contrast of type", lambda e: f"at least {e.textcontrast:.1f}:1", FAINT, "{:.2f}:1", min)(
    stands_out(("text",), lambda e: e.textcontrast)
)
promise("contrast of lines, marks and areas", lambda e: f"at least {e.markcontrast:.1f}:1", FAINT, "{:.2f}:1", min)(
    stands_out(("line", "mark", "area", "image"), lambda e: e.markcontrast)
)


@promise(
    "page",
    lambda e: "nothing runs off it",
    r"`\measure` is how wide a picture may be, `\pictureheight` how high; its bounding box holds all of it",
    "{:.0f} pt beyond",
    max,
)
def page(edition: Edition, documents: Sequence[Document]) -> Iterator[Seen]:
    """Of figures, whose page is their picture, all but areas that are cut; of the book, whose areas may bleed off the
    trimmed page, lines, marks, type and figures."""
    for document in documents:
        kinds = ("line", "mark", "text", "image") if document.figure else ("line", "mark", "text")
        for number, item in document.paints():
            if item.kind in kinds:
                off = item.beyond > BEYOND
                fault = f"{NOUNS[item.kind]} runs off the page by {{:.0f}} pt" if off else None
                yield Seen(item.beyond, document, number, item, fault)
        for number, shown in enumerate(document.pages):
            for item in shown.lost:
                if item.kind in kinds or document.figure:
                    yield Seen(
                        item.beyond, document, number, item, f"{NOUNS[item.kind]} lies beyond the page by {{:.0f}} pt"
                    )
    for document in given(documents):
        for number, placed in document.placed():
            left, bottom, right, top = document.pages[number].trim
            sides = left - placed.box[0], bottom - placed.box[1], placed.box[2] - right, placed.box[3] - top
            over = 0 if min(sides) >= 0 else max(*sides, 0) * PT  # a cover is as large as the page, and bleeds off it
            if placed.figure:
                fault = f"{placed.figure} runs off the page by {{:.0f}} pt" if over > BEYOND else None
                yield Seen(over, document, number, placed, fault)
