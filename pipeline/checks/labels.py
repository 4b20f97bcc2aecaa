"""What is set in a figure as one label, and which labels stand on a halo."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.checks.once import once
from pipeline.pdf.document import Document
from pipeline.pdf.geometry import Box
from pipeline.pdf.glyphs import around, letters
from pipeline.pdf.page import Page
from pipeline.pdf.painted import Paint
from pipeline.pdf.spaces import simple

WORD = 6  # bp between what is set as one label


@dataclass
class Label:
    """Type that is set as one. at : the number of its last piece among what the page paints."""

    at: int
    paints: list[Paint]
    letters: list[Box]
    haloed: bool

    @cached_property
    def box(self) -> Box:
        return around(self.letters)

    @property
    def words(self) -> str:
        """What can be read of it."""
        return f"'{plain}'" if (plain := readable(self.paints)) else "a label"


def readable(paints: Iterable[Paint]) -> str:
    """The letters of type that can be read; nothing where there are none."""
    pieces = [piece for paint in paints if paint.typed for piece in paint.typed.pieces]
    found = "".join(piece.decode("ascii", "ignore") for piece in pieces if isinstance(piece, bytes))
    plain = "".join(letter for letter in found if letter.isprintable())
    return plain if plain.strip() else ""


@once
def labels(page: Page) -> list[Label]:
    """The labels of a figure: type that follows type in the page, and stands by it, is one."""
    halos = {place(paint) for paint in page.paints if is_halo(paint, page)}
    found: list[Label] = []
    last: Paint | None = None
    for number, paint in enumerate(page.paints):
        if paint.kind != "text" or is_halo(paint, page) or not (boxes := list(letters(paint, page.glyphs))):
            continue
        if last and last.tick is paint.tick and last.source == paint.source and near(found[-1].letters, boxes):
            label = found[-1]
            label.at, label.haloed = number, label.haloed and place(paint) in halos
            label.paints.append(paint)
            label.letters += boxes
        else:
            found.append(Label(number, [paint], boxes, place(paint) in halos))
        last = paint
    return found


def near(one: list[Box], other: list[Box]) -> bool:
    first, second = around(one), around(other)
    return all(max(first[k] - second[k + 2], second[k] - first[k + 2]) < WORD for k in (0, 1))


def is_halo(paint: Paint, page: Page) -> bool:
    """Whether it is type with an outline of another colour, or in the paper's: other type comes to stand upon it."""
    outlined = paint.edge is not None and paint.edge != paint.colour
    return paint.kind == "text" and (outlined or (page.paper is not None and simple(paint.colour) == page.paper))


def place(paint: Paint) -> tuple[int, int]:
    return round(paint.box[0]), round(paint.box[1])


def figures(documents: Sequence[Document]) -> Iterator[tuple[Document, Page]]:
    return ((document, document.pages[0]) for document in documents if document.figure and document.pages)
