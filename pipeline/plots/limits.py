"""What a rendered picture plots, held to what TeX can draw: its memory, its lengths, its logarithms."""

import re
from pathlib import Path

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.plots import dense, reading
from pipeline.plots.reading import columns

# of one axis, without layers: so many points of a curve fill TeX's five million words, and a third of it of coloured
# marks
ROWS = 15_000
FAR = 1000  # times an axis's range: TeX's lengths end at 16383.99 pt, and no axis is shorter than a sixtieth of that
PLOT = re.compile(r"\\addplot[^;]*?table\s*(?:\[([^]]*)\])?\s*\{([^}]+\.dat)\}")
THINNED = re.compile(r"each nth point|filter|restrict|skip coords")
# What PGFPlots says of an axis along which nothing varies, and TeX of what is too large for it.
EMPTY = re.compile(r"Axis range for axis ([xy]) is approximately empty; enlarging it \(it is \[([^:]+):")
TOO_LARGE = re.compile(
    r"Dimension too large|Arithmetic overflow|TeX capacity exceeded|Missing number|asked me to (?:divide|compute)"
)


def axes(picture):
    """(environment, options, [(table's options, its path)]) of each axis in a picture; a group's options are its axes',
    too."""
    for environment, options, start, end in reading.axes(picture):
        plots = [(m[1] or "", m[2]) for m in PLOT.finditer(picture, start, end) if not THINNED.search(m[0])]
        yield environment, options, plots


def plotted(table, options, axis):
    """(name, numbers) of a table's column along an axis."""
    names = list(table)
    chosen = re.search(rf"\b{axis}\s*=\s*([\w-]+)", options)
    index = re.search(rf"\b{axis} index\s*=\s*(\d+)", options)
    name = chosen[1] if chosen else names[int(index[1]) if index else "xy".index(axis)]
    return name, table.get(name, np.array([]))


def check_axis(environment, options, plots, layers=()):
    """Raises AuthorError, beginning with the table, for what TeX could not draw on this axis; `layers` are paths of
    tables."""
    tables = [(path, given, columns(path)) for given, path in plots]
    counts = {path: len(next(iter(table.values()))) for path, _, table in tables if path not in layers}
    rows = sum(counts.get(path, 0) for path, _, _ in tables)
    if rows > ROWS and not THINNED.search(options):
        names = ", ".join(Path(path).stem for path in counts)
        raise AuthorError(
            f"{names}: {rows} rows on one axis, and TeX's memory holds {ROWS}",
            f"thin them, such as x[::{-(-rows // ROWS)}]",
        )
    for axis, (_, low, high) in zip("xy", reading.limits(options), strict=False):
        low, high = (low, high) if np.isfinite([low, high]).all() else (0, 0)
        logarithmic = re.search(rf"\b{axis}mode\s*=\s*log", options) or environment in (
            f"semilog{axis}axis",
            "loglogaxis",
        )
        for path, given, table in tables:
            name, numbers = plotted(table, given, axis)
            far = (
                np.maximum(low - numbers, numbers - high) > FAR * (high - low)
                if low < high and not logarithmic
                else numbers * 0 > 0
            )
            for row in np.flatnonzero(far | (numbers <= 0 if logarithmic else False)):
                where = f"{Path(path).stem}: row {row}, column '{name}' is {numbers[row]:g}"
                if logarithmic:
                    raise AuthorError(where, "a logarithmic axis shows positive numbers alone")
                raise AuthorError(
                    f"{where}, more than {FAR} times the axis away from it ({axis}min={low:g}, {axis}max={high:g})",
                    "TeX's lengths end at 16383.99 pt: leave it out, or set other limits",
                )


def check(picture, about, readable):
    """Raises AuthorError for what TeX could not draw of the tables in a picture that are readable(path)."""
    layers = {plot.path for plot in dense.dense(picture, readable)}
    for environment, options, plots in axes(picture):
        try:
            check_axis(environment, options, [plot for plot in plots if readable(plot[1])], layers)
        except AuthorError as error:
            raise AuthorError(f"{about}: table {error}", error.hint) from None


def files(tables):
    """The tables among files and folders."""
    return [file for path in map(Path, tables) for file in (sorted(path.glob("*.dat")) if path.is_dir() else [path])]


def check_log(log, tables, about):
    """Raises AuthorError for an axis along which nothing varies, and names the tables that are constant there."""
    for axis, value in EMPTY.findall(log):
        constant = [
            f"table {file.stem}, column '{name}'"
            for file in files(tables)
            for name, numbers in columns(file).items()
            if max(numbers) - min(numbers) <= 1e-6 * abs(max(numbers)) and f"{numbers[0]:.4g}" == f"{float(value):.4g}"
        ]
        what = f" ({'; '.join(constant)})" if constant else ""
        raise AuthorError(
            f"{about}: all that the {axis} axis shows is at {float(value):g}{what}",
            f"set {axis}min and {axis}max if that is meant",
        )


def greatest(tables):
    """How much a figure's tables hold, and their greatest number, for a picture that was too large for TeX."""
    rows, most = 0, (0, "none")
    for file in files(tables):
        table = columns(file)
        rows += len(next(iter(table.values())))
        for name, numbers in table.items():
            row = max(range(len(numbers)), key=lambda k: abs(numbers[k]))
            most = max(most, (abs(numbers[row]), f"{file.stem}: row {row}, column '{name}' is {numbers[row]:g}"))
    return f"its tables have {rows} rows; their greatest number: {most[1]}"
