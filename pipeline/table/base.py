"""What all tables have in common: columns of numbers, labels, blank lines, and how a number is written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.errors.author import AuthorError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

DIGITS = 7  # significant: those of a 32-bit float


class Tensor(Protocol):
    """What is asked of a torch.Tensor; torch itself is not imported, as it is slow and a table needs none of it."""

    def detach(self) -> Any: ...


Array = NDArray[Any]
Numbers = ArrayLike | Tensor
Labels = Mapping[str, str] | None  # {column: label in the book's macros}


def array(values: Numbers) -> Array:
    """Numbers as a NumPy array; tensors are detached from their graph, and copied from a GPU, first."""
    return np.asarray(values.detach().cpu() if hasattr(values, "detach") else values)


def text(value: float | np.number) -> str:
    """A number as a file has it; an integer keeps all its digits."""
    return f"{value:.{DIGITS}g}" if isinstance(value, np.floating | float) else str(int(value))


def texts(column: Array) -> list[str]:
    """The numbers of a column as a file has them."""
    values = column.tolist()
    return (
        [f"{value:.{DIGITS}g}" for value in values]
        if column.dtype.kind == "f"
        else [str(int(value)) for value in values]
    )


def span(values: Numbers) -> str:
    """The range of some values, in words."""
    return f"from {array(values).min():.4g} to {array(values).max():.4g}"


class Table:
    """Columns of equal length; each is an attribute, too, such as table.x.

    columns : {name: numbers of shape (rows,)}; labels : {column: label in the book's macros}, for TeX and Matplotlib;
    breaks : the numbers of the rows before which a blank line stands.
    """

    def __init__(self, columns: Mapping[str, Numbers], labels: Labels = None, breaks: Iterable[int] = ()) -> None:
        self.columns = {name: array(values) for name, values in columns.items()}
        self.labels = dict(labels or {})
        self.breaks = [int(b) for b in breaks]

    def __getattr__(self, name: str) -> Array:
        try:
            return self.__dict__["columns"][name]
        except KeyError:
            raise AttributeError(f"no column '{name}'") from None

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def check(self, where: str) -> None:
        """Raises an AuthorError for what TeX could not draw; its message begins with `where`."""
        lengths = {name: column.shape for name, column in self.columns.items()}
        if any(len(shape) != 1 for shape in lengths.values()) or len(set(lengths.values())) > 1:
            shapes = ", ".join(f"{name} has shape {tuple(shape)}" for name, shape in lengths.items())
            raise AuthorError(f"{where}: columns must be vectors of one length: {shapes}")
        if not len(self):
            raise AuthorError(f"{where}: the table is empty")
        if broken := [name for name, label in self.labels.items() if not isinstance(label, str) or "\n" in label]:
            label = self.labels[broken[0]]
            raise AuthorError(f"{where}: the label of '{broken[0]}' is {label!r}, not a line of text")
        for name, column in self.columns.items():
            if not re.fullmatch(r"[\w-]+", name):
                can = "letters, digits, dashes and underscores can be read"
                raise AuthorError(f"{where}: a column cannot be called '{name}'; {can}")
            if column.dtype.kind not in "fiub":
                values = column.tolist()
                row = next((k for k, v in enumerate(values) if not isinstance(v, int | float)), 0)
                raise AuthorError(f"{where}: row {row}, column '{name}' is {values[row]!r}, which is no number")
            bad = np.flatnonzero(~np.isfinite(column.astype(float)))
            if bad.size:
                raise AuthorError(f"{where}: row {bad[0]}, column '{name}' is {column[bad[0]]}")

    def dump(self) -> str:
        """The table as ASCII text."""
        head = [f"# {type(self).__name__}", *(f"# {name}: {label}" for name, label in self.labels.items())]
        rows = [*map(" ".join, zip(*map(texts, self.columns.values()), strict=True)), ""]
        for at in self.breaks:
            rows[at] = "\n" + rows[at]
        return "\n".join([*head, " ".join(self.columns), *rows])

    def draw(self, axes: "Axes", colours: Iterator["ColorType"]) -> None:
        """Draws the table on Matplotlib's axes; each of its lines or series takes the next colour."""
        raise NotImplementedError

    @property
    def series(self) -> dict[str, Array]:
        """{name: column} of all columns but the first."""
        return dict(list(self.columns.items())[1:])

    def series_label(self, name: str) -> str | None:
        """What a legend calls a series; None where there is only one."""
        return self.labels.get(name, name) if len(self.series) > 1 else None

    def pieces(self) -> list[slice]:
        """The rows between the blank lines, as slices."""
        return [slice(a, b) for a, b in zip([0, *self.breaks], [*self.breaks, len(self)], strict=True)]
