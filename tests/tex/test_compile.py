"""TeX runs: what goes wrong is told by file and line; nothing is executed, read or left behind that should not be."""

from threading import Thread

import psutil
import pytest

from conftest import MINIMAL, awaited, runs_of_tex
from pipeline.errors.author import AuthorError
from pipeline.tex import sandbox
from pipeline.tex.compile import compile_document
from pipeline.tex.picture import compile_picture


@pytest.fixture
def compiled(book):
    """A function that compiles TikZ and returns the PDF's path."""
    source, target = book.build / "picture.tex", book.build / "out" / "picture.pdf"

    def compile_tikz(text):
        source.write_text(text, encoding="utf-8")
        compile_picture(book, "dark", source, target, "line/fit.tex.j2")
        return target

    return compile_tikz


def left_behind(book):
    return [*book.build.glob("scratch/*"), *book.build.glob("out/*")]


PICTURE = "build/tests/books/minimal/picture.tex"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("one\n\\nosuch{x} two", rf"{PICTURE}:2: there is no macro \nosuch", "define it in the book's preamble.tex"),
        ("\\def\\house{a \\nosuch b}\n\n\\textbf{\\house}", rf"{PICTURE}:1: there is no macro \nosuch",
         "define it in the book's preamble.tex"),
        ("\\begin{tikzpicture}\n\\begin{scope}\n}\\end{scope}\n\\end{tikzpicture}", f"{PICTURE}:3: this }} closes nothing", None),
        ("\\begin{tikzpicture}\n\\end{scope}\n\\end{tikzpicture}", rf"{PICTURE}:2: \end{{scope}} has no \begin{{scope}}", None),
        ("\\usetikzlibrary{nosuch}", f"{PICTURE}:1: there is no TikZ library 'nosuch'", "the libraries' names are in the manual of TikZ"),
        ("\\tikz\\draw (0,0) -- (1e6,0);", f"{PICTURE}:1: Dimension too large",
         "TeX's lengths end at 16383.99pt: scale the numbers in the figure's module"),
        ("\\rule{5}{1}", f"{PICTURE}:1: Illegal unit of measure (pt inserted)", "a length has a number and a unit, such as 2pt"),
        ("\\begin{tikzpictur}", f"{PICTURE}:1: there is no environment 'tikzpictur'", r"\begin{tikzpicture}"),
    ],
)  # fmt: skip
def test_an_error_is_named_and_nothing_is_left(book, compiled, text, message, hint):
    with pytest.raises(AuthorError) as error:
        compiled(text)
    assert (str(error.value), error.value.hint) == (message, hint)
    assert "This is pdfTeX" in error.value.log
    assert left_behind(book) == []


def test_a_word_in_a_table_is_named_with_row_and_column(project, compiled):
    project.write("line/odd.dat", "# Curve\nx y\n1 2\n3 four\n")
    with pytest.raises(AuthorError, match=r"picture.tex:2: 'four' is no number") as error:
        compiled(
            f"\\begin{{tikzpicture}}\\begin{{axis}}\n\\addplot table {{{MINIMAL}/line/odd.dat}};\n\\end{{axis}}\\end{{tikzpicture}}"
        )
    assert error.value.rows == {"table": f"{MINIMAL}/line/odd.dat, row 1, column 'y'"}


def test_no_tex(book, compiled, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AuthorError, match=r"^pdflatex is not installed$"):
        compiled("x")


def test_no_program_is_run_and_nothing_written_elsewhere(project, compiled):
    compiled(r"x\immediate\write18{touch pwned}\immediate\write18{touch pwned.tex}")
    assert not list(project.root.glob("pwned*"))
    with pytest.raises(AuthorError, match=r"picture.tex:1: I can't write on file|Not writing"):
        compiled(rf"x\immediate\openout9={project.root.parent}/outside.tex \relax")
    assert not (project.root.parent / "outside.tex").exists()


def running(root, patience=5):
    """TeX's processes that work in a folder."""
    return psutil.wait_procs(runs_of_tex(root), timeout=patience)[1]


ENDLESS = r"\loop\iftrue\repeat"


def test_an_endless_figure_is_stopped(project, book, compiled, monkeypatch):
    monkeypatch.setenv("TEX_SECONDS", "1")
    with pytest.raises(AuthorError, match=r"^line/fit.tex.j2: pdflatex did not end within 1 s"):
        compiled(ENDLESS)
    assert left_behind(book) == [] and running(project.root) == []


def kill(root):
    """Kills TeX in a folder with what only the system would use, once it runs."""
    awaited(lambda: running(root, patience=0))[-1].kill()


def test_a_figure_whose_tex_is_killed_says_so(project, compiled):
    sandbox.asked()  # runs TeX, too
    killer = Thread(target=kill, args=[project.root])
    killer.start()
    with pytest.raises(
        AuthorError,
        match=r"^line/fit.tex.j2: the system killed pdflatex \(signal 9\), most likely because memory ran out$",
    ):
        compiled(ENDLESS)
    killer.join()


def document(project, book, text):
    project.write("line/chapter.tex", text)
    return compile_document(book, "light", book.build / "out/book.pdf", ["line"], "minimal", chaptersbefore=0)


def test_an_endless_text_is_stopped_with_all_that_latexmk_started(project, book, monkeypatch):
    monkeypatch.setenv("TEX_SECONDS", "2")
    with pytest.raises(AuthorError, match=r"^minimal: latexmk did not end within 2 s"):
        document(project, book, ENDLESS)
    assert left_behind(book) == [] and running(project.root) == []


def test_a_limit_that_is_no_number(compiled, monkeypatch):
    monkeypatch.setenv("TEX_SECONDS", "long")
    with pytest.raises(AuthorError, match=r"^TEX_SECONDS is 'long', not a number of seconds$"):
        compiled("x")


def test_what_a_reader_would_stumble_over_is_told_and_there_is_a_pdf(project, book):
    found = document(
        project, book, "\\chapter{One}\nSee \\ref{nosuch}, \\citep{nobody}.\n\n\\noindent\\rule{6in}{1pt}\n"
    )
    # 6 in less \measure, 5.1 in, in TeX's points
    assert [str(error) for error in found] == [
        f"{MINIMAL}/line/chapter.tex:2: there is no label 'nosuch'",
        f"{MINIMAL}/line/chapter.tex:2: references.bib has no 'nobody'",
        f"{MINIMAL}/line/chapter.tex:4: a box is 65.6 pt too wide",
    ]
    assert [path.name for path in left_behind(book)] == ["book.pdf"]
