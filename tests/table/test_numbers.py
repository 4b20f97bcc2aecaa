"""What is a number, and what is missing, whoever hands it over: each kind against what it says by itself."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from pipeline.errors.author import AuthorError
from pipeline.table import Bars, Curve, Field, Path2D, Points, Values
from pipeline.table.numbers import array
from pipeline.table.refusals import refusal

NAN = float("nan")


class NAType:  # as pandas calls the type of its NA
    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")

    def __ne__(self, other):
        return self


NA = NAType()


def column(values):
    """A column as pandas and polars have it."""
    return SimpleNamespace(to_list=lambda: values)


class Interface:
    """What another library lets NumPy read."""

    def __array__(self, dtype=None, copy=None):
        return np.array([1.5, NAN])


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ([1, None, 2.5], [1, NAN, 2.5]),
        ([1.5, NA, np.datetime64("NaT"), np.ma.masked, Decimal("NaN"), np.float32("nan")], [1.5, *[NAN] * 5]),
        (np.ma.masked_equal([1.0, -9999, 2], -9999), [1, NAN, 2]),
        (np.ma.masked_equal([1, -9999, 2], -9999), [1, NAN, 2]),
        ([np.ma.masked_equal([1, -9999], -9999), [3, 4]], [[1, NAN], [3, 4]]),
        (np.array([1, None, True], object), [1, NAN, 1]),
        (column([1, None, 3]), [1, NAN, 3]),
        (column([1.5, NA]), [1.5, NAN]),
        (Interface(), [1.5, NAN]),
        ([Decimal("0.1"), Fraction(1, 4), 2], [0.1, 0.25, 2]),
        ([torch.tensor(1.5), torch.tensor(2.0, requires_grad=True)], [1.5, 2]),
        ([np.float32(0.5), np.int8(3), np.array(2.0)], [0.5, 3, 2]),
        (torch.tensor([1.5, NAN], dtype=torch.bfloat16), [1.5, NAN]),
        (torch.tensor([0.5], dtype=torch.float8_e4m3fn), [0.5]),
        (torch.tensor([0.5, 2], dtype=torch.float16), [0.5, 2]),
        (torch.tensor([0.5, 2], requires_grad=True), [0.5, 2]),
        (torch.eye(2).to_sparse(), [[1, 0], [0, 1]]),
        (torch.tensor([True, False]), [1, 0]),
        (torch.complex(torch.ones(2), torch.ones(2)).conj().imag, [-1, -1]),
        (np.longdouble([1, 2]), [1, 2]),
        (range(3), [0, 1, 2]),
        ((k / 2 for k in range(3)), [0, 0.5, 1]),
        ({"a": 1, "b": 2}.values(), [1, 2]),
    ],
)
def test_numbers_and_gaps_of_any_kind(given, numbers):
    found = array(given)
    np.testing.assert_array_equal(found.astype(float), numbers)
    assert refusal(found) is None and found.dtype.kind in "fiub"


@pytest.mark.parametrize(
    "whole", [[2**64, 1], [-1, 2**63], [2**60 + 1, 3], [-(2**63), 2**63 - 1], np.array([2**64, 1])]
)
def test_whole_numbers_keep_all_their_digits(whole):
    table = Curve(range(2), n=whole)
    table.check("here")
    assert [row.split()[1] for row in table.dump().splitlines()[2:]] == [str(int(n)) for n in whole]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (torch.empty(3, device="meta"), "column 'y' is a tensor of shape (3,) on the device 'meta', which holds no numbers"),
        (torch.tensor([1 + 2j, 1, 1]), "row 0, column 'y' is (1+2j), a complex number"),
        (np.array([3, 4, 5], "m8[h]"), "row 0, column 'y' is 3 hours, a span of time; a table holds numbers"),
        ([2**53 + 1, 0.5, 1], "row 0, column 'y' is 9007199254740993, whose digits no column with gaps or fractions can hold"),
        ([1, None, 2**53 + 1], "row 2, column 'y' is 9007199254740993, whose digits no column with gaps or fractions can hold"),
        ([2**64, 1, "1"], "row 2, column 'y' is '1', a word, where a number is asked for"),
        ([1, 2, 10**400], "row 2, column 'y' is 100000000000000000...0000000000000000000, beyond what TeX can draw"),
        ([1, 2, np.inf], "row 2, column 'y' is inf"),
        ({3.0, 1.0, 2.0}, "column 'y' is {1.0, 2.0, 3.0}, which is no number"),
        (column([b"red", b"green", b"red"]), "row 0, column 'y' is b'red', which is no number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told_with_its_place(given, what):
    with pytest.raises(AuthorError) as error:
        Curve([1, 2, 3], y=given).check("fit.py:3: table 'a'")
    assert str(error.value) == f"fit.py:3: table 'a': {what}"


@pytest.mark.parametrize(
    "table", [Curve([1, 2, 3], y=[1, None, 3]), Points([1, 2, 3], [1, None, 3]), Bars([1, 2, 3], y=[1, None, 3])]
)
def test_gaps_stay_in_the_file(table):
    table.check("here")
    assert table.dump().splitlines()[2:] == ["1 1", "2 nan", "3 3"]


def test_what_stands_alone_between_gaps_is_noted():
    table = Curve(range(5), y=[1, None, 3, None, 4], z=[1, 2, None, 4, 5])
    alone = [f"row {row} of column 'y' stands alone between gaps; a line shows nothing of it" for row in (0, 2, 4)]
    assert table.notes() == alone and Points([1], [1]).notes() == Curve([1], y=[1]).notes() == []


def test_a_hole_in_a_field():
    value = np.ma.masked_greater(np.arange(9.0).reshape(3, 3), 7)
    table = Field(range(3), range(3), value)
    table.check("here")
    assert table.dump().count("nan") == 1 and np.isnan(table.grid[2][2, 2])
    with pytest.raises(AuthorError, match=r"^x\[1\] is missing$"):
        Field([0, None, 2], range(3), value)
    with pytest.raises(AuthorError, match=r"^value\[1, 2\] is 'a', a word, where a number is asked for$"):
        Field(range(3), range(2), [[1, 2, 3], [1, 2, "a"]])
    with pytest.raises(AuthorError, match="all of a field's values are missing"):
        Field(range(2), range(2), np.full((2, 2), NAN))


def test_what_cannot_have_gaps_refuses_them_with_advice():
    with pytest.raises(AuthorError, match="here: row 1, column 'x' is missing") as error:
        Path2D([[[0, 1], [NAN, 2]]]).check("here")
    assert error.value.hint == "end the line before what is missing, and begin another piece behind it"
    with pytest.raises(AuthorError, match="here: 'loss' is nan") as error:
        Values(loss=None).check("here")
    assert "quoted" in error.value.hint


def test_the_libraries_themselves():
    """Columns of pandas, polars and xarray, where they are installed."""
    pandas = pytest.importorskip("pandas")
    for series in (
        pandas.Series([1, None, 3], dtype="Int64"),
        pandas.Series([1, None, 3]),
        pandas.Series([1, None, 3]).astype("category"),
    ):
        np.testing.assert_array_equal(array(series), [1, NAN, 3])
    np.testing.assert_array_equal(array(pandas.DataFrame({"a": [1, 2], "b": [None, 4]})), [[1, NAN], [2, 4]])
