"""What tells a figure's record from today's, by name."""

from pathlib import Path

import pytest

from conftest import MINIMAL, forget
from pipeline.project.book import Book
from pipeline.provenance import since
from pipeline.records.differences import definitions, today
from pipeline.records.sidecar import read

FIGURE = "line/fit"
PREAMBLE = "templates/maths-preamble.tex"
OWN = f"{MINIMAL}/preamble.tex"


@pytest.fixture
def record(book):
    return read(book.figure("dark", FIGURE))["record"]


def test_definitions():
    text = "\\colour{a}{1}{2}{x}\n"
    text += "% \\role{b}{a}\n\\newcommand{\\m}[1]{%\n  \\bm{#1}}  % bold\n\\tikzset{\n  curve/.style={thick,\n    red},\n}\n"
    assert definitions(text) == {
        ("colour", "a"): ("{1}{2}{x}", 1), ("macro", "\\m"): ("[1]{ \\bm{#1}} \\tikzset{", 3), ("style", "curve"): ("{thick, red}, }", 6)
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "lines"),
    [
        ("line/fit.py", "sample(50", "sample(51", [f"{MINIMAL}/line/fit.py changed"]),
        ("line/data.py", "0.1", "0.2", [f"{MINIMAL}/line/data.py changed"]),
        ("line/models/regression.py", "100", "101", [f"{MINIMAL}/line/models/regression.py changed"]),
        ("line/fit.tex.j2", "0.6", "0.7", [f"{MINIMAL}/line/fit.tex.j2 changed"]),
        ("line/fit.py", "import torch\n", "import torch\nimport book.more\n", [f"{MINIMAL}/line/fit.py changed"]),
        ("pipeline/picture.py", "source = source_of(book", "source = '' + source_of(book", ["pipeline/picture.py changed"]),
        ("pipeline/picture.py", "from pipeline.cli import run\n", "from pipeline.cli import run  # a comment\n", []),
        ("pipeline/preview.py", "axes.legend(ax)", "axes.legend(axes[-1])", []),
        ("line/net.tex.j2", "above=of x", "left=of x", []),  # another figure's
        ("book.yaml", "A minimal book", "A small book", []),
        (PREAMBLE, "{C50D81}", "{C50D82}", [f"colour pink is C50D82, was C50D81 ({PREAMBLE}:LINE)"]),
        (PREAMBLE, "{FCCDE5}{C50D81}", "{FCCDE5} {C50D81}", [f"colour pink is written otherwise ({PREAMBLE}:LINE)"]),
        ("preamble.tex", r"\role{target}{blue}", r"\role{target}{red}", [f"role target is red, was blue ({OWN}:LINE)"]),
        ("preamble.tex", r"\newcommand{\vx}{\pink{", r"\newcommand{\vx}{\blue{",
         [rf"\vx is \blue{{\vect{{x}}}}, was \pink{{\vect{{x}}}} ({OWN}:LINE)"]),
        ("preamble.tex", "\\newcommand{\\vx}{\\pink{\\vect{x}}}\n", "", [rf"\vx is gone ({OWN})"]),
        ("preamble.tex", "\\newcommand{\\vx}", "\\newcommand{\\vnew}{n}\n\\newcommand{\\vx}", [rf"\vnew is new ({OWN}:LINE)"]),
        (PREAMBLE, "{5.1in} ", "{5.2in} ", [rf"\measure is 5.2in, was 5.1in ({PREAMBLE}:LINE)"]),
        # a comment, which has no name
        (PREAMBLE, "between small multiples", "between panels", [f"{PREAMBLE}:LINE changed"]),
        ("templates/plots.tex", "mark=dot, mark size=0.8pt", "mark=dot, mark size=0.9pt",
         ["style points is …rk=dot, mark size=0.9pt, mark options={draw=#1, fill=#1}, "
          "was …rk=dot, mark size=0.8pt, mark options={draw=#1, fill=#1} (templates/plots.tex:LINE)"]),
        ("editions/dark.tex", r"\curvewidth}{1pt}", r"\curvewidth}{2pt}",
         [rf"\curvewidth is 2pt, was 1pt ({MINIMAL}/editions/dark.tex:LINE)"]),
        ("editions/light.tex", r"\curvewidth}{1pt}", r"\curvewidth}{2pt}", []),  # another edition's
    ],
)  # fmt: skip
def test_what_changed_has_a_name(project, book, record, file, old, new, lines):
    assert since(book, record) == []
    project.edit(file, old, new)
    forget()
    text = project.path(file).read_text(encoding="utf-8")
    line = str(text.count("\n", 0, text.index(new)) + 1)
    assert since(Book(MINIMAL), record) == [expected.replace("LINE", line) for expected in lines]


def test_a_seed(project, book, record):
    project.edit("book.yaml", "seed: 1", "seed: 2")
    seeds = {name: Book(MINIMAL).seed(name) for name in (FIGURE, "line/regression")}
    line = {
        name: f"the seed of {name} is {seed}, was {book.seed(name)} ({MINIMAL}/book.yaml:3)"
        for name, seed in seeds.items()
    }
    assert sorted(since(Book(MINIMAL), record)) == sorted(line.values())


def test_a_file_that_is_read_now_and_one_that_is_not(project, book, record):
    project.write("line/extra.py", "")
    project.edit("line/fit.py", "from book.line.data import sample\n", "from book.line import extra\nsample = extra\n")
    project.edit("line/models/regression.py", "from book.line.data import sample\n", "")
    forget()
    names = {"fit.py changed", "models/regression.py changed", "extra.py is read now", "data.py is not read any more"}
    assert set(since(book, record)) == {f"{MINIMAL}/line/{name}" for name in names}


def test_what_is_built_counts_where_it_is_of_todays_sources(project, book, record):
    model = Path(book.model("line/regression"))
    model.write_bytes(model.read_bytes() + b" ")
    assert since(book, record) == ["model line/regression changed"]
    # Tables that others sources made, whose change is told already, or none at all: nothing is known of them.
    project.edit("line/data.py", "0.1", "0.2")
    forget()
    assert since(book, record) == [f"{MINIMAL}/line/data.py changed"]
    project.edit("line/data.py", "0.2", "0.1")
    forget()
    model.unlink()
    assert since(book, record) == [] and "tables" not in today(book, "dark", FIGURE)["built"]
