"""The numbers of the page on performance: those of the benchmarks stand in the results as they were measured, the
bounds in the code."""

import re

import pytest

from conftest import ROOT
from pages import page
from pipeline.templating import resources
from pipeline.tex import run

RESULTS = (ROOT / "benchmarks/RESULTS.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"(?ms)^## \((\w)\) [^\n]*\n(.*?)(?=^## |\Z)", RESULTS))
ROWS = [row for row in page("docs/performance.md").rows if row.cells[-1] in SECTIONS]
NUMBER = re.compile(r"[\d.]+(?= s\b)")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.line))
def test_a_row_says_what_was_measured(row):
    """Each time stands, with its unit, among the numbers of the section of the results that the row names."""
    measured = {*re.findall(r"(?<=\| )[\d.]+(?= \|)", SECTIONS[row.cells[-1]])}
    told = [number for cell in row.cells for number in NUMBER.findall(cell)]
    assert told and [number for number in told if number not in measured] == []


def test_most_times_are_of_the_benchmarks():
    assert {row.cells[-1] for row in ROWS} == {*"abcdefg"}


def test_the_bounds_are_those_of_the_code():
    trust = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
    template = f"take more than {resources.SECONDS} s of the processor or {resources.MEMORY // 10**9} GB"
    tex = f"take more than {run.seconds():g} s, {run.MEMORY // 10**9} GB, or {run.BYTES // 10**6} MB a file"
    assert [words for words in (template, tex) if words not in trust] == []
