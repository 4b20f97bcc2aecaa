"""How far a training is: told while it runs, cheap, and gone when it ends, however that is."""

import json
import time

import pytest
from torch import nn

from pipeline.records import progress
from pipeline.records.progress import POINTS, Progress, thinned
from pipeline.resuming.checkpoints import Checkpoints
from pipeline.training import Run, going_on_by


def test_a_long_curve_is_thinned_and_keeps_its_last_value():
    values = [k / 7 for k in range(100_000)]
    assert len(thinned(values)) <= POINTS + 1 and thinned(values)[-1] == float(f"{values[-1]:.4g}")
    assert thinned([1, 2, 3]) == [1, 2, 3] and thinned([]) == []


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A training, told of at each of its epochs, whose tenth may fail; and what was told of each."""
    monkeypatch.setattr(progress, "EVERY", 0)
    monkeypatch.setattr(progress, "SHARE", 0)
    file = tmp_path / "net.progress"

    def train(fails=False):
        seen = []
        with going_on_by(Checkpoints(tmp_path / "net.pt", "key", {}, lambda _: True)):
            run = Run(nn.Linear(1, 1), epochs=20)
            for epoch in run:
                seen += [json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []
                if fails and epoch == 10:
                    raise ZeroDivisionError
                run.record(loss=1 / (epoch + 1))
                assert run.history["loss"]  # settled
        return seen

    return train, file


def test_it_is_told_while_a_training_runs_and_gone_afterwards(told):
    train, file = told
    seen = train()
    assert [one["epoch"] for one in seen] == [*range(1, 20)] and {one["epochs"] for one in seen} == {20}
    assert seen[4]["history"]["loss"] == [1, 0.5, 0.3333, 0.25, 0.2]
    assert not file.exists()


def test_it_is_gone_where_a_training_fails(told):
    train, file = told
    with pytest.raises(ZeroDivisionError):
        train(fails=True)
    assert not file.exists()


def test_it_costs_little(tmp_path):
    history = {"loss": [0.5] * 100_000}
    began, cpu = time.monotonic(), time.process_time()
    with Progress(tmp_path / "net.progress", 100_000) as told:
        while time.monotonic() < began + 0.7:
            told.tell(1, history)
            time.sleep(0.001)
    assert time.process_time() - cpu < 0.2
