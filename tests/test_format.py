"""A format: the same pages as without it, made again when what is in it changes, and done without where it is no
good."""

import os
import re
from pathlib import Path

import pikepdf
import pytest

import pdfs
from conftest import MINIMAL
from pipeline.chapter import chapter
from pipeline.figure import figure
from pipeline.format import format
from pipeline.project.book import Book
from pipeline.records.reads import changed
from pipeline.tex.formats import usable
from pipeline.tex.picture import compile_picture

pytestmark = pytest.mark.slow  # formats that are made anew

FIGURE = "line/fit"
NOTE = "note: TeX cannot load {}\n"


@pytest.mark.parametrize("edition", ["dark", "print"])
def test_a_page_is_the_same_as_without_a_format(book, edition):
    pages = []
    for preloaded in (None, usable(book, edition)):
        target = book.build / f"out-{bool(preloaded)}.pdf"
        compile_picture(book, edition, book.picture(FIGURE), target, FIGURE, book.tables(FIGURE), preloaded=preloaded)
        pages.append(target.read_bytes())
    assert preloaded and pages[0] == pages[1]


def shown(pdf):
    """What each page paints, without the black with which pages begin before they have a colour."""
    with pikepdf.open(pdf) as opened:
        return [re.sub(rb"(0 g 0 G\n)+(?=[\d. ]+ (rg|k) )", b"", page.Contents.read_bytes()) for page in opened.pages]


@pytest.mark.parametrize("edition", ["dark", "print"])
def test_a_text_is_the_same_as_without_a_format(project, book, edition, capsys):
    project.edit("line/chapter.tex", "\\label{ch:line}", "\\label{ch:line} \\textcolor{target}{One \\newpage two.}")
    pages = []
    for _ in range(2):
        chapter(book, "line", edition)
        pages.append(shown(book.chapter(edition, "line")))
        assert ("compiled without it" in capsys.readouterr().out) == (len(pages) > 1)
        Path(book.text_format(edition)).unlink(missing_ok=True)
    assert pages[0] == pages[1]


def test_formats_do_not_depend_on_the_place(built, book):
    formats = [Path(book.format("dark")), Path(book.text_format("dark"))]
    before = [path.read_bytes() for path in formats]
    format(book, "dark")
    assert [path.read_bytes() for path in formats] == before == [(built.root / path).read_bytes() for path in formats]


def test_a_file_that_a_stylesheet_opens_is_not_lost(project, book, capsys):
    """TeX would forget it: texts do without a format. A figure writes no index, and keeps its own."""
    project.edit("templates/code.tex", "\\usepackage{textcomp}", "\\usepackage{textcomp}\\makeindex")
    format(book, "dark")
    assert usable(book, "dark") and not usable(book, "dark", of_texts=True)
    assert f"{book.text_format('dark')} cannot be made: texts are compiled without it" in capsys.readouterr().out


def test_what_is_for_the_text_knows_its_title(project, book):
    project.write(
        "preamble.tex",
        project.path("preamble.tex").read_text(encoding="utf-8")
        + "\\fortext{\\edef\\known{\\plaintitle}\\newcommand{\\twice}[1]{#1#1}}\n",
    )
    project.edit("line/chapter.tex", "\\label{ch:line}", "\\label{ch:line}\n\n\\known, \\twice{la}.\n\n")
    project.make("line")
    assert "A minimal book, lala." in " ".join(pdfs.text(book.chapter("dark", "line")).split())


def dumped_and_compiled(done):
    return [len(re.findall(rf"^{stage} ", done.stderr, re.MULTILINE)) for stage in ("format", "figure")]


def test_a_new_colour_makes_each_format_once_and_a_template_none(project):
    project.edit("templates/maths-preamble.tex", "{FCCDE5}", "{FFCCEE}")
    assert dumped_and_compiled(project.make("figures")) == [2, 4]
    project.edit("line/fit.tex.j2", "0.6\\measure", "0.5\\measure")
    assert dumped_and_compiled(project.make("figures")) == [0, 2]


@pytest.fixture
def package(project, tmp_path, monkeypatch):
    """A package of the author's own, which the stylesheet uses."""
    monkeypatch.setenv("TEXMFHOME", str(tmp_path / "texmf"))
    path = tmp_path / "texmf/tex/latex/house/house.sty"
    path.parent.mkdir(parents=True)
    path.write_text("", encoding="utf-8")
    project.edit("templates/maths-preamble.tex", "\\usepackage{xcolor}", "\\usepackage{xcolor}\\usepackage{house}")
    return path


def today():
    """The book as a process sees it that begins now."""
    return Book(MINIMAL)


@pytest.mark.slow
def test_a_package_that_changes_makes_the_format_stale_once(project, book, package):
    target = book.figure("dark", FIGURE)
    project.make(target)
    assert (
        usable(today(), "dark")
        and str(package) not in changed(today(), book.format("dark"))
        and project.jobs(target) == set()
    )
    for text in ("\\endinput", "\\endinput "):
        package.write_text(text, encoding="utf-8")
        assert not usable(today(), "dark")
        assert changed(today(), book.format("dark")).startswith(f"{package} has changed (")
        assert project.jobs(target) == {"dump format (dark)", f"compile {FIGURE} (dark)"}
        project.make(target)
        assert usable(today(), "dark") and project.jobs(target) == set()
    package.unlink()
    assert not usable(today(), "dark")


def test_a_format_of_other_sources_is_not_used(project, book, capsys):
    project.edit("templates/code.tex", "\\usepackage{textcomp}", "\\usepackage{textcomp}%")
    figure(book, FIGURE, "dark")
    note = (
        f"note: {book.format('dark')} is not of today's sources: figures are compiled without it, which takes longer\n"
    )
    assert capsys.readouterr().out == f"{note}layer: data\n"


def otherwise_built(fmt):
    """Byte 16 of a format begins the checksum of the strings of the program that made it."""
    return fmt[:16] + bytes([fmt[16] ^ 1]) + fmt[17:]


BROKEN = [lambda _: b"broken", lambda fmt: fmt[:1_000_000], otherwise_built]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_format_that_cannot_be_loaded_is_done_without(book, capsys, broken):
    path, pdf = Path(book.format("dark")), Path(book.figure("dark", FIGURE))
    before = pdf.read_bytes()
    content = broken(path.read_bytes())
    path.unlink()  # it is linked to that of other tests
    path.write_bytes(content)
    pdf.unlink()
    figure(book, FIGURE, "dark")
    assert pdf.read_bytes() == before
    assert capsys.readouterr().out == f"{NOTE.format(path)}layer: data\n"


@pytest.mark.parametrize("broken", BROKEN)
def test_a_texts_format_that_cannot_be_loaded_is_done_without(book, capsys, broken):
    path, pdf = Path(book.text_format("dark")), Path(book.chapter("dark", "line"))
    chapter(book, "line", "dark")
    before, content = shown(pdf), broken(path.read_bytes())
    path.unlink()
    path.write_bytes(content)
    capsys.readouterr()
    chapter(book, "line", "dark")
    assert shown(pdf) == before and NOTE.format(path) in capsys.readouterr().out


def test_a_format_that_cannot_be_made_is_done_without(project, book, tmp_path, monkeypatch):
    """A TeX that cannot dump."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/pdflatex"
    program.write_text('#!/bin/sh\n[ "$1" = -ini ] && exit 1\nPATH=${PATH#*:} exec pdflatex "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    pdf = Path(book.figure("dark", FIGURE))
    before = pdf.read_bytes()
    pdf.unlink()
    Path(book.format("dark")).unlink()
    done = project.make(book.figure("dark", FIGURE))
    note = f"note: {book.format('dark')} cannot be made: figures are compiled without it"
    assert done.stderr.count(note) == 1 and pdf.read_bytes() == before


def test_a_fault_in_the_stylesheet_is_told_once(project):
    project.edit("templates/code.tex", "\\usepackage{textcomp}", "\\usepackage{textcomp}\n\\nosuch")
    done = project.snakemake("figures")
    told = done.stderr.split("Look above for error messages")[-1]
    assert done.returncode != 0 and re.findall("^error: .*", told, re.MULTILINE) == [
        "error: templates/code.tex:3: there is no macro \\nosuch"
    ]
    assert f"  book    {MINIMAL} (dark, light)\n" in told and "note: " not in told
    assert not list(project.build.glob("figures/dark/line/*.pdf"))
