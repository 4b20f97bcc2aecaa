"""What an author hands over as numbers: the one place where it is decided what is a number, and what is missing.

Missing is what is masked, None, NaN, NaT or pandas' NA; all of it becomes NaN.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from decimal import Decimal
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Tensor(Protocol):
    """What is asked of a torch.Tensor; torch itself is not imported, as it is slow and a table needs none of it."""

    def detach(self) -> Any: ...


Array = NDArray[Any]
Numbers = ArrayLike | Tensor  # and what has __array__, to_numpy() or to_list(), such as a column of pandas or polars


def array(values: Any) -> Array:
    """Numbers as a NumPy array, with NaN for what is missing. What is no number is left in it, to be told by refusal().

    Tensors are detached from their graph, copied to the CPU and made dense first. Whole numbers keep all their digits.
    """
    if hasattr(values, "detach"):
        values = from_tensor(values)
    elif not isinstance(values, np.ndarray | np.generic | list | tuple):
        values = unwrapped(values)
    if isinstance(values, list | tuple):
        return from_list(values)
    if isinstance(values, np.ma.MaskedArray):
        values = masked(values)
    found = np.asarray(values)
    if found.dtype.kind == "f":
        return found.astype(float) if found.itemsize > 8 else found
    if found.dtype.kind == "V" and not found.dtype.names:  # such as another library's bfloat16
        return found.astype(float)
    return settled(found.ravel().tolist(), found.shape) if found.dtype.kind in "OT" else found


def from_tensor(tensor: Any) -> Any:
    """A torch tensor as an array; one that holds no numbers stays as it is."""
    if tensor.device.type == "meta":
        return alone(tensor)
    plain = tensor.detach().cpu()
    plain = plain.dequantize() if plain.is_quantized else plain
    plain = (plain if str(plain.layout) == "torch.strided" else plain.to_dense()).resolve_conj().resolve_neg()
    try:
        return plain.numpy()
    except TypeError:  # NumPy has no bfloat16, for one
        return (plain.cfloat() if plain.is_complex() else plain.float()).numpy()


def alone(thing: Any) -> Array:
    """Anything at all as an array of shape ()."""
    return objects([thing]).reshape(())


def objects(things: Sequence[Any]) -> Array:
    """Anything at all as an array of shape (things,); what is itself an array is one of its entries."""
    found = np.empty(len(things), object)
    for at, thing in enumerate(things):
        found[at] = thing
    return found


def unwrapped(values: Any) -> Any:
    """The array or list in what another library made, or in an iterable."""
    for name in ("to_list", "to_pylist", "to_numpy"):  # a list keeps whole numbers beside gaps as they are
        if callable(method := getattr(values, name, None)):
            return method()
    if hasattr(values, "__array__"):
        return np.asarray(values)
    loose = isinstance(values, Iterable) and not isinstance(values, str | bytes | Mapping | Set)
    return list(values) if loose else alone(values)


def masked(values: Any) -> Array:
    """A masked array as a plain one, NaN where it is masked."""
    if values.dtype.kind == "f":
        return np.asarray(values.filled(np.nan))
    if values.dtype.kind in "mM":
        return np.asarray(values.filled(np.array("NaT", values.dtype)))
    return np.asarray(values.astype(object).filled(np.nan) if np.ma.is_masked(values) else values.data)


def from_list(values: Sequence[Any]) -> Array:
    """The array of a list of numbers, or of rows of them."""
    if not any(isinstance(v, list | tuple) or getattr(v, "shape", ()) or hasattr(v, "to_list") for v in values):
        return settled(values, (len(values),))
    rows = [array(row) for row in values]
    if len({row.dtype.kind for row in rows}) == 1 and rows[0].dtype.kind != "O":
        return np.stack(rows)
    together = np.stack([row.astype(object) if row.dtype.kind not in "mM" else objects([*row]) for row in rows])
    return settled(together.ravel().tolist(), together.shape)


def settled(values: Iterable[Any], shape: tuple[int, ...]) -> Array:
    """Single values as an array of a type that holds them all with all their digits; of objects where there is none."""
    found = [scalar(value) for value in values]
    kinds = set(map(type, found))
    if kinds and kinds <= {int, bool, float}:
        if float in kinds:
            exact = int not in kinds or all(held(v) for v in found)
            result = np.array(found, float if exact else object)
        else:
            result = np.array(found)
            result = result if result.dtype.kind in "iub" else np.array(found, object)  # beyond 64 bits
        return result.reshape(shape)
    return objects(found).reshape(shape) if found else np.empty(shape)


def scalar(value: Any) -> Any:
    """A single value as a Python number, NaN where it is missing; what is no number stays as it is."""
    if type(value) in (float, int, bool):
        return value
    if hasattr(value, "detach"):
        value = from_tensor(value)
    if value is None or np.ma.is_masked(value):
        return float("nan")
    if isinstance(value, np.generic | np.ndarray) and value.ndim == 0 and value.dtype.kind not in "mM":
        value = value.item()
    if type(value) in (float, int, bool) or hasattr(value, "detach"):  # a tensor without numbers
        return value
    if missing(value):
        return float("nan")
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, Decimal | numbers.Real):
        with suppress(OverflowError):  # such as a fraction of 400 digits
            return round(value) if float(value).is_integer() and value == round(value) else float(value)
    return value


def missing(value: Any) -> bool:
    """Whether a single value says that there is none."""
    if type(value).__name__ == "NAType":
        return True
    try:
        return bool(value != value)  # NaN and NaT, whoever made them
    except (TypeError, ValueError, ArithmeticError):
        return False


def held(number: float) -> bool:
    """Whether a 64-bit float holds a number with all its digits."""
    try:
        return not isinstance(number, int) or int(float(number)) == number
    except OverflowError:
        return False


def gaps(column: Array) -> NDArray[np.bool_]:
    """Where numbers are missing."""
    return np.isnan(column) if column.dtype.kind == "f" else np.zeros(column.shape, bool)
