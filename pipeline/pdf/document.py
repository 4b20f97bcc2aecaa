"""A PDF as preflight sees it: what its pages paint, the fonts that it asks for, and where in it something lies."""

from dataclasses import dataclass
from functools import cached_property

import pikepdf

from pipeline.pdf.page import PT, Page


@dataclass
class Document:
    """A figure's PDF or, where `figure` is None, the book's."""

    path: str
    figure: str | None
    pdf: pikepdf.Pdf
    pages: list[Page]
    # of each page: the mean coverage of the plates cyan, magenta, yellow and black, and the greatest sum, in per cent
    inks: tuple = ()

    def paints(self):
        """(number of the page, Paint) of all that is painted, without the figures that the book places."""
        return ((number, item) for number, page in enumerate(self.pages) for item in page.paints)

    def placed(self):
        return ((number, item) for number, page in enumerate(self.pages) for item in page.placed)

    def place(self, number=None):
        """The file and the page, as the author is told."""
        if self.figure:
            return f"{self.path}: {self.figure}"
        return self.path if number is None else f"{self.path}, page {number + 1}"

    @cached_property
    def resources(self):
        """The resource dictionaries of pages, and of the forms, patterns and Type 3 fonts that they use."""
        found, seen, open_ = [], set(), [page.obj for page in self.pdf.pages]
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
    def fonts(self):
        """[(name, dictionary)] of the fonts in use, each once."""
        used = [font for resources in self.resources for font in resources.get("/Font", {}).values()]
        once = {font.objgen if font.is_indirect else id(font): font for font in used}
        return sorted(
            ((str(font.get("/BaseFont", "/an unnamed font"))[1:], font) for font in once.values()),
            key=lambda pair: pair[0],
        )


def at(box):
    """The middle of a box (bp), in pt from the page's lower left corner."""
    return f"({(box[0] + box[2]) / 2 * PT:.0f}, {(box[1] + box[3]) / 2 * PT:.0f}) pt"
