"""A figure's dense plots as layers: TeX compiles their specimens, and the page then gets all of their rows."""

from collections.abc import Callable
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.plots import dense
from pipeline.tex.view import View


def draw(source: str | Path, seen: View, run: Callable[[], None], readable: Callable[[str], bool]) -> None:
    """Compiles a picture, by run(), with its dense plots as layers, but for those that do not come out as foreseen.

    What is wrong with a picture is told of the picture as it is. readable : whether it may read a table, given its
    path.
    """
    picture = Path(source).read_text(encoding="utf-8")
    plots = dense.dense(picture, readable)
    if plots:
        from pipeline.plots.layers import layered  # and pikepdf: only a figure with layers pays for it
    while plots:
        seen.write(str(source), dense.specimens(picture, plots))
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
