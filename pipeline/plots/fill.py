"""A figure's dense plots as layers: TeX compiles their specimens, and the page then gets all of their rows."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.plots import dense, limits
from pipeline.plots.keys import Notes
from pipeline.plots.plot import Plot
from pipeline.tex.view import View

Left = tuple[Plot, str]  # a plot that is no layer, and why

SLOW = 1500  # rows that PGFPlots draws in a second or two
MOST = 3  # reasons that are told
BECAUSE = "because of "
ODD = "because it does not come out as its rows foretell"


def draw(
    source: str | Path, seen: View, run: Callable[[], None], readable: Callable[[str], bool], about: str
) -> list[str]:
    """Compiles a picture, by run(), with its dense plots as layers: those whose keys are proven, and which come out as
    foreseen. Returns a line on the layers, and one on each dense plot that PGFPlots drew, and why.

    What is wrong with a picture is told of the picture as it is. readable : whether it may read a table, given its
    path; about : the template.
    """
    picture = Path(source).read_text(encoding="utf-8")
    tried = [(plot, dense.unfit(plot)) for plot in dense.candidates(picture, readable)]
    plots, left = [plot for plot, why in tried if not why], [(plot, BECAUSE + why) for plot, why in tried if why]
    while plots:
        seen.write(str(source), dense.specimens(picture, plots))
        for number, plot in enumerate(plots):
            seen.write(f"{dense.FOLDER}/{number}.dat", plot.reduced())
        try:
            run()
        except AuthorError:
            break
        bad, more = unlike(seen.out, plots)
        if not bad and not more:
            return told(plots, left, about)
        plots = [plot for plot in plots if all(plot is not other for other, _ in bad)]
        left += bad
        hold(picture, plots, left, readable, about)
    seen.show(source, source)
    run()
    return told([], left, about)


def unlike(folder: Path, plots: Sequence[Plot]) -> tuple[list[Left], bool]:
    """(those of a figure's plots that are no layers, and why; whether specimens now have rows that they lacked)."""
    from pipeline.plots.layers import layered  # and pikepdf: only a figure with layers pays for it

    notes = Notes((folder / "figure.keys").read_text(encoding="utf-8", errors="replace"))
    unproven = [notes.unproven(number) for number in range(len(plots))]
    odd, more = layered(folder / "figure.pdf", plots, keep=any(unproven))
    reasons = [
        BECAUSE + ", ".join(keys[:MOST]) if keys else ODD if any(plot is other for other in odd) else ""
        for plot, keys in zip(plots, unproven, strict=True)
    ]
    return [(plot, why) for plot, why in zip(plots, reasons, strict=True) if why], more


def hold(
    picture: str, plots: Sequence[Plot], left: Sequence[Left], readable: Callable[[str], bool], about: str
) -> None:
    """Raises AuthorError where TeX's memory would not hold the plots that are no layers."""
    try:
        limits.check(picture, about, readable, [plot.path for plot in plots])
    except AuthorError as error:
        why = "; ".join(f"'{stem(plot)}' {why}" for plot, why in left[:MOST])
        raise AuthorError(str(error), f"{error.hint}; PGFPlots draws {why}, unless it says layer=always") from None


def told(plots: Sequence[Plot], left: Sequence[Left], about: str) -> list[str]:
    """What became of a figure's dense plots, and a note where PGFPlots takes long."""
    lines = [f"layer: {stem(plot)}" for plot in plots]
    draws = "PGFPlots draws the {} rows of '{}' one by one"
    lines += [f"no layer: {draws.format(plot.rows, stem(plot))}, {why}" for plot, why in left]
    if sum(plot.rows for plot, _ in left) > SLOW:
        plot, why = max(left, key=lambda each: each[0].rows)
        print(f"note: {about}: {draws.format(plot.rows, stem(plot))}, which takes long, {why}")
    print(*lines, sep="\n", end="\n" * bool(lines))
    return lines


def stem(plot: Plot) -> str:
    return Path(plot.path).stem
