"""Drafts: what TeX could typeset is there, what to mend is told until it is mended, and a chapter by itself knows the
book."""

import json
import re

import pytest

import pdfs
from conftest import MINIMAL
from pipeline.project.quoting import elsewhere, quoted

LOOSE = r"""\chapter{A line}\label{ch:line}
See \ref{nosuch} and \citep{nobody}.
\fig{line/net}{The predictor.}
\fig{line/fit}{The line.}
\fig{line/later}{What is yet to be drawn.}

\noindent\rule{5.3in}{1pt}
"""
TOLD = [
    f"{MINIMAL}/line/chapter.tex:5: shows 'line/later', but there is no {MINIMAL}/line/later.tex.j2",
    f"{MINIMAL}/line/chapter.tex:2: there is no label 'nosuch'",
    f"{MINIMAL}/line/chapter.tex:2: references.bib has no 'nobody'",
    f"{MINIMAL}/line/chapter.tex:7: a box is 15.0 pt too wide",
]
TWO = r"""\chapter{A second}\label{ch:two}
In chapter~\ref{ch:line}, \figref{line/fit} has a slope of \val[fixed, precision=2]{line/fit/slope};
this is chapter~\ref{ch:two}.
\figagain{line/fit}{Once more.}
"""


def words(path):
    return " ".join(pdfs.text(path).split())


def told(text, word):
    return [match[1] for match in re.finditer(rf"^{word}: (.*)$", text, re.MULTILINE)]


@pytest.mark.slow
def test_what_is_to_be_mended_takes_nothing_away_and_is_told_until_it_is_mended(project):
    sound = project.path("line/chapter.tex").read_text(encoding="utf-8")
    project.write("line/chapter.tex", LOOSE)
    first, again = project.make("all").stderr, project.make("all").stderr
    assert told(first, "to mend") == told(again, "to mend") == TOLD
    assert "Nothing to be done" in again and "\n4 to mend" in again
    assert "line/later" in words(project.build / "book-dark.pdf")
    for _ in range(2):
        assert project.jobs("preflight") >= {f"what to mend in {MINIMAL} ({edition})" for edition in ("dark", "light")}
        strict = project.snakemake("preflight")
        assert strict.returncode != 0 and told(strict.stderr.split("Look above")[-1], "error") == TOLD
    assert (project.build / "book-light.pdf").is_file()
    project.write("line/chapter.tex", sound)
    assert told(project.make("all", "preflight").stderr, "to mend") == []
    assert "Nothing to be done" in project.make("all", "preflight").stderr


@pytest.mark.slow
def test_preflight_says_that_nothing_is_to_be_mended(project):
    kept = "all promises are kept, and nothing is to be mended: dark, light"
    assert kept in project.make("preflight").stderr and kept in project.make("preflight").stderr
    assert kept not in project.make("all").stderr


@pytest.mark.slow
def test_a_broken_promise_is_told_at_the_line_that_breaks_it(project):
    chapter = project.path("line/chapter.tex")
    sound = chapter.read_text(encoding="utf-8")
    chapter.write_text(f"{sound}\nA rule \\rule{{1cm}}{{0.2pt}}\nof no width.\n", encoding="utf-8")
    found = told(project.snakemake("preflight").stderr, "error")
    line = f"{MINIMAL}/line/chapter.tex:{len(sound.splitlines()) + 2}: on page"
    dark, light, proof = (
        f"{line} {at}: a line of 0.20 pt; at least {least} pt" for at, least in ((4, "0.40"), (5, "0.50"), (4, "0.50"))
    )
    assert found == [dark, light, proof]  # where chapters begin on right pages, the first is a page later


@pytest.mark.slow
def test_an_edition_for_the_press_is_strict(project):
    project.write("line/chapter.tex", LOOSE)
    strict = project.snakemake("print")
    assert strict.returncode != 0 and told(strict.stderr.split("Look above")[-1], "error") == TOLD
    assert (project.build / "book-print.pdf").is_file()


@pytest.mark.slow
def test_the_authors_edition_marks_them_in_the_margin(project):
    equation = "\n\\begin{equation}\\label{eq:line}a = b\\end{equation}\n"
    project.write("line/chapter.tex", LOOSE + r"\label{ch:line}" + equation)
    project.make("proof")
    text = words(project.build / "book-proof.pdf")
    assert text.count("eq:line") == 1
    for note in ("no such label nosuch", "not in references.bib nobody", "ch:line stands twice"):
        assert {*note.split()} <= {*text.split()}  # two stand side by side


@pytest.fixture
def two(project):
    project.edit("book.yaml", "chapters: [line]", "chapters: [line, two]\neditions: [light]")
    project.write("two/chapter.tex", TWO)
    return project


@pytest.mark.slow
def test_a_chapter_by_itself_has_the_numbers_of_the_last_book(two):
    chapter = two.build / "chapters/light/two.pdf"
    for labels in (two.build / "labels").iterdir():
        labels.unlink()
    done = two.make("two")
    assert "note: tests/books/minimal/two/chapter.tex: no number is known of ch:line, fig:line/fit" in done.stderr
    assert "In chapter ch:line, figure line/fit has a slope of 2.03; this is chapter 2." in words(chapter)
    two.make("all")
    assert two.jobs("two") == {"typeset two (light)"}
    two.make("two")
    assert "In chapter 1, figure 1.2 has a slope of 2.03; this is chapter 2." in words(chapter)
    assert "Figure 1.2 (repeated) A fitted line. Once more." in words(chapter)
    assert "Nothing to be done" in two.make("all", "two").stderr


@pytest.mark.slow
def test_a_run_for_the_book_and_a_chapter_leaves_nothing_to_be_done(two):
    for labels in (two.build / "labels").iterdir():
        labels.unlink()
    for chapter, text in ((1, "\\chapter{A line}"), (2, "\\chapter{Before}\n\\chapter{A line}")):
        two.edit("line/chapter.tex", "\\chapter{A line}", text)
        done = two.make("two", "all")
        assert "no number is known" not in done.stderr
        assert f"In chapter {chapter}, figure {chapter}.2" in words(two.build / "chapters/light/two.pdf")
        assert [two.jobs(*targets) for targets in (("two", "all"), ("two",), ("all",))] == [set()] * 3
    two.edit("line/chapter.tex", "\\chapter{Before}", "\\chapter{Before}\\nosuch")
    assert two.snakemake("all").returncode and two.jobs("two") == set()  # the last book's numbers are there


def test_what_is_made_on_request_is_checked_in_the_run_that_makes_it(project):
    (project.build / "book-proof.pdf").unlink()
    checks = {edition: f"what to mend in {MINIMAL} ({edition})" for edition in ("dark", "light", "proof")}
    assert checks["proof"] not in project.jobs("preflight")
    assert {*checks.values()} <= project.jobs("preflight", "proof")


@pytest.mark.slow
def test_a_chapter_by_itself_is_stale_when_a_number_that_it_names_changes_and_with_no_other(two, book):
    two.make("two")
    labels = two.root / book.labels("light")
    found = json.loads(labels.read_text(encoding="utf-8"))
    labels.write_text(json.dumps(found | {"fig:line/net": "{9}{9}{}{}{}"}), encoding="utf-8")
    assert two.jobs("two") == set()
    labels.write_text(json.dumps(found | {"fig:line/fit": "{9}{9}{}{}{}"}), encoding="utf-8")
    assert two.jobs("two") == {"typeset two (light)"}


@pytest.mark.slow
def test_a_chapter_by_itself_refers_in_every_way(two):
    hook = r"\AddToHook{package/hyperref/after}{\usepackage{cleveref}}"
    two.write("preamble.tex", two.path("preamble.tex").read_text(encoding="utf-8") + hook)
    ways = r"\ref{ch:line}, \ref*{ch:line}, \nameref{ch:line}, \Cref{ch:line}, \cref{fig:line/net,fig:line/fit}, \cref{ch:two}"
    two.write("two/chapter.tex", rf"\chapter{{Two}}\label{{ch:two}}All: {ways}.")
    two.make("light", "two")
    said = "All: 1, 1, A line, Chapter 1, figs. 1.1 and 1.2, chapter 2."
    assert [path for path in ("book-light", "chapters/light/two") if said not in words(two.build / f"{path}.pdf")] == []


def test_what_a_text_quotes_and_refers_to(project, book):
    text = r"\val[precision=2]{line/fit/slope} \ref{ch:line} \citep{gauss1809} % \val{line/net/x}"
    project.write("line/chapter.tex", text)
    assert quoted(book, ["line"]) == ["line/fit"]
    assert elsewhere(book, "light", "line").keys() == {"ch:line"}
