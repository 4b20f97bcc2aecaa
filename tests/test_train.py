"""Training a model: the net that is drawn is the one that was trained, and a model may ask for others."""

import json

import pytest
import torch

from conftest import MINIMAL
from pipeline import models
from pipeline.errors.telling import told_to_author
from pipeline.project.book import Book
from pipeline.records.differences import today
from pipeline.records.record import of_model
from pipeline.records.sidecar import read
from pipeline.train import train

pytestmark = pytest.mark.slow  # trainings and what follows from them

MODEL = f"{MINIMAL}/line/models/regression.py"
STUDENT = """
import torch
from torch import nn


def build():
    return nn.Linear(1, 1)


def train(net, seed, regression, *, master="line/regression", rate=0.5):
    assert not regression.net.weight.requires_grad and rate == 0.5
    with torch.no_grad():
        net.weight.copy_(regression.net.weight + master.net.weight)
        net.bias.copy_(regression(torch.zeros(1)))
    return {"loss": regression.history["loss"][:1]}, {}
"""


def told(name="line/regression"):
    """What the author of a model reads."""
    with pytest.raises(SystemExit) as stop, told_to_author(MINIMAL, model=name):
        train(Book(MINIMAL), name)
    return stop.value.code


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    return run.history", "    net.temperature = 0.5\n    return run.history",
         ":14: the model's file would lose temperature of the trained net: it is 0.5, and nothing when it is loaded\n"
         "  model   line/regression\n  try     self.register_buffer('temperature', torch.tensor(…)) where the net is made keeps it"),
        ("    return run.history", "    net.double()\n    return run.history",
         ":14: the model's file would lose weight of the trained net: it is a Parameter of float64, (1, 1) [["),
        ("    return run.history", "    net.extra = nn.Linear(1, 1)\n    return run.history",
         ":14: what train() returns does not fit the net that build() makes: Error(s) in loading state_dict for Linear: Unexpected key(s)"),
        ("return run.history, run.snapshots", "return {'word': ['high']}, run.snapshots",
         ":14: the history cannot be kept: word[0] is a str, 'high'\n"),
        ("return run.history, run.snapshots", "return run.history, {'end': {}}", ":14: a snapshot has the key a str, 'end'\n"),
        ("return run.history, run.snapshots", "return run.history, {3: {'weight': net.weight + 1}}",
         ":14: what train() returns does not fit the net that build() makes: Error(s) in loading state_dict for Linear: Missing key(s)"),
        ("def train(net, seed):", "def train(net, seed, regresion):",
         ":14: train() asks for 'regresion', but there is no model 'line/regresion'\n  model   line/regression\n  try     'line/regression'"),
        ("def train(net, seed):", "def train(net, seed, regression):",
         ":14: models ask for one another in a ring: line/regression → line/regression\n"),
    ],
)  # fmt: skip
def test_a_model_that_could_not_be_kept_is_told_and_the_last_good_one_stays(book, project, old, new, said):
    before = {path.name: path.read_bytes() for path in (book.build / "models/line").iterdir()}
    project.edit("line/models/regression.py", old, new)
    assert told().startswith(f"error: {MODEL}{said}")
    assert {path.name: path.read_bytes() for path in (book.build / "models/line").iterdir()} == before


@pytest.fixture
def teaching(book, project):
    """The book with a student of the line, which a figure shows; and its Project."""
    project.write("line/models/student.py", STUDENT)
    project.edit("line/fit.py", "def tables(regression)", "def tables(regression, student)")
    project.edit("line/fit.py", "slope=", "twice=student.net.weight[0, 0], slope=")
    return project


def test_a_model_asks_for_models_as_a_figure_does(teaching):
    target = f"build/{MINIMAL}/tables/line/fit/SHA256SUMS"
    assert teaching.jobs(target) == {"train line/student", "compute line/fit"}
    teaching.make(target)
    values = json.loads((teaching.build / "tables/line/fit/values.json").read_text(encoding="utf-8"))
    assert values["twice"] == pytest.approx(2 * values["slope"], rel=1e-6)
    book = Book(MINIMAL)
    student, teacher = (models.trained(book, f"line/{name}") for name in ("student", "regression"))
    assert torch.equal(student.net.bias, teacher.net.bias)
    record = read(book.model("line/student"))["record"]
    assert record["seeds"].keys() == {"line/student", "line/regression"}
    assert "book/line/models/regression.py" in record["sources"] and "model line/regression" in record["built"]
    assert teaching.jobs(target) == set()
    # The teacher's code, its seed and its file concern the student.
    teaching.edit("line/models/regression.py", "epochs=100", "epochs=101")
    assert teaching.jobs(target) == {"train line/regression", "train line/student", "compute line/fit"}
    now = of_model(Book(MINIMAL), "line/student", {})
    assert now["sources"]["book/line/models/regression.py"] != record["sources"]["book/line/models/regression.py"]
    assert today(Book(MINIMAL), "dark", "line/fit")["seeds"]["line/student"] == record["seeds"]["line/student"]


def test_what_was_trained_from_a_model_that_is_lost_is_withdrawn(teaching):
    teaching.make("line-fit")
    (teaching.build / "models/line/regression.pt").unlink()
    assert "train line/student" in teaching.jobs("line-fit")
    order = Book(MINIMAL).in_order(["line/student"])
    assert order == ["line/regression", "line/student"]


def test_a_ring_is_told_before_anything_is_trained(teaching):
    teaching.edit("line/models/regression.py", "def train(net, seed):", "def train(net, seed, student):")
    done = teaching.snakemake("line-fit")
    assert done.returncode != 0 and "Job" not in done.stderr
    ring = "models ask for one another in a ring: line/regression → line/student → line/regression"
    assert (
        f"line/models/regression.py:14: {ring}" in done.stderr
        or "student → line/regression → line/student" in done.stderr
    )
