"""What a reader does in a notebook: edit a cell, draw again, train again; the book's files and build stay as they are."""

import sys

import pytest
import torch

from pipeline import jupyter
from pipeline.errors.author import UsageError
from pipeline.jupyter import Cell, Figures, current

pytestmark = pytest.mark.slow


@pytest.fixture
def figures(book, project, monkeypatch):
    monkeypatch.setattr(jupyter, "TOP", project.root)
    return Figures(book.root)


def text(project, name):
    return (project.root / project.folder / name).read_text(encoding="utf-8")


def test_a_figure_is_drawn_as_its_preview(figures, project, style_forgotten):
    for edition in ("light", "dark"):
        drawn = figures.show("line/fit", edition=edition)
        assert drawn.data == (project.build / f"previews/{edition}/line/fit.png").read_bytes()
    assert drawn.alt.startswith("Fifty points") and 0 < drawn.width < 500


@pytest.fixture
def style_forgotten():
    yield
    from matplotlib import colormaps

    for name in [name for name in colormaps if name in ("diverging", "sequential", "series")]:
        colormaps.unregister(name)


def test_a_cell_stands_in_for_its_file_alone(figures, project):
    sample = text(project, "line/data.py")
    figures.module("book.line.data", sample.replace("INTERCEPT, NOISE = 2.0, -1.0", "INTERCEPT, NOISE = 2.0, 3.0"))
    figures.module("book.line.fit", text(project, "line/fit.py"))
    assert figures.tables("line/fit")["data"].y.mean() > 2
    assert text(project, "line/data.py") == sample
    figures.module("book.line.data", sample)
    figures.module("book.line.fit", text(project, "line/fit.py"))
    assert figures.tables("line/fit")["data"].y.mean() < 0


def test_a_model_is_the_builds_until_its_code_is_edited(figures, project, capsys):
    built = figures.model("line/regression")
    kept = (project.build / "models/line/regression.pt").read_bytes()
    code = text(project, "line/models/regression.py")
    figures.module("book.line.models.regression", f"# another comment\n{code}")
    assert not figures.edited
    figures.module("book.line.models.regression", code.replace("epochs=100", "epochs=3"))
    assert len(figures.model("line/regression").history["loss"]) == 3
    figures.module("book.line.models.regression", code)
    assert torch.equal(figures.model("line/regression").net.weight, built.net.weight)
    assert (project.build / "models/line/regression.pt").read_bytes() == kept


def test_a_model_that_is_not_there_or_not_current_is_trained(figures, project, book, monkeypatch):
    trained = []
    monkeypatch.setattr(jupyter.train, "train", lambda book, name: trained.append((book.build, name)))
    assert current(book, "line/regression")
    (project.build / "models/line/regression.pt").unlink()
    assert not current(book, "line/regression")
    figures.prepare(["line/regression"])
    assert trained == [(figures.own.build, "line/regression")]


def test_progress_is_shown_in_the_cell(capsys):
    with jupyter.progress():
        from pipeline.training import terminal

        print("epoch", file=terminal())
    assert capsys.readouterr().err == "epoch\n"
    assert Cell(sys.stderr).isatty() and Cell(sys.stderr).encoding == sys.stderr.encoding


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda figures: figures.module("book.line.fits", ""), "%%module book.line.fits: the book has no such file"),
        (lambda figures: figures.module("torch", ""), "%%module torch: the book has no such file"),
        (lambda figures: figures.model("line/regresion"), "there is no model 'line/regresion'"),
        (lambda figures: figures.show("line/fits"), "there is no figure 'line/fits'"),
    ],
)
def test_what_is_not_there_is_said(figures, call, said):
    with pytest.raises(UsageError, match=said):
        call(figures)
