"""Dense plots: PGFPlots draws a few rows of a table, a specimen, and what it drew is repeated for all rows (fill.py).

Here is what concerns the picture: which plots are dense, and the specimens' tables, whose least and greatest numbers
are the tables' own.
"""

import numpy as np

from pipeline.plots.reading import THINNED, UNFIT, plots
from pipeline.style.comments import without_comments

FOLDER = "layers"  # of the specimens' tables, where TeX works


def dense(picture, readable):
    """[Plot] of a picture that are to be layers, of tables that are readable(path): TeX says what is wrong with
    others."""
    found, rest, at = list(plots(picture)), [], 0
    for plot in found:
        rest.append(picture[at : plot.start])
        at = plot.end
    rest = without_comments("".join([*rest, picture[at:]]))
    return [] if UNFIT.search(rest) else [plot for plot in found if readable(plot.path) and plot.fits()]


def reaches(layers):
    """The least and greatest numbers of all plots in the axis of each, [(least, greatest) along each axis]."""
    together = {}  # {axis: numbers along each axis, of all its plots}
    for plot in layers:
        together.setdefault(plot.key, []).append(plot.along)
    found = {key: [(numbers.min(), numbers.max()) for numbers in np.hstack(each)] for key, each in together.items()}
    return [found[plot.key] for plot in layers]


def specimens(picture, layers):
    """A picture in which these plots stand for themselves by specimens, their tables by number in FOLDER."""
    text, at = [], 0
    for number, (plot, along) in enumerate(zip(layers, reaches(layers), strict=True)):
        reach = (
            f"{{{plot.key}}}"
            + "".join(f"{{{least:.9g}}}{{{most:.9g}}}" for least, most in along)
            + "{}{}" * (not plot.three)
        )
        options, plus = (f", {THINNED.sub('', plot.options[1:])}", plot.plus) if plot.options else ("]", "+")
        lines = "\n" * (picture.count("\n", plot.start, plot.end) - plot.options.count("\n") - plot.chosen.count("\n"))
        text += [
            picture[at : plot.start],
            rf"\addplot{plot.three}{plus}[specimen={{{number}}}{reach}{options} table{plot.chosen} ",
        ]
        text += [f"{{{FOLDER}/{number}.dat}};", lines]
        at = plot.end
    return "".join([*text, picture[at:]])
