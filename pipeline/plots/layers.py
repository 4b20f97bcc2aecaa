"""The layers of a figure's PDF: where TeX has drawn specimens, all rows of their tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf

from pipeline.plots import dense
from pipeline.plots.columns import Array
from pipeline.plots.geometry import OWN, Axes, Page, Reach
from pipeline.plots.plot import Plot, limits
from pipeline.plots.repeat.arrows import arrows
from pipeline.plots.repeat.lines import lines
from pipeline.plots.repeat.marks import marks
from pipeline.plots.repeat.surface import surface
from pipeline.plots.specimen import Instruction, Unforeseen, must, operator, shapes, specimens, written


def repeated(
    geometry: Mapping[str, Array], reach: Reach, body: Sequence[Instruction], plot: Plot, page: Page
) -> tuple[str, bool]:
    """The content of all rows, of a specimen's, and whether there is any; Unforeseen where it is not what its rows
    foretell."""
    axes, rows = Axes(geometry, reach), None if plot.grid else plot.specimen
    given = limits(plot.axis)
    must(all(axes.settled(data, given, rows) for data in (plot.along, plot.tips) if data is not None))
    found, rest = shapes(body)
    if not found:  # no marks, or no lines; no mark of the specimen may be within the limits
        within = axes.inside(plot.along)
        must(within[plot.specimen].any() or not within.any())
        return written(body), False
    for way in (surface,) if plot.grid else (lines, marks, arrows):
        try:
            return way(found, rest, axes, plot, page), True
        except (Unforeseen, ValueError, LookupError):
            continue
    raise Unforeseen


def fill(content: pikepdf.Page | pikepdf.Stream, plots: Sequence[Plot]) -> tuple[bytes, Page, list[Plot]]:
    """(a page's content with all rows of these plots, the page, and those plots that are not as foreseen)."""
    try:  # all of it, in 0.02 s for the 10 000 instructions of the largest figure: TeX has drawn few rows yet
        instructions = pikepdf.parse_content_stream(content)
    except (TypeError, pikepdf.PdfError):  # such as what an author has TeX write there
        return b"", Page(False, []), list(plots)
    page = Page(all(operator(each) != "gs" for each in instructions), [])
    reach, stated = dense.reaches(plots), dict[str, dict[str, Array]]()  # stated : by an axis's first plot, by its key
    text, full, bad = list[str](), set[int](), set[int]()
    for before, specimen in specimens(instructions, len(plots)):
        text.append(written(before))
        if specimen is None:
            continue
        number, plot = specimen.number, plots[specimen.number]
        try:
            geometry = specimen.geometry()
            axis = stated.setdefault(plot.key, {name: at for name, at in geometry.items() if name not in OWN})
            own = {name: at for name, at in geometry.items() if name in OWN}
            rows, some = repeated(axis | own, reach[number], specimen.body, plot, page)
        except Unforeseen:
            bad.add(number)
            continue
        text.append(rows)
        full.update([number] if some else [])
    left = [plot for number, plot in enumerate(plots) if number in bad or number not in full]
    return "\n".join(filter(None, text)).encode("latin-1"), page, left


def layered(path: Path, plots: Sequence[Plot]) -> list[Plot]:
    """Fills the layers of a figure's PDF, and returns those that it could not; then the file is as it was."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        content, filled, bad = fill(page, plots)
        if not bad:
            page.Contents = pdf.make_stream(content)
            for number, (bits, width) in enumerate(filled.masks):
                image = pdf.make_stream(
                    bits.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ImageMask=True
                )
                for key, value in {"/Width": int(width), "/Height": len(bits), "/BitsPerComponent": 1}.items():
                    image[key] = value
                page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name(f"/Layer{number}"))
            pdf.save(path, deterministic_id=True)
    return bad
