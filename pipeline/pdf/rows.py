"""The lines of text on a book's pages: where they stand, how large their type is, and which of them are the text's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pipeline.pdf.geometry import PT, Box, bounds
from pipeline.pdf.page import Page
from pipeline.pdf.painted import Paint

SAME = 0.05  # of its size: type that differs by less is of one size
AT = 3  # bp: what begins as near to the margin begins there
HEADING = 1.06  # of the text's size, at the least
CHAPTER = 1.8


@dataclass
class Row:
    """A line: what stands on one baseline."""

    y: float  # of the baseline, in bp
    paints: list[Paint]

    @cached_property
    def box(self) -> Box:
        return bounds([corner for paint in self.paints for corner in (paint.box[:2], paint.box[2:])])

    @cached_property
    def size(self) -> float:
        """That of most of its type, in pt."""
        sizes = Counter[float]()
        for paint in self.paints:
            sizes[round(paint.size or 0, 1)] += round(paint.box[2] - paint.box[0])
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(paint.typed is not None and "Bold" in paint.typed.font.name for paint in self.paints)

    @property
    def words(self) -> str:
        """What can be read of it."""
        ranked = sorted(self.paints, key=lambda paint: paint.box[0])
        pieces = [b"".join(p for p in paint.typed.pieces if isinstance(p, bytes)) for paint in ranked if paint.typed]
        return " ".join(piece.decode("ascii", "ignore") for piece in pieces)


def rows(page: Page) -> list[Row]:
    """The level lines of a page, from above."""
    found: dict[float, Row] = {}
    for paint in page.paints:
        if paint.kind == "text" and paint.typed and abs(paint.typed.matrix[1]) < 1e-3:
            y = round(paint.typed.matrix[5], 1)
            found.setdefault(y, Row(y, [])).paints.append(paint)
    return [found[y] for y in sorted(found, reverse=True)]


@dataclass
class Text:
    """A page's text: its rows between the running head and the foot, and the margins where they begin and end."""

    number: int  # of the page, from 0
    page: Page
    frame: "Frame"
    rows: list[Row]
    left: float = 0.0
    right: float = 0.0
    heads: list[Row] = field(default_factory=list)

    def is_text(self, row: Row) -> bool:
        """Whether it is a line of running text: in its size, from the margin or an indent."""
        begins = min(abs(row.box[0] - self.left), abs(row.box[0] - self.left - self.frame.indent)) < AT
        return begins and abs(row.size - self.frame.size) <= SAME * self.frame.size and not row.bold

    def is_indented(self, row: Row) -> bool:
        return self.is_text(row) and abs(row.box[0] - self.left - self.frame.indent) < AT

    def is_heading(self, row: Row) -> bool:
        return row.bold and row.size >= HEADING * self.frame.size and abs(row.box[0] - self.left) < AT

    @cached_property
    def lines(self) -> list[Row]:
        """The lines of running text."""
        return [row for row in self.rows if self.is_text(row)]

    @property
    def opens(self) -> bool:
        """Whether a chapter begins here."""
        return any(row.size >= CHAPTER * self.frame.size for row in self.rows)

    @property
    def empty(self) -> bool:
        return not self.rows and not self.heads and not self.page.placed and len(self.page.paints) <= 1

    @property
    def depth(self) -> float | None:
        """How far down its text, figures and captions reach: the last baseline, or lower edge (bp); None of an empty
        page."""
        lowest = [row.y for row in self.rows] + [placed.box[1] for placed in self.page.placed]
        return min(lowest, default=None)


@dataclass
class Frame:
    """What most pages have in common: the size of text (pt), from line to line, the indent, and where the first and the
    last line of a page stand (bp)."""

    size: float
    leading: float
    indent: float
    top: float
    bottom: float


def mode(values: Sequence[float], otherwise: float = 0.0) -> float:
    return Counter(values).most_common(1)[0][0] if values else otherwise


def texts(pages: Sequence[Page]) -> list[Text]:
    """The text of each page of a book."""
    all_ = [rows(page) for page in pages]
    sizes = Counter[float]()
    for row in (row for found in all_ for row in found):
        sizes[row.size] += round(row.box[2] - row.box[0])
    if not sizes:
        return [Text(number, page, Frame(10, 12, 15, page.box[3], 0), []) for number, page in enumerate(pages)]
    size = sizes.most_common(1)[0][0]
    plain = [[row for row in found if abs(row.size - size) <= SAME * size and not row.bold] for found in all_]
    leading = mode([round(a.y - b.y, 1) for found in plain for a, b in pairwise(found) if a.y - b.y > size / PT])
    lefts = [mode([round(row.box[0]) for row in found]) for found in plain]
    indents = [round(row.box[0]) - left for found, left in zip(plain, lefts, strict=True) for row in found]
    indent = mode([value for value in indents if 5 < value < 40], 15)
    full = [found for found in plain if len(found) > 20]
    top = mode([found[0].y for found in full], pages[0].box[3])
    bottom = min((found[-1].y for found in full), default=0.0)
    frame = Frame(size, leading, indent, top, bottom)
    result = []
    for number, (page, found, left) in enumerate(zip(pages, all_, lefts, strict=True)):
        inner = [row for row in found if bottom - leading / 2 <= row.y <= top + leading]
        heads = [row for row in found if row.y > top + leading and row.size < HEADING * size]
        right = mode([round(row.box[2]) for row in plain[number]])
        result.append(Text(number, page, frame, inner, left, right, heads))
    return result
