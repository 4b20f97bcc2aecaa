"""A figure's dense plots as layers: TeX compiles their specimens, and the page then gets all of their rows."""

import re
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.plots import dense, reading
from pipeline.plots.repeat import arrows, lines, marks, surface
from pipeline.plots.specimen import Axes, Page, Unforeseen, must, shapes

SPECIMEN = re.compile(rb"/Layer <</Plot (\d+) (.*?)>> BDC\n(.*?)EMC\n", re.DOTALL)
PLOT = re.compile(rb"/Clip \d|/Filter \d")  # what each states; the rest is its axis's


def repeated(geometry, reach, body, plot, page):
    """The content of all rows, of a specimen's, and whether there is any; Unforeseen where it is not what its rows
    foretell."""
    axes = Axes(geometry, reach)
    rows = None if plot.grid else plot.specimen
    must(
        all(
            axes.settled(data, list(reading.limits(plot.axis)), rows)
            for data in (plot.along, plot.tips)
            if data is not None
        )
    )
    if not shapes(body)[0]:  # no marks, or no lines; no mark of the specimen may be within the limits
        within = axes.inside(plot.along)
        must(within[plot.specimen].any() or not within.any())
        return body, False
    for way in (surface,) if plot.grid else (lines, marks, arrows):
        try:
            return f"{way(*shapes(body), axes, plot, page)}\n".encode("latin-1"), True
        except (Unforeseen, ValueError, LookupError):
            continue
    raise Unforeseen


def fill(content, plots):
    """(a page's content with all rows of these plots, its masks, and those plots that are not as foreseen)."""
    page, full, bad = Page(b" gs" not in content, []), set(), set()
    reach, axes = dense.reaches(plots), {}  # axes : {key: what its first plot states}

    def replace(match):
        number = int(match[1])
        axis = axes.setdefault(plots[number].key, PLOT.sub(b"", match[2]))
        try:
            text, some = repeated(
                b" ".join([*PLOT.findall(match[2]), axis]), reach[number], match[3], plots[number], page
            )
        except Unforeseen:
            bad.add(number)
            return b""
        full.update([number] if some else [])
        return text

    content = SPECIMEN.sub(replace, content)
    return content, page.masks, [plot for number, plot in enumerate(plots) if number in bad or number not in full]


def layered(path, plots):
    """Fills the layers of a figure's PDF, and returns those that it could not; then the file is as it was."""
    import pikepdf  # only a figure with layers pays for it

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        content, masks, bad = fill(page.Contents.read_bytes(), plots)
        if not bad:
            page.Contents.write(content)
            for number, (bits, width) in enumerate(masks):
                image = pdf.make_stream(
                    bits.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, ImageMask=True
                )
                for key, value in {"/Width": int(width), "/Height": len(bits), "/BitsPerComponent": 1}.items():
                    image[key] = value
                page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name(f"/Layer{number}"))
            pdf.save(path, deterministic_id=True)
    return bad


def draw(source, seen, run, readable):
    """Compiles a picture, by run(), with its dense plots as layers, but for those that do not come out as foreseen.

    What is wrong with a picture is told of the picture as it is. readable : whether it may read a table, given its
    path.
    """
    picture = Path(source).read_text(encoding="utf-8")
    plots = dense.dense(picture, readable)
    while plots:
        seen.write(source, dense.specimens(picture, plots))
        for number, plot in enumerate(plots):
            seen.write(f"{dense.FOLDER}/{number}.dat", plot.reduced())
        try:
            run()
        except AuthorError:
            break
        if not (bad := layered(seen.out / "figure.pdf", plots)):
            return
        plots = [plot for plot in plots if plot not in bad]
    seen.show(source, source)
    run()
