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
from pipeline.style.comments import without_comments

FOLDER = "layers"  # of the specimens' tables, where TeX works
ROWS = 20  # a table of more is a layer; `layer=always` or `layer=never` among a plot's options decides otherwise
WISH = re.compile(r"\blayer\s*=\s*(\w+)")
# What names, moves, drops or joins a plot's points: PGFPlots draws it as ever. Most of it a specimen would show as
# well.
UNFIT = re.compile(
    r"name path|current plot|filter|restrict|each nth point\*|skip coords|smooth|tension|const plot|jump mark"
    r"|[xy](bar|comb)|symbolic|stack plots|error bars|nodes near|scatter|mark (repeat|phase|indices)|z buffer"
    r"|point meta|corner|decorat|polaraxis|coord trafo|offset"
)


def fits(plot: Plot) -> bool:
    """Whether a plot is to be a layer, and can be one."""
    wish = WISH.findall(plot.options)[-1:]
    if wish == ["never"] or UNFIT.search(plot.options):
        return False
    try:
        return (
            plot.rows > (3 if wish == ["always"] else ROWS)
            and len(plot.along) > 0
            and ("surf" not in plot.options or plot.grid is not None)
        )
    except (OSError, ValueError):  # no table of the pipeline's
        return False


def dense(picture: str, readable: Callable[[str], bool]) -> list[Plot]:
    """The plots of a picture that are to be layers, of tables that are readable(path): TeX says what is wrong with
    others."""
    found, rest, at = list(plots(picture)), list[str](), 0
    for plot in found:
        rest.append(picture[at : plot.start])
        at = plot.end
    elsewhere = without_comments("".join([*rest, picture[at:]]))
    return [] if UNFIT.search(elsewhere) else [plot for plot in found if readable(plot.path) and fits(plot)]


def reaches(layers: Sequence[Plot]) -> list[list[tuple[float, float]]]:
    """The least and greatest numbers of all plots in the axis of each, [(least, greatest) along each axis]."""
    together: dict[str, list[Array]] = {}  # numbers along each axis, of all its plots
    for plot in layers:
        together.setdefault(plot.key, []).append(plot.along)
    found = {key: [(numbers.min(), numbers.max()) for numbers in np.hstack(each)] for key, each in together.items()}
    return [found[plot.key] for plot in layers]


def specimens(picture: str, layers: Sequence[Plot]) -> str:
    """A picture in which these plots stand for themselves by specimens, their tables by number in FOLDER."""
    text, at = list[str](), 0
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
