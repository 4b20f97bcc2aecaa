"""The loop around training: history, snapshots, divergence, silence."""

import io
import math

import pytest
import torch
from torch import nn

from pipeline import training
from pipeline.errors.author import AuthorError
from pipeline.training import Run, not_fallen


def count(net, epochs, keep=()):
    """A run that adds 1 to a net's weight at each epoch."""
    run = Run(net, epochs, keep)
    for epoch in run:
        run.record(loss=net.weight.sum(), epoch=epoch)
        with torch.no_grad():
            net.weight += 1
    return run


@pytest.fixture
def net():
    net = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(net.weight)
    return net


def test_the_history_has_a_value_an_epoch(net):
    history = count(net, 4).history
    assert history == {"loss": [0, 1, 2, 3], "epoch": [0, 1, 2, 3]}
    assert all(type(value) is float for value in history["loss"])


def test_snapshots_are_the_net_after_so_many_epochs(net):
    snapshots = count(net, 5, keep=(0, 2, 5)).snapshots
    assert {epoch: state["weight"].item() for epoch, state in snapshots.items()} == {0: 0, 2: 2, 5: 5}


@pytest.mark.parametrize("loss", [math.nan, math.inf, torch.tensor(math.nan)])
def test_divergence_stops_the_run_and_says_when(net, loss):
    run = Run(net, 10)
    with pytest.raises(
        AuthorError, match=r"training diverged: loss is (nan|inf) at epoch 3, after 0.1235, 1.123, 2.123"
    ):
        for epoch in run:
            run.record(loss=loss if epoch == 3 else epoch + 0.123456)
    assert len(run.history["loss"]) == 3


def test_what_is_recorded_is_not_changed_by_what_follows(net):
    run = Run(net, 3)
    for _ in run:
        run.record(weight=net.weight[0, 0], half=0.1)
        with torch.no_grad():
            net.weight += 1
    assert run.history == {"weight": [0, 1, 2], "half": [0.1, 0.1, 0.1]}


def test_a_value_may_be_a_tensor_at_one_time_and_a_number_at_another(net):
    run = Run(net, 2)
    for epoch in run:
        run.record(loss=torch.tensor(0.5) if epoch else 1)
    assert run.history == {"loss": [1.0, 0.5]}


def test_divergence_is_told_during_a_long_run(net, monkeypatch):
    monkeypatch.setattr(training, "BLOCK", 0)
    run = Run(net, 1000)
    with pytest.raises(AuthorError, match="loss is nan at epoch 0, after nothing"):
        for epoch in run:
            assert epoch < 2
            run.record(loss=torch.tensor(math.nan))


def test_recording_a_loss_with_its_graph_is_silent(net, recwarn):
    run = Run(net, 1)
    run.record(loss=nn.functional.mse_loss(net(torch.ones(1, 1)), torch.ones(1, 1)))
    assert run.history == {"loss": [1.0]} and not recwarn.list


def test_quiet_where_there_is_no_terminal(net, monkeypatch, capfd):
    monkeypatch.setattr(training, "open", no_terminal, raising=False)
    assert training.terminal() is None
    count(net, 100)
    assert capfd.readouterr() == ("", "")


def no_terminal(*_, **__):
    raise OSError


def test_progress_goes_to_a_terminal(net, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    assert training.terminal() is terminal


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ({"loss": [3.0, 1.0, 2.0]}, []),
        ({"loss": [2.0], "accuracy": [0.5, 0.1]}, []),
        ({}, []),
        ({"loss": [1.0, 4.0, 2.0, 3.0]}, ["loss has not fallen: 1 at first, 4, 2, 3 in the last epochs"]),
        ({"test_loss": [1.0, 1.0]}, ["test_loss has not fallen: 1 at first, 1, 1 in the last epochs"]),
    ],
)
def test_a_loss_that_has_not_fallen_is_told(history, said):
    assert list(not_fallen(history)) == said
