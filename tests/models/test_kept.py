"""What a model's file keeps besides the net: histories as numbers, snapshots as state dicts; the rest is refused."""

from collections import deque
from fractions import Fraction

import numpy as np
import pytest
import torch
from torch import nn

from pipeline import models
from pipeline.errors.author import AuthorError
from pipeline.models import history_of, snapshots_of


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ([1, 2.5, True], [1, 2.5, True]),
        (list(np.convolve([1.0, 2.0, 3.0], [0.5, 0.5], "valid")), [1.5, 2.5]),
        ([np.float32(0.1), np.int64(2**62), np.bool_(True)], [float(np.float32(0.1)), 2**62, True]),
        (np.array([0.1, 0.2]), [0.1, 0.2]),
        (np.ma.masked_array([1.0, 2.0], [False, True]), [1.0, None]),
        (np.eye(2, dtype=np.float16), [[1.0, 0.0], [0.0, 1.0]]),
        ([torch.tensor(0.5, requires_grad=True), torch.tensor(3), torch.tensor(0.5, dtype=torch.bfloat16)], [0.5, 3, 0.5]),
        (torch.tensor([0.5, 1.5], requires_grad=True), [0.5, 1.5]),
        (deque([1, 2], maxlen=5), [1, 2]),
        ((Fraction(1, 2), None), [0.5, None]),
        ({"test": [np.float64(1)], 10: 2}, {"test": [1.0], 10: 2}),
        (np.float64(3), 3.0),
    ],
)  # fmt: skip
def test_numbers_are_taken_as_numbers_and_can_be_read_again(tmp_path, values, kept):
    history = history_of({"loss": values})
    assert history == {"loss": kept} and repr(history) == repr({"loss": kept})  # also by their types
    models.save(tmp_path / "net.pt", nn.Linear(1, 1), history, {})
    assert models.load(tmp_path / "net.pt", lambda: nn.Linear(1, 1), seed=0).history == {"loss": kept}


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ({"loss": [1.0, "low"]}, "the history cannot be kept: loss[1] is a str, 'low'"),
        ({"loss": [1j]}, "the history cannot be kept: loss[0] is a complex, 1j"),
        ({"loss": [nn.ReLU()]}, "the history cannot be kept: loss[0] is a ReLU, ReLU()"),
        ({"loss": np.array([{1}], dtype=object)}, None),
        ({"loss": {(1, 2): 3.0}}, "the history cannot be kept: loss has the key a tuple, (1, 2)"),
        ({3: [1.0]}, "the history has the name 3, which is no string"),
        ({"loss": [1.0, np.float32("nan")]}, "training diverged: loss[1] is nan"),
        ({"loss": torch.tensor([1.0, torch.inf])}, "training diverged: loss[1] is inf"),
    ],
)
def test_what_is_no_number_is_refused(history, said):
    if said is None:  # a set of numbers is a list of them
        assert history_of(history) == {"loss": [[1]]}
        return
    with pytest.raises(AuthorError) as error:
        history_of(history)
    assert str(error.value) == said


def test_snapshots_become_the_cpus_tensors_by_whole_numbers():
    state = {"weight": np.float32([[2.0]]), "bias": torch.ones(1, requires_grad=True)}
    kept = snapshots_of({np.int64(3): state}, nn.Linear(1, 1))
    assert list(kept) == [3] and type(next(iter(kept))) is int
    assert not kept[3]["bias"].requires_grad and torch.equal(kept[3]["weight"], torch.tensor([[2.0]]))


@pytest.mark.parametrize(
    ("snapshots", "said"),
    [
        ({"last": {}}, "a snapshot has the key a str, 'last'"),
        ({0.5: {}}, "a snapshot has the key a float, 0.5"),
        ({0: nn.Linear(1, 1)}, "snapshot 0 is a Linear"),
        ({0: [1.0]}, "snapshot 0 is a list"),
        ({0: {1: torch.ones(1)}}, "snapshot 0 is a dict"),
    ],
)
def test_what_is_no_snapshot_is_refused(snapshots, said):
    with pytest.raises(AuthorError) as error:
        snapshots_of(snapshots, nn.Linear(1, 1))
    assert str(error.value) == said


def test_a_snapshot_that_was_not_copied_is_told():
    net = nn.Linear(1, 1)
    with pytest.raises(AuthorError, match="snapshot 7 is no copy: it is the net itself, as it is at the end"):
        snapshots_of({7: net.state_dict()}, net)
