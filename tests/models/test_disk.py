"""Trained models on disk."""

import random

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression
from torch import nn

from pipeline import models
from pipeline.errors.author import AuthorError
from pipeline.seeds import seeded, states

pytestmark = pytest.mark.slow

MODEL = "line/regression"


def build():
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


def test_what_is_saved_is_loaded_bit_by_bit(tmp_path):
    net, early = build(), build().state_dict()
    models.save(tmp_path / "net.pt", net, {"loss": [0.1, 1 / 3]}, {0: early})
    trained = models.load(tmp_path / "net.pt", build, seed=0)
    x = torch.randn(5, 2)
    assert all(torch.equal(trained.net.state_dict()[name], value) for name, value in net.state_dict().items())
    assert torch.equal(trained(x), net(x)) and not trained(x).requires_grad
    assert trained.history == {"loss": [0.1, 1 / 3]}
    assert isinstance(trained.snapshots[0], nn.Sequential)
    assert all(torch.equal(trained.snapshots[0].state_dict()[name], value) for name, value in early.items())


def test_equal_contents_are_equal_bytes(tmp_path):
    net = build()
    for name in ("one.pt", "another.pt"):
        models.save(tmp_path / name, net, {"loss": [1.0]}, {})
    assert (tmp_path / "one.pt").read_bytes() == (tmp_path / "another.pt").read_bytes()


class Payload:
    def __reduce__(self):
        return (open, ("pwned", "w"))


def test_a_pickled_payload_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    torch.save({"net": build().state_dict(), "history": Payload(), "snapshots": {}}, "net.pt")
    with pytest.raises(
        AuthorError,
        match=r"^net.pt: is no model that this pipeline saved, and was not read; delete it and build again$",
    ):
        models.load("net.pt", build, seed=0)
    assert not (tmp_path / "pwned").exists()


def test_a_model_that_is_cut_short_is_refused(tmp_path):
    models.save(tmp_path / "net.pt", build(), {}, {})
    whole = (tmp_path / "net.pt").read_bytes()
    for length in (0, 100, len(whole) - 50):
        (tmp_path / "net.pt").write_bytes(whole[:length])
        with pytest.raises(AuthorError, match=r"net.pt: is no model"):
            models.load(tmp_path / "net.pt", build, seed=0)


def test_training_again_gives_the_same_bytes(project):
    file = project.build / "models" / f"{MODEL}.pt"
    first = file.read_bytes()
    file.unlink()
    done = project.run("pipeline.train", MODEL, "--book", project.folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file.read_bytes() == first


def test_the_line_is_recovered(book):
    trained = models.trained(book, MODEL)
    x, y = book.load(book.root / "line/data.py").sample(50, seed=0)
    truth = LinearRegression().fit(x.double(), y.double())
    assert trained.net.weight.item() == pytest.approx(truth.coef_.item(), abs=1e-5)
    assert trained.net.bias.item() == pytest.approx(truth.intercept_.item(), abs=1e-5)
    assert trained.history["loss"][-1] == pytest.approx(((truth.predict(x.double()) - y.numpy()) ** 2).mean(), rel=1e-4)
    assert len(trained.history["loss"]) == 100 and list(trained.snapshots) == [0]


def test_a_model_that_was_never_trained_is_told(tmp_path):
    with pytest.raises(AuthorError, match=r"net.pt: the model has not been trained yet"):
        models.load(tmp_path / "net.pt", build, seed=0)


class Features(nn.Module):
    """A layer on random features that are drawn when the net is built, by each of the global generators."""

    def __init__(self):
        super().__init__()
        self.own = torch.rand(3), np.random.rand(), random.random(), np.random.default_rng().random()
        self.head = nn.Linear(3, 1)

    def forward(self, x):
        return self.head((x * self.own[0] + sum(self.own[1:])).cos())


def test_a_net_that_draws_when_it_is_built_is_loaded_as_it_was(tmp_path):
    with seeded(5):
        net = Features()
    models.save(tmp_path / "net.pt", net, {}, {3: net.state_dict()})
    torch.manual_seed(1)
    before = states()
    trained = models.load(tmp_path / "net.pt", Features, seed=5)
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    for loaded in (trained.net, trained.snapshots[3]):
        assert torch.equal(loaded(x), net(x)) and not list(models.lost(net, loaded))
    after = states()
    assert torch.equal(before.pop("torch"), after.pop("torch")) and str(before) == str(after)  # nothing was disturbed
    assert list(models.lost(net, models.load(tmp_path / "net.pt", Features, seed=6).net))


def test_a_model_that_is_not_there(project):
    done = project.run("pipeline.train", "line/nosuch", "--book", project.folder)
    assert done.returncode == 2
    assert (
        done.stderr
        == "error: there is no model 'line/nosuch': no tests/books/minimal/line/models/nosuch.py\n  model   line/nosuch\n"
    )
