"""What every figure keeps to, whichever figures there are; and what the code keeps to."""

import re
import subprocess
import sys

import pytest

from conftest import MINIMAL, ROOT
from pipeline.project.book import Book

FIGURES = [figure for root in (ROOT / "book", ROOT / MINIMAL) for figure in Book(root).figures.values()]
SOURCES = sorted(path for root in ("book", str(MINIMAL)) for kind in ("*.j2", "*.py") for path in (ROOT / root).rglob(kind))

# Roles, not values: a hexadecimal code, a colour model, a name of xcolor's or of the palette's; \pink{x} is a macro.
WORDS = re.compile(r'\(\(=.*?=\)\)|""".*?"""', re.DOTALL)
NAMES = (
    "pink|blue|orange|green|violet|red|aqua|lavender|yellow|grey|"
    "black|white|gray|darkgray|lightgray|brown|cyan|magenta|lime|olive|purple|teal"
)
RAW = re.compile(rf"#[0-9A-Fa-f]{{6}}\b|\b(?:HTML|rgb|RGB|cmyk)\b|(?<![\\\w])(?:{NAMES})\b")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_raw_colours(path):
    assert RAW.findall(WORDS.sub("", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("line", ["draw=red!50", "fill=#FF0000", "color={rgb,1:red,1}", 'color="white"', r"\definecolor{a}{HTML}{FF}"])
def test_raw_colours_would_be_found(line):
    assert RAW.search(line)


@pytest.mark.parametrize("line", [r"$\pink{x}$", "draw=energy!60!paper", "observed=input", '""" in red """', "((= a white page =))"])
def test_roles_and_words_are_none(line):
    assert not RAW.search(WORDS.sub("", line))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_every_figure_has_a_title_and_an_alternative_text(figure):
    assert 5 < len(figure.title) < 80
    assert len(figure.description) > len(figure.title) + 40


def check(*command):
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_is_content():
    check("ruff", "check", "--no-cache", ".")
    check("ruff", "format", "--check", "--no-cache", ".")


def test_snakefmt_is_content():
    check("snakefmt", "--check", "Snakefile", "pipeline/rules")


def test_snakemakes_linter_wants_nothing_but_containers(built):
    done = built.snakemake("--lint")
    complaints = re.findall(r"^ +\* (.*):$", done.stdout + done.stderr, re.MULTILINE)
    assert set(complaints) == {"Specify a conda environment or container for each rule."}
