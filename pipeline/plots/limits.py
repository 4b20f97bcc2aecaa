"""What a rendered picture plots, held to what TeX can draw: its memory, its lengths, its logarithms."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.plots import columns, dense, reading
from pipeline.plots.columns import Array
from pipeline.plots.plot import limits

# of one axis, without layers: so many points of a curve fill TeX's five million words, and a third of it of coloured
# marks
ROWS = 15_000
BARRED = 3_000  # the same of rows with error bars
FAR = 1000  # times an axis's range: TeX's lengths end at 16383.99 pt, and no axis is shorter than a sixtieth of that
PLOT = re.compile(r"\\addplot[^;]*?table\s*(?:\[([^]]*)\])?\s*\{([^}]+\.dat)\}")
AREA = re.compile(r"\\addplot[^;]*?table\s*(?:\[([^]]*)\])?\s*\{([^}]+\.dat)\}[^;]*?\\closedcycle")
THINNED = re.compile(r"each nth point|filter|restrict|skip coords")
# What PGFPlots says of an axis along which nothing varies, and TeX of what is too large for it.
EMPTY = re.compile(r"Axis range for axis ([xy]) is approximately empty; enlarging it \(it is \[([^:]+):")
TOO_LARGE = re.compile(
    r"Dimension too large|Arithmetic overflow|TeX capacity exceeded|Missing number|asked me to (?:divide|compute)"
)


Plotted = tuple[str, str]  # the table's options, its path


def axes(picture: str) -> Iterator[tuple[str, str, list[Plotted]]]:
    """(environment, options, [(table's options, its path)]) of each axis in a picture; a group's options are its axes',
    too."""
    for environment, options, start, end in reading.axes(picture):
        plots = [(m[1] or "", m[2]) for m in PLOT.finditer(picture, start, end) if not THINNED.search(m[0])]
        yield environment, options, plots


def tables_of(paths: Iterable[str | Path]) -> dict[str, dict[str, Array]]:
    """{path: {column: numbers}} of those that are tables: TeX may draw others, such as one with words in it."""
    found = {}
    for path in map(str, paths):
        with suppress(OSError, ValueError):
            found[path] = columns.columns(path)
    return found


def rows_of(table: dict[str, Array]) -> int:
    return len(next(iter(table.values())))


def plotted(table: dict[str, Array], options: str, axis: str) -> tuple[str, Array]:
    """(name, numbers) of a table's column along an axis; no numbers where it has no such column."""
    names = list(table)
    chosen = re.search(rf"\b{axis}\s*=\s*([\w-]+)", options)
    index = re.search(rf"\b{axis} index\s*=\s*(\d+)", options)
    place = int(index[1]) if index else "xyz".index(axis)
    name = chosen[1] if chosen else names[place] if place < len(names) else ""
    return name, table.get(name, np.array([]))


def check_axis(environment: str, options: str, plots: Iterable[Plotted], layers: Container[str] = ()) -> None:
    """Raises AuthorError, beginning with the table, for what TeX could not draw on this axis; `layers` are paths of
    tables."""
    plots = list(plots)
    found = tables_of(path for _, path in plots)
    tables = [(path, given, found[path]) for given, path in plots if path in found]
    counts = {path: rows_of(table) for path, table in found.items() if path not in layers}
    barred = sum(counts.get(path, 0) for path, _, _ in tables if columns.kind(path) == "ErrorBars")
    if barred > BARRED:
        names = ", ".join(Path(path).stem for path in counts)
        raise AuthorError(
            f"{names}: {barred} rows with error bars on one axis, and TeX's memory holds {BARRED}",
            f"thin them, such as x[::{-(-barred // BARRED)}], or fill the space between two curves",
        )
    rows = sum(counts.get(path, 0) for path, _, _ in tables)
    if rows > ROWS and not THINNED.search(options):
        names = ", ".join(Path(path).stem for path in counts)
        raise AuthorError(
            f"{names}: {rows} rows on one axis, and TeX's memory holds {ROWS}",
            f"thin them, such as x[::{-(-rows // ROWS)}]",
        )
    for axis, (_, low, high) in zip("xy", limits(options), strict=False):
        begins = np.isfinite(low) and low > 0
        low, high = (low, high) if np.isfinite([low, high]).all() else (0, 0)
        logarithmic = re.search(rf"\b{axis}mode\s*=\s*log", options) or environment in (
            f"semilog{axis}axis",
            "loglogaxis",
        )
        for path, given, table in tables:
            name, numbers = plotted(table, given, axis)
            if logarithmic and columns.kind(path) == "ErrorBars":
                check_errors(path, table, name, numbers)
            far = (
                np.maximum(low - numbers, numbers - high) > FAR * (high - low)
                if low < high and not logarithmic
                else np.zeros(len(numbers), bool)
            )
            for row in np.flatnonzero(far | (numbers <= 0 if logarithmic else False)):
                where = f"{Path(path).stem}: row {row}, column '{name}' is {numbers[row]:g}"
                if logarithmic and columns.kind(path) == "Histogram":
                    if begins:  # an empty bin ends at the axis, as its style has it
                        continue
                    raise AuthorError(where, f"say where a logarithmic axis begins, such as {axis}min=0.5")
                if logarithmic:
                    raise AuthorError(where, "a logarithmic axis shows positive numbers alone")
                raise AuthorError(
                    f"{where}, more than {FAR} times the axis away from it ({axis}min={low:g}, {axis}max={high:g})",
                    "TeX's lengths end at 16383.99 pt: leave it out, or set other limits",
                )


def check_errors(path: str, table: dict[str, Array], name: str, numbers: Array) -> None:
    """Raises AuthorError for an error bar that ends where a logarithmic axis has no place."""
    ends = numbers - table["minus" if name == "y" else "xminus"]
    for row in np.flatnonzero(ends <= 0):
        raise AuthorError(
            f"{Path(path).stem}: row {row}: the error bar ends at {name} = {ends[row]:g}",
            "a logarithmic axis shows positive numbers alone: let it end above 0, by lower=…, or leave it out, as NaN",
        )


def check_areas(picture: str, readable: Callable[[str], bool]) -> None:
    """Raises AuthorError, beginning with the table, for an area below a curve with gaps, which would be filled too."""
    for command in AREA.finditer(picture):
        chosen, path = command[1] or "", command[2]
        for table in tables_of([path] if readable(path) else []).values():
            for axis in "xy":
                name, numbers = plotted(table, chosen, axis)
                if (missing := np.flatnonzero(np.isnan(numbers))).size:
                    where = f"{Path(path).stem}: row {missing[0]}, column '{name}' is missing"
                    raise AuthorError(f"{where}, and an area has no gaps", "fill the pieces of the curve one by one")


def check(picture: str, about: str, readable: Callable[[str], bool], layers: Container[str] | None = None) -> None:
    """Raises AuthorError for what TeX could not draw of the tables in a picture that are readable(path); `layers` are
    paths of tables, those that may be some where it is not known."""
    layers = {plot.path for plot in dense.dense(picture, readable)} if layers is None else layers
    try:
        check_areas(picture, readable)
        for environment, options, plots in axes(picture):
            check_axis(environment, options, [plot for plot in plots if readable(plot[1])], layers)
    except AuthorError as error:
        raise AuthorError(f"{about}: table {error}", error.hint) from None


def files(tables: Iterable[str | Path]) -> list[Path]:
    """The tables among files and folders."""
    return [file for path in map(Path, tables) for file in (sorted(path.glob("*.dat")) if path.is_dir() else [path])]


def check_log(log: str, tables: Iterable[str | Path], about: str) -> None:
    """Raises AuthorError for an axis along which nothing varies, and names the tables that are constant there."""
    for axis, value in EMPTY.findall(log):
        constant = [
            f"table {Path(path).stem}, column '{name}'"
            for path, table in tables_of(files(tables)).items()
            for name, numbers in table.items()
            for there in [numbers[np.isfinite(numbers)]]
            if len(there) and np.ptp(there) <= 1e-6 * abs(there[0]) and f"{there[0]:.4g}" == f"{float(value):.4g}"
        ]
        what = f" ({'; '.join(constant)})" if constant else ""
        raise AuthorError(
            f"{about}: all that the {axis} axis shows is at {float(value):g}{what}",
            f"set {axis}min and {axis}max if that is meant; if later digits differ, {axis} offset={value}",
        )


def greatest(tables: Iterable[str | Path]) -> str:
    """How much a figure's tables hold, and their greatest number, for a picture that was too large for TeX."""
    found = tables_of(files(tables))
    rows, most = sum(map(rows_of, found.values())), (0.0, "none")
    for path, table in found.items():
        for name, numbers in table.items():
            if np.isfinite(numbers).any():
                row = int(np.nanargmax(np.abs(numbers)))
                told = f"{Path(path).stem}: row {row}, column '{name}' is {numbers[row]:g}"
                most = max(most, (abs(numbers[row]), told))
    return f"its tables have {rows} rows; their greatest number: {most[1]}"
