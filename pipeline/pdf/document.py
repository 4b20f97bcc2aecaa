"""A PDF as preflight sees it: what its pages paint, the fonts that it asks for, and where in it something lies."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

from pipeline.pdf.geometry import PT, Box
from pipeline.pdf.page import Page
from pipeline.pdf.painted import Paint, Placed
from pipeline.pdf.spaces import Colour


@dataclass(eq=False)
class Document:
    """A figure's PDF or, where `figure` is None, the book's, or a talk's."""

    path: str
    figure: str | None
    pdf: pikepdf.Pdf
    pages: list[Page]
    # of each page: the mean coverage of the plates cyan, magenta, yellow and black, and the greatest sum, in per cent
    inks: Sequence[tuple[list[float], float]] = ()
    # 'file:line' of the text that stands on a page at (across, down), in pt from its upper left corner
    written: Callable[[int, float, float], str | None] = lambda *_: None
    template: str | None = None  # a figure's
    origins: Sequence[str] = ()  # 'file:line' of each line of its picture
    called: Callable[[Colour], str | None] = lambda _: None  # the role that a colour is painted for
    slides: bool = False  # whether it is a talk's

    def paints(self) -> Iterator[tuple[int, Paint]]:
        """(number of the page, Paint) of all that is painted, without the figures that the book places."""
        return ((number, item) for number, page in enumerate(self.pages) for item in page.paints)

    def placed(self) -> Iterator[tuple[int, Placed]]:
        return ((number, item) for number, page in enumerate(self.pages) for item in page.placed)

    def line(self, number: int | None = None, box: Box | None = None, source: int | None = None) -> str | None:
        """'file:line' of what the author wrote: of a figure's template, by the line of its picture; of the text that
        stands in a box (bp) of a page, where TeX noted it."""
        if self.figure:
            return self.origins[source - 1] if source and source <= len(self.origins) else None
        if number is None or box is None:
            return None
        left, bottom, right, top = box
        height = self.pages[number].box[3]
        return self.written(number, (left + right) / 2 * PT, (height - (bottom + top) / 2) * PT)

    @cached_property
    def resources(self) -> list[Any]:
        """The resource dictionaries of pages, and of the forms, patterns and Type 3 fonts that they use."""
        found: list[Any] = []
        open_: list[Any] = [page.obj for page in self.pdf.pages]
        seen: set[tuple[int, int]] = set()
        while open_:
            holder = open_.pop()
            if holder.objgen != (0, 0) and holder.objgen in seen:
                continue
            seen.add(holder.objgen)
            if (resources := holder.get("/Resources")) is not None:
                found.append(resources)
                things = [
                    thing for kind in ("/XObject", "/Pattern", "/Font") for thing in resources.get(kind, {}).values()
                ]
                open_ += [thing for thing in things if "/Resources" in thing]
        return found

    @cached_property
    def fonts(self) -> list[tuple[str, Any]]:
        """[(name, dictionary)] of the fonts in use, each once."""
        used = [font for resources in self.resources for font in resources.get("/Font", {}).values()]
        once = {font.objgen if font.is_indirect else id(font): font for font in used}
        return sorted(
            ((str(font.get("/BaseFont", "/an unnamed font"))[1:], font) for font in once.values()),
            key=lambda pair: pair[0],
        )


def at(box: Box) -> str:
    """The middle of a box (bp), in pt from the page's lower left corner."""
    return f"({(box[0] + box[2]) / 2 * PT:.0f}, {(box[1] + box[3]) / 2 * PT:.0f}) pt"
