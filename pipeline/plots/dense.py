"""Dense plots: PGFPlots draws a few rows of a table, a specimen, and what it drew is repeated for all rows (fill.py).

Here is what concerns the picture: which plots are dense, and the specimens' tables, whose least and greatest numbers
are the tables' own.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from pipeline.plots.columns import Array
from pipeline.plots.plot import THINNED, Plot
from pipeline.plots.reading import plots

FOLDER = "layers"  # of the specimens' tables, where TeX works
ROWS = 20  # a table of more is a layer; `layer=always` or `layer=never` among a plot's options decides otherwise
DATES = re.compile(r"\b[xyz] dates=")
WISH = re.compile(r"\blayer\s*=\s*(\w+)")
# Words of options that are not proven, nor ever will be: such a plot is not even tried.
UNFIT = re.compile(
    r"name path|filter|restrict|each nth point\*|skip coords|smooth|tension|const plot|jump mark"
    r"|[xy](bar|comb)|symbolic|stack plots|error bars|nodes near|scatter|weighted points|mark (repeat|phase|indices)"
    r"|z buffer|heat map|point meta|points in depth|decorat|coord trafo|\berrors\b|histogram|box plots|violins"
)


def wish(plot: Plot) -> str:
    """What the author wishes: always, never, or nothing."""
    return (WISH.findall(plot.options) or [""])[-1]


def many(plot: Plot) -> bool:
    """Whether a plot of a pipeline's table has more rows than PGFPlots draws in no time."""
    try:
        return wish(plot) != "never" and plot.rows > (3 if wish(plot) == "always" else ROWS)
    except (OSError, ValueError):
        return False


def unfit(plot: Plot) -> str:
    """Why a plot of many rows cannot be a layer, by what the picture says; empty where it may be one."""
    if word := wish(plot) != "always" and UNFIT.search(plot.options):
        return word[0]
    try:
        surface = "surf" in plot.options and plot.grid is None
        return "its grid" if surface or not len(plot.along) else ""
    except (OSError, ValueError) as error:
        return str(error)


def dense(picture: str, readable: Callable[[str], bool]) -> list[Plot]:
    """The plots of a picture that may be layers, of tables that are readable(path): TeX says what is wrong with
    others."""
    return [plot for plot in candidates(picture, readable) if not unfit(plot)]


def candidates(picture: str, readable: Callable[[str], bool]) -> list[Plot]:
    """The plots of a picture that have many rows."""
    return [plot for plot in plots(picture) if readable(plot.path) and many(plot)]


def reaches(layers: Sequence[Plot]) -> list[list[tuple[float, float]]]:
    """The least and greatest numbers of all plots in the axis of each, [(least, greatest) along each axis]."""
    together: dict[str, list[Array]] = {}  # numbers along each axis, of all its plots
    for plot in layers:
        together.setdefault(plot.key, []).append(plot.along)
    found = {key: [(numbers.min(), numbers.max()) for numbers in np.hstack(each)] for key, each in together.items()}
    return [found[plot.key] for plot in layers]


def specimens(picture: str, layers: Sequence[Plot]) -> str:
    """A picture in which these plots stand for themselves by specimens, their tables by number in FOLDER."""
    text, at = [r"\takenotes{}"], 0
    for number, (plot, along) in enumerate(zip(layers, reaches(layers), strict=True)):
        digits = 15 if DATES.search(plot.axis) else 9  # days from 1970 on, and parts of a second
        reach = (
            f"{{{plot.key}}}"
            + "".join(f"{{{least:.{digits}g}}}{{{most:.{digits}g}}}" for least, most in along)
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
