"""A contributed figure: what it tries to run, read and write, and that it is refused."""

import json
import os
from pathlib import Path

import pikepdf
import pytest

import pdfs
from conftest import MINIMAL, compiling
from pipeline.book import book as compile_book
from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.templating.environment import render
from pipeline.tex import run
from pipeline.tex.picture import compile_picture

FIT = "line/fit.tex.j2"
SECRET = "a secret: 1 2 3"


@pytest.fixture
def secret(project, book):
    """Files that no figure may read, among them another figure's tables."""
    (project.root / "secret.tex").write_text(SECRET, encoding="utf-8")
    (project.root / "Makefile").write_text(SECRET, encoding="utf-8")
    (project.root.parent / "secret.tex").write_text(SECRET, encoding="utf-8")
    project.write(".git/secret.tex", SECRET)
    other = project.root / book.tables("line/other")
    other.mkdir()
    (other / "data.dat").write_text("x y\n0 1\n1 2\n", encoding="utf-8")
    return project


@pytest.fixture
def drawn(book, monkeypatch):
    return compiling(book, monkeypatch)


def test_a_figure_does_nothing(book, drawn, capfd):
    action = "/S /JavaScript /JS (app.alert)"
    drawn(
        rf"\pdfcatalog{{/AA <</WC <<{action}>>>>}} openaction user{{<<{action}>>}}"
        r"\pdfnames{/JavaScript <</Names []>>}\pdfannot width 9pt height 9pt {/Subtype /Link /A <</S /Launch /F (calc)>>}"
        r"\global\pdfpageattr{/AA <</O <</S /URI /URI (x)>>>>}"
        r"\immediate\pdfobj stream attr {/F (other) /Type /XObject} {0 0 m}",
    )
    with pikepdf.open(book.build / "out.pdf") as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.pages[0].obj.keys()) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        assert not any(b"JavaScript" in thing.unparse() or b"Launch" in thing.unparse() for thing in pdf.objects)
    told = "note: line/fit.tex.j2 (dark): the figure's PDF loses /AA, /Annots, /F, /Names, /OpenAction: it is a picture, and does nothing"
    assert told in capfd.readouterr().out


def test_a_figure_is_one_page(drawn):
    with pytest.raises(AuthorError, match=r"^line/fit.tex.j2 \(dark\): the figure has 2 pages$"):
        drawn(r"\shipout\hbox{another}")


@pytest.mark.parametrize(
    "target",
    ["/OUTSIDE/x.tex", "../x.tex", "templates/x.tex", f"{MINIMAL}/x.tex", f"build/{MINIMAL}/tables/line/fit/data.dat",
     r"\string~/x.tex", "$HERE/x.tex", ".x.tex", "build/x.tex"],
)  # fmt: skip
def test_a_picture_writes_nowhere_but_in_its_scratch_folder(secret, drawn, monkeypatch, target):
    for name in ("HERE", "HOME", "TEXMFOUTPUT"):
        monkeypatch.setenv(name, str(secret.root))

    def files():
        return {
            f: f.read_bytes()
            for f in secret.root.parent.rglob("*")
            if f.is_file() and f.name not in ("fit.tex", "out.pdf")
        }

    before = files()
    with pytest.raises(AuthorError, match=r"I can't write on file|Not writing|asks for"):
        drawn(rf"\immediate\openout9={target.replace('/OUTSIDE', str(secret.root))} \immediate\write9{{pwned}}")
    assert files() == before


def test_a_picture_runs_no_program(secret, drawn):
    drawn(r"\immediate\write18{touch pwned}\openin9={|touch pwned} ")
    assert not list(secret.root.rglob("pwned*"))


def test_a_picture_does_not_fill_the_disk(secret, drawn, monkeypatch):
    monkeypatch.setattr(run, "BYTES", 2_000_000)
    with pytest.raises(AuthorError, match=r"^line/fit.tex.j2 \(dark\): wrote a file of 2 MB$"):
        drawn(r"\loop\wlog{on and on and on}\iftrue\repeat")
    assert list(secret.build.glob("scratch/*")) == []


@pytest.mark.parametrize(
    "template",
    [
        "((( ''.__class__.__mro__ )))",
        "((( '{0.__class__}'.format(data) )))",
        "((( '{x._path}'.format_map({'x': data}) )))",
        "((( data | attr('_path') )))",
        "((( data._table.columns.x.tofile('pwned') )))",
        "((( data.table.columns.x.tofile('pwned') )))",
        "((( data.path.write_text('pwned') )))",
        "((( listing.__globals__ )))",
        "((( cycler.__init__.__globals__.os.system('touch pwned') )))",
        "((( tables.clear() )))",
        "((( data.column.__func__ )))",
        "((* include '../../../secret.tex' *))",
        "((* include '/etc/passwd' *))",
        "((* import '../../../Makefile' as m *))",
        "((* include '.git/secret.tex' *))",
        "((( listing('.git/secret.tex', 'f') )))",
        "((( listing('../../../pipeline/tex.py', 'limit') )))",
        "((( statements('/etc/passwd', 'f') )))",
    ],
)
def test_a_template_reaches_neither_python_nor_files(secret, book, template):
    secret.write(FIT, template)
    before = (secret.build / "tables/line/fit/data.dat").read_bytes()
    with pytest.raises(AuthorError) as error:
        render(book, book.find("line/fit"))
    assert str(error.value).startswith(f"{MINIMAL}/{FIT}:") and SECRET not in str(error.value)
    assert not (secret.root / "pwned").exists()
    assert (secret.build / "tables/line/fit/data.dat").read_bytes() == before


def test_what_book_yaml_says_is_printed_as_it_stands_but_for_its_macros(project, book):
    text = "^^5c$_~#1 }{% &"
    project.edit("book.yaml", "A minimal book", json.dumps(text))
    project.edit("book.yaml", "Nobody", json.dumps(text))
    compile_book(Book(book.root), "dark")
    shown = "".join(pdfs.text(book.pdf("dark")).split("Contents")[0].split())
    assert shown.startswith(2 * "".join(text.split()))


def test_a_book_anywhere_on_the_disk_is_built(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project.root)
    away = tmp_path / "away" / "mine"
    away.parent.mkdir()
    project.path("").rename(away)
    book = Book(away)
    figure = book.find("line/net")
    Path(book.picture("line/net")).parent.mkdir(parents=True)
    Path(book.picture("line/net")).write_text(render(book, figure), encoding="utf-8")
    compile_picture(book, "dark", book.picture("line/net"), book.figure("dark", "line/net"), "net")
    assert Path(book.figure("dark", "line/net")).stat().st_size > 1000
    Path(book.picture("line/net")).write_text(rf"\input{{\bookdir/line/part}}{os.linesep}", encoding="utf-8")
    (away / "line/part.tex").write_text(r"\nosuch", encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        compile_picture(book, "dark", book.picture("line/net"), book.figure("dark", "line/net"), "net")
    assert str(error.value) == rf"{away}/line/part.tex:1: there is no macro \nosuch"
