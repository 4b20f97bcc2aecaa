"""What the author hears of a preview that lacks something, a face or a command of a label; and what the generic one draws."""

import numpy as np
import pytest

from pipeline import preview
from pipeline.style.axes import Axes
from pipeline.style.markup import as_tex
from pipeline.style.mathtext import Label
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Bars, Curve


@pytest.fixture
def style():
    return Stylesheet.read("tests/books/minimal/editions/light.tex")


def test_a_preview_without_the_books_face_says_so(project):
    project.edit("templates/maths-preamble.tex", "{TeX Gyre Pagella}", "{No Such Face}")
    done = project.run("pipeline.preview", "line/fit", "--book", project.folder)
    note = "the face No Such Face is not installed; the preview is drawn in another (`make setup` installs it, or says how)"
    assert (done.returncode, done.stderr) == (0, f"note: {project.folder}/line/fit.py: {note}\n")


def test_what_a_preview_lacks_is_noted_and_what_it_cannot_is_an_error(project):
    module = project.folder / "line/fit.py"
    data = project.build / "tables/line/fit/data.dat"
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace(r"$\cx$", r"$\underbrace{\cx}$"), encoding="utf-8")
    done = project.run("pipeline.preview", "line/fit", "--book", project.folder)
    assert (done.returncode, done.stderr) == (
        0, f"note: {module}: mathtext cannot draw \\underbrace; the label is drawn without it\n")  # fmt: skip
    data.write_text(text.replace(r"$\cx$", r"$\begin{matrix}\cx\end{matrix}$"), encoding="utf-8")
    done = project.run("pipeline.preview", "line/fit", "--book", project.folder)
    label = r"$\begin{matrix}\cx\end{matrix}$"
    message = f"error: {module}: mathtext cannot draw the label {label}: there are no environments such as matrix\n  figure  line/fit (dark)\n"
    assert (done.returncode, done.stderr) == (1, message)


def test_dates_words_and_logarithms_are_as_in_the_figure(tmp_path, style):
    """The generic preview's ticks, limits and scales; `style` is the house's."""
    names, days = ["R & D", r"$\alpha$"], np.arange("2025-01-01", "2025-03-01", dtype="M8[D]")
    axes = Axes(style, "ngerman", ",")
    preview.generic(axes, {"a": Bars(names, n=[1, 2], labels={"n": "number"})})
    assert [label.get_text() for label in axes[0].get_xticklabels()] == [
        Label(style, as_tex(name)).text for name in names
    ]
    assert axes[0].get_xlim() == (-0.5, 1.5) and axes[0].get_xlabel() == "" and axes[0].get_ylabel() == "number"
    axes = Axes(style, "ngerman", ",")
    said = preview.logarithmic("\\begin{axis}[ymode=log, xlabel={((( a ))) [m]}]")
    preview.generic(axes, {"a": Curve(days, y=np.arange(1, 60))}, said)
    axes.figure.canvas.draw()
    assert axes[0].get_yscale() == "log"
    said = [label.get_text() for label in axes[0].get_xticklabels()]
    assert said[0] == "1\nJan. 2025" and "1\nFeb" in said
    assert preview.logarithmic(r"\begin{loglogaxis}") == ["x", "y"]
    assert preview.logarithmic(r"\begin{axis}\begin{semilogyaxis}") == preview.logarithmic("a diagram") == []
