"""TeX runs: what goes wrong is told by file and line; nothing is executed, read or left behind that should not."""

import os

import psutil
import pytest

from pipeline import tex
from pipeline.errors import AuthorError
from pipeline.tex import compile_document, compile_picture, complaints, first_error


@pytest.fixture
def compiled(book):
    """A function that compiles TikZ and returns the PDF's path."""
    source, target = book.build / "picture.tex", book.build / "out" / "picture.pdf"

    def compile_tikz(text):
        source.write_text(text)
        compile_picture(book, "dark", source, target, "line/fit.tex.j2 (dark)")
        return target

    return compile_tikz


def left_behind(book):
    return [*book.build.glob("scratch/*"), *book.build.glob("out/*")]


PICTURE = "line/fit.tex.j2 (dark): build/tests/books/minimal/picture.tex"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\n\\nosuch{x} two", rf"{PICTURE}:2: Undefined control sequence \nosuch"),
        ("\\def\\house{a \\nosuch b}\n\n\\textbf{\\house}", rf"{PICTURE}:3: Undefined control sequence \nosuch"),
        ("\\tikz\\draw[no such key] (0,0);", f"{PICTURE}:1: Package pgfkeys Error: I do not know the key '/tikz/no such key'"),
        ("\\input{/etc/passwd}", f"{PICTURE}:1: File `/etc/passwd.tex' not found"),
        ("\\input{build/nosuch}", f"{PICTURE}:1: File `build/nosuch.tex' not found"),
        ("\\rule{5.2in}{1pt}", "templates/figure.tex:17: The figure's width is 375.80377pt, the text's only 368.57744pt"),
        ("\\openin9=/etc/passwd \\ifeof9 \\refused\\fi", rf"{PICTURE}:1: Undefined control sequence \refused"),
    ],
)
def test_an_error_is_named_and_nothing_is_left(book, compiled, text, message):
    with pytest.raises(AuthorError) as error:
        compiled(text)
    assert message in str(error.value) and "\n" not in str(error.value)
    assert left_behind(book) == []


def test_a_missing_package(project, book, compiled):
    project.edit("templates/maths-preamble.tex", r"\usepackage{tgpagella}", r"\usepackage{nosuchpackage}")
    with pytest.raises(AuthorError, match=r"TeX lacks nosuchpackage.sty; `make setup` installs what the book needs"):
        compiled("x")
    assert left_behind(book) == []


def test_no_tex(book, compiled, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AuthorError, match=r"^pdflatex is not installed; `make setup` installs it"):
        compiled("x")


def test_no_program_is_run_and_nothing_written_elsewhere(project, compiled):
    compiled(r"x\immediate\write18{touch pwned}\immediate\write18{touch pwned.tex}")
    assert not list(project.root.glob("pwned*"))
    with pytest.raises(AuthorError, match=r"picture.tex:1: I can't write on file|Not writing"):
        compiled(rf"x\immediate\openout9={project.root.parent}/outside.tex \relax")
    assert not (project.root.parent / "outside.tex").exists()


def running(root):
    """TeX's processes that work in a folder."""
    found = [p for p in psutil.process_iter(["name", "cwd"]) if p.info["cwd"] == os.fspath(root) and "latex" in p.info["name"]]
    return psutil.wait_procs(found, timeout=5)[1]


ENDLESS = r"\loop\iftrue\repeat"


def test_an_endless_figure_is_stopped(project, book, compiled, monkeypatch):
    monkeypatch.setattr(tex, "SECONDS", 1)
    with pytest.raises(AuthorError, match=r"^line/fit.tex.j2 \(dark\): pdflatex did not end within 1 s"):
        compiled(ENDLESS)
    assert left_behind(book) == [] and running(project.root) == []


def document(project, book, text, target="build/out/book.pdf"):
    project.write("line/chapter.tex", text)
    generated = r"\def\booktitle{}\def\bookauthor{}\def\chapters{\inputchapter{line}}"
    compile_document(book, "light", project.root / target, "minimal", generated, figures="", chaptersbefore=0)


def test_an_endless_text_is_stopped_with_all_that_latexmk_started(project, book, monkeypatch):
    monkeypatch.setattr(tex, "SECONDS", 2)
    with pytest.raises(AuthorError, match=r"^minimal: latexmk did not end within 2 s"):
        document(project, book, ENDLESS)
    assert left_behind(book) == [] and running(project.root) == []


def test_what_a_reader_would_stumble_over_stops_the_book(project, book):
    with pytest.raises(AuthorError) as error:
        document(project, book, "\\chapter{One}\nSee \\ref{nosuch}, \\citep{nobody}.\n\n\\noindent\\rule{6in}{1pt}\n")
    lines = str(error.value).splitlines()
    assert [line.split(" on page")[0] for line in lines[:2]] == [
        "minimal: Reference `nosuch'",
        "minimal: Citation `nobody'",
    ]
    # 6 in less \measure, 5.1 in, in TeX's points
    assert lines[2].startswith("minimal: a box is 65.")
    assert left_behind(book) == []


def test_small_excess_is_no_complaint():
    assert complaints("Overfull \\hbox (0.9pt too wide) in paragraph at lines 1--2\n") == []
    assert complaints("Overfull \\vbox (2.5pt too high) has occurred while \\output is active\n") == [
        r"a box is 2.5 pt too wide has occurred while \output is active"
    ]


@pytest.mark.parametrize(
    ("log", "what"), [("! TeX capacity exceeded\n", "TeX capacity exceeded"), ("a\nb\n", "b"), ("", "TeX said nothing")]
)
def test_a_log_without_a_place(log, what):
    assert first_error(log) == what
