"""The layers of a figure's PDF: where TeX has drawn specimens, all rows of their tables."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pikepdf

from pipeline.plots import dense, geometry
from pipeline.plots.columns import Array
from pipeline.plots.geometry import OWN, Axes, Page
from pipeline.plots.plot import Plot, limits
from pipeline.plots.repeat.arrows import arrows
from pipeline.plots.repeat.lines import lines
from pipeline.plots.repeat.marks import margins, marks
from pipeline.plots.repeat.surface import surface
from pipeline.plots.specimen import (
    Instruction,
    Specimen,
    Unforeseen,
    boxes,
    must,
    operator,
    shapes,
    specimens,
    written,
)


def repeated(axes: Axes, body: Sequence[Instruction], plot: Plot, page: Page) -> tuple[str, bool, Array]:
    """The content of all rows, of a specimen's, whether there is any, and how far each row reaches beyond the axis's
    box, in bp, to its four sides, of shape (rows, 4); Unforeseen where it is not what its rows foretell."""
    rows = None if plot.grid else plot.specimen
    given = limits(plot.axis)
    must(all(axes.settled(data, given, rows) for data in (plot.along, plot.tips) if data is not None))
    found, rest = shapes(body)
    if not found:  # no marks, or no lines; no mark of the specimen may be within the limits
        within = axes.inside(plot.along)
        must(within[plot.specimen].any() or not within.any())
        return written(body), False, np.zeros((plot.rows, 4))
    for way in (surface,) if plot.grid else (lines, marks, arrows):
        try:
            text = way(found, rest, axes, plot, page)
        except (Unforeseen, ValueError, LookupError):
            continue
        around = margins(found, axes, plot) if way is marks else None
        beyond = axes.beyond(axes.places(plot.along), around)
        must(not plot.grid or not axes.widened(axes.places(plot.sampled.reshape(3, -1)), axes.places(plot.along)))
        if way is marks:
            beyond[~axes.inside(plot.along)] = 0
        if way is arrows and plot.tips is not None:
            beyond = np.maximum(beyond, axes.beyond(axes.places(plot.tips), around))
        return text, True, beyond
    raise Unforeseen


def outside(plot: Plot, beyond: Array) -> list[int]:
    """Rows that give a picture the bounding box that all rows do, where those of the specimen do not."""
    sides = [side for side in range(4) if beyond[:, side].max() > geometry.NEAR]
    rows = [int(beyond[:, side].argmax()) for side in sides]
    must(not rows or not (plot.grid or set(rows) <= set(plot.specimen.tolist())))
    return rows


def fill(
    content: pikepdf.Page | pikepdf.Stream, plots: Sequence[Plot]
) -> tuple[bytes, Page, list[Plot], dict[int, list[int]]]:
    """(a page's content with all rows of these plots, the page, those plots that are not as foreseen, and rows that a
    specimen lacks, by its number)."""
    try:  # all of it, in 0.02 s for the 10 000 instructions of the largest figure: TeX has drawn few rows yet
        instructions, boxed = boxes(pikepdf.parse_content_stream(content))
    except (TypeError, pikepdf.PdfError):  # such as what an author has TeX write there
        return b"", Page(False, []), list(plots), {}
    page = Page(all(operator(each) != "gs" for each in instructions), [])
    parts, reach = list(specimens(instructions, len(plots))), dense.reaches(plots)
    stated = stated_in(specimen for _, specimen in parts if specimen)
    text, full, bad, lacking = list[str](), set[int](), set[int](), dict[int, list[int]]()
    for before, specimen in parts:
        text.append(written(before))
        if specimen is None:
            continue
        number, plot = specimen.number, plots[specimen.number]
        try:
            own = specimen.geometry()
            axis, where = (int(own[name][0]) for name in ("Axis", "Geometry"))
            axes = Axes({"Box": boxed[axis]} | stated[where] | own, reach[number])
            rows, some, beyond = repeated(axes, specimen.body, plot, page)
            if lack := outside(plot, beyond):
                lacking.setdefault(number, []).extend(lack)
        except (Unforeseen, LookupError):
            bad.add(number)
            continue
        text.append(rows)
        full.update([number] if some else [])
    left = [plot for number, plot in enumerate(plots) if number in bad or number not in full]
    return "\n".join(filter(None, text)).encode("latin-1"), page, left, lacking


def stated_in(found: Iterable[Specimen]) -> dict[int, dict[str, Array]]:
    """{number: what is stated of an axis under it}; the first of an axis may stand anywhere."""
    stated = {}
    for specimen in found:
        with suppress(Unforeseen, LookupError):
            entries = specimen.geometry()
            if "O" in entries:
                stated[int(entries["Geometry"][0])] = {name: at for name, at in entries.items() if name not in OWN}
    return stated


def layered(path: Path, plots: Sequence[Plot], keep: bool = False) -> tuple[list[Plot], bool]:
    """Fills the layers of a figure's PDF: (those that it could not, whether specimens now have rows that they lacked).
    If there are any, or rows were lacking, or to `keep` it, the file is as it was."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        content, filled, bad, lacking = fill(page, plots)
        for number, rows in lacking.items():
            plots[number].enlarge(rows)
        if not (bad or lacking or keep):
            page.Contents = pdf.make_stream(content)
            for number, (bits, width) in enumerate(filled.masks):
                image = pdf.make_stream(
                    bits.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ImageMask=True
                )
                for key, value in {"/Width": int(width), "/Height": len(bits), "/BitsPerComponent": 1}.items():
                    image[key] = value
                page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name(f"/Layer{number}"))
            pdf.save(path, deterministic_id=True)
    return bad, bool(lacking)
