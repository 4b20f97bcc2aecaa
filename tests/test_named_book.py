"""What every book keeps to, whichever its figures are.

It is tried on the book in book/, or on that which `pytest -o book=…` names, and on the minimal one.
"""

import re
import shutil
import subprocess
import sys
from functools import cache

import pytest

from conftest import MINIMAL, ROOT, Project
from pipeline import golden
from pipeline.project.book import Book
from pipeline.regression.comparing import Tolerances, compare, load

# Roles, not values: a hexadecimal code, a colour model, a name of xcolor's or of the palette's; \pink{x} is a macro.
WORDS = re.compile(r'\(\(=.*?=\)\)|""".*?"""', re.DOTALL)
NAMES = (
    "pink|blue|orange|green|violet|red|aqua|lavender|yellow|grey|"
    "black|white|gray|darkgray|lightgray|brown|cyan|magenta|lime|olive|purple|teal"
)
RAW = re.compile(rf"#[0-9A-Fa-f]{{6}}\b|\b(?:HTML|rgb|RGB|cmyk)\b|(?<![\\\w])(?:{NAMES})\b")


def pytest_generate_tests(metafunc):
    """The figures of both books; for golden tables, those of the named one that compute something."""
    named = Book(ROOT / metafunc.config.getini("book"))
    if "figure" in metafunc.fixturenames:
        figures = [*named.figures.values(), *Book(ROOT / MINIMAL).figures.values()]
        metafunc.parametrize("figure", figures, ids=lambda figure: figure.name)
    if "computed" in metafunc.fixturenames:
        metafunc.parametrize("computed", named.computed)


def test_no_raw_colours(named):
    for chapter in (*(named.root / chapter for chapter in named.chapters), ROOT / MINIMAL / "line"):
        for path in (path for kind in ("*.j2", "*.py") for path in chapter.rglob(kind)):
            assert RAW.findall(WORDS.sub("", path.read_text(encoding="utf-8"))) == [], path


@pytest.mark.parametrize(
    "line", ["draw=red!50", "fill=#FF0000", "color={rgb,1:red,1}", 'color="white"', r"\definecolor{a}{HTML}{FF}"]
)
def test_raw_colours_would_be_found(line):
    assert RAW.search(line)


@pytest.mark.parametrize(
    "line", [r"$\pink{x}$", "draw=energy!60!paper", "observed=input", '""" in red """', "((= a white page =))"]
)
def test_roles_and_words_are_none(line):
    assert not RAW.search(WORDS.sub("", line))


def test_every_figure_has_a_title_and_an_alternative_text(figure):
    assert 5 < len(figure.title) < 80
    assert len(figure.description) > len(figure.title) + 40


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("-o", "book={0}", "-o", "testpaths=tests/test_files.py"), ("{0}/tests",)])
def test_a_books_own_tests_are_run_wherever_it_lies(tmp_path, arguments):
    away = shutil.copytree(ROOT / MINIMAL, tmp_path / "away/mine")
    (away / "tests/test_data.py").rename(away / "tests/test_elsewhere.py")
    command = [
        sys.executable,
        "-m",
        "pytest",
        *(word.format(away) for word in arguments),
        "-rp",
        "--basetemp",
        tmp_path / "room",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^PASSED .*test_elsewhere.py::", done.stdout, re.MULTILINE)


@cache
def stale(root, *tables):
    """The jobs that would make these tables what a book's sources say."""
    return Project(ROOT, root).jobs(*tables)


def test_tables_are_as_they_were(named, computed):
    if f"compute {computed}" in stale(named.root, *map(named.sums, named.computed)):
        pytest.skip(f"the tables of {computed} are not built, or stale; `make book` makes them")
    if not golden.golden_file(named, computed).is_file():
        pytest.skip(f"{computed} has no golden tables yet; `python -m pipeline.golden --update` writes them")
    tolerances = Tolerances(golden.folder(named) / "tolerances.yaml")
    assert [str(change) for change in golden.compare_figure(named, computed, tolerances) if change.beyond] == []


def test_each_tolerance_is_of_use(named):
    tolerances = Tolerances(golden.folder(named) / "tolerances.yaml")
    for path in golden.folder(named).glob("*/*.txt"):
        compare(f"{path.parent.name}/{path.stem}", load(path), load(path), tolerances)
    tolerances.check()
