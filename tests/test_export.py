"""The command: what it writes compiles by pdflatex alone, in a folder that has nothing else, and looks as at home."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import pdfs
from conftest import ROOT, Project, fresh, once
from pipeline.errors.author import AuthorError, UsageError
from pipeline.export import archive, export, free, picture, scales
from pipeline.project.book import Book
from pipeline.regression.pages import drawn
from pipeline.tex import bundle

DPI = 100
BARE = {"PATH": os.environ["PATH"], "HOME": "/nowhere"}  # no TEXINPUTS, nothing of the author's own
REFERENCE, EVERYTHING = Path("tests/books/reference"), Path("tests/books/everything")


def compiled(folder, room, job, runs=1):
    """The PDF that bare pdflatex makes of a copy of a folder, and its last log."""
    copy = shutil.copytree(folder, room)
    for _ in range(runs):
        command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", job]
        done = subprocess.run(command, cwd=copy, env=BARE, capture_output=True, stdin=subprocess.DEVNULL, timeout=300)
        assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")
    return copy / f"{job}.pdf", (copy / f"{job}.log").read_text(encoding="utf-8", errors="replace")


def differ(first, second):
    """(mean difference, share of pixels that are another) of two one-paged PDFs of one size, from 0 to 1."""
    ((width, height),) = pdfs.sizes(first)
    assert pdfs.sizes(second) == [pytest.approx((width, height), abs=0.02)]
    one, other = (np.asarray(drawn(path, dpi=DPI), float) / 255 for path in (first, second))
    assert one.shape == other.shape and np.ptp(one) > 0.1
    far = np.abs(one - other).max(axis=-1)
    return far.mean(), (far > 0.3).mean()


def same(book, edition, name, room):
    """Exports a figure, and holds what bare pdflatex makes of it to the pipeline's page."""
    stem = Path(name).name
    picture(book, edition, name, room / "out", [], False)
    pdf, _ = compiled(room / "out", room / "elsewhere", stem)
    mean, share = differ(book.figure(edition, name), pdf)
    assert mean < 0.005 and share < 0.002, (name, edition, mean, share)
    return room / "out"


def unpacked(path, folder):
    with zipfile.ZipFile(path) as zipped:
        zipped.extractall(folder)
        return zipped.namelist()


def whole(book, edition, room):
    """Exports a book for arXiv, and holds what bare pdflatex makes of it to the pipeline's; the names in the zip."""
    archive(book, edition, room / "arxiv.zip")
    names = unpacked(room / "arxiv.zip", room / "out")
    pdf, log = compiled(room / "out", room / "elsewhere", bundle.MAIN, runs=2)
    assert "undefined" not in log.replace("undefined on input", "undefined").split("\n\n")[-1]
    assert not re.search(r"Warning: .*(?:undefined|Rerun to get|may have changed)", log)
    assert pdfs.sizes(pdf) == pdfs.sizes(book.pdf(edition))
    assert pdfs.text(pdf) == pdfs.text(book.pdf(edition))
    assert not any(re.search(r"\.(?:aux|toc|out|log|idx|fls|bib\.tex)$|^/|\.\.", name) for name in names)
    texts = {name: (room / "out" / name).read_text(encoding="utf-8") for name in names if name.endswith(".tex")}
    assert [name for name, text in texts.items() if re.search(r"^\s*\\documentclass", text, re.M)] == ["main.tex"]
    assert not any(str(Path.home()) in text or str(Path.cwd()) in text for text in texts.values())
    return names


@pytest.fixture(scope="session")
def reference(tmp_path_factory):
    root = once(tmp_path_factory, "export-reference", lambda root: fresh(root, REFERENCE).make("figures"))
    return Project(root, REFERENCE)


@pytest.fixture(scope="session")
def everything(tmp_path_factory):
    make = "all", "print"
    root = once(tmp_path_factory, "export-everything", lambda root: fresh(root, EVERYTHING).make(*make))
    return Project(root, EVERYTHING)


@pytest.fixture
def there(monkeypatch):
    def there(project):
        monkeypatch.chdir(project.root)
        return Book(project.folder)

    return there


# ---- A figure ----


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["dark", "print"])
@pytest.mark.parametrize("name", ["line/fit", "line/net"])
def test_a_figure_compiles_elsewhere_and_looks_as_at_home(built, there, tmp_path, name, edition):
    same(there(built), edition, name, tmp_path)


@pytest.mark.slow
def test_the_command_writes_the_figure_and_its_pictures(book, project, tmp_path):
    done = project.run("pipeline.export", "line-fit", "--book", project.folder, tmp_path / "out", "--edition", "light",
                       "--png", "1x,2x", "--svg")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.endswith("out: run pdflatex fit in it\n")
    pdf, _ = compiled(tmp_path / "out", tmp_path / "elsewhere", "fit")
    assert differ(book.figure("light", "line/fit"), pdf)[1] < 0.001
    ((width, height),) = pdfs.sizes(pdf)
    for name, dots in (("fit.png", 96), ("fit@2x.png", 192)):
        with Image.open(tmp_path / "out" / name) as image:
            assert image.size == pytest.approx((width / 72 * dots, height / 72 * dots), abs=1)
            assert image.info["dpi"] == pytest.approx((dots, dots), abs=0.1)
    assert "<svg" in (tmp_path / "out/fit.svg").read_text(encoding="utf-8")
    again = project.run("pipeline.export", "line-fit", tmp_path / "out", "--book", project.folder)
    assert again.returncode == 2 and "out is there already" in again.stderr


@pytest.mark.slow
def test_what_is_not_current_is_made_first(book, project, tmp_path):
    project.edit("line/fit.tex.j2", "width=0.6", "width=0.4")
    export(book, "line/fit", str(tmp_path / "out"), "dark")
    pdf, _ = compiled(tmp_path / "out", tmp_path / "elsewhere", "fit")
    assert pdfs.sizes(pdf)[0][0] < 0.5 * 5.1 * 72
    project.edit("line/fit.tex.j2", r"\begin{axis}", r"\begin{axes}")
    with pytest.raises(AuthorError, match="cannot be built"):
        export(book, "line/fit", str(tmp_path / "other"), "dark")
    assert not (tmp_path / "other").exists()


@pytest.mark.slow
def test_whatever_a_figure_reads_is_in_its_folder(book, project, tmp_path):
    """A file of the author's, read by his preamble; a photograph; his own halo; labels, in one run of TeX."""
    project.write("own/words.tex", r"\newcommand{\planted}{planted}" + "\n")
    house = (project.root / "templates/halo.tex").read_text(encoding="utf-8")
    project.write("templates/../templates/halo.tex", house)
    (project.root / project.folder / "templates").mkdir()
    (project.root / project.folder / "templates/halo.tex").write_text(f"% planted\n{house}", encoding="utf-8")
    Image.new("RGB", (8, 8), (200, 30, 90)).save(project.root / project.folder / "line/photo.png")
    preamble = (project.root / project.folder / "preamble.tex").read_text(encoding="utf-8")
    project.write("preamble.tex", preamble + "\n" + r"\input{\bookdir/own/words}" + "\n")
    project.edit("line/fit.tex.j2", r"\end{axis}", r"""\end{axis}
    \node at (1,1) {\planted\ \begin{minipage}{3cm}\begin{equation}x\label{eq:x}\end{equation} see \ref{eq:x}\end{minipage}};
    \node at (2,1) {\includegraphics[width=5mm]{\bookdir/line/photo.png}};""")  # fmt: skip
    project.make("line-fit")
    out = same(book, "dark", "line/fit", tmp_path)
    assert (out / "book/own/words.tex").is_file() and (out / "book/line/photo.png").is_file()
    assert (out / "templates/halo.tex").read_text(encoding="utf-8").startswith("% planted")
    (out / "book/own/words.tex").unlink()
    with pytest.raises(AssertionError, match="words"):
        compiled(out, tmp_path / "lacking", "fit")


MANY = '''"""Many points.

A cloud.
"""
import torch
from pipeline.table import Points

def tables():
    x, y = torch.randn(2, 40000)
    return {"cloud": Points(x, y, labels={"x": "$x$", "y": "$y$"})}
'''
CLOUD = r"""\begin{tikzpicture}
  \begin{axis}[width=0.6\measure, xlabel={((( cloud.labels.x )))}, ylabel={((( cloud.labels.y )))}]
    \addplot[points=target] table {((( cloud )))};
  \end{axis}
\end{tikzpicture}
"""


@pytest.mark.slow
def test_rows_that_pgfplots_cannot_draw_come_as_the_finished_page(book, project, tmp_path, capsys):
    project.write("line/cloud.py", MANY)
    project.write("line/cloud.tex.j2", CLOUD)
    project.make("line-cloud")
    out = same(Book(project.folder), "light", "line/cloud", tmp_path)
    assert {str(path.relative_to(out)) for path in out.rglob("*.*")} == {"cloud.tex", "figure/picture.pdf"}
    assert "PGFPlots cannot draw all rows" in capsys.readouterr().out


@pytest.mark.long
def test_figures_of_all_kinds(reference, there, tmp_path):
    """A few of the reference's: in space, an image, cells, dates, a diagram, marks of a plane."""
    book = there(reference)
    kinds, names = {}, []
    for name in book.computed:
        found = [path.read_text(encoding="utf-8").split("\n", 1)[0] for path in Path(book.tables(name)).glob("*.dat")]
        for kind in found:
            if kinds.setdefault(kind, name) == name and name not in names:
                names.append(name)
    assert len(names) > 5
    for k, name in enumerate(names[:10]):
        (tmp_path / str(k)).mkdir()
        same(book, "dark", name, tmp_path / str(k))


@pytest.mark.long
@pytest.mark.parametrize("edition", ["dark", "print"])
def test_figures_of_another_book(everything, there, tmp_path, edition):
    book = there(everything)
    for k, name in enumerate(["wein/daten", "wein/tafel", "wein/korrelation", "wellen/trommel", "pendel/aufbau"]):
        (tmp_path / str(k)).mkdir()
        same(book, edition, name, tmp_path / str(k))


# ---- A book ----


@pytest.mark.slow
def test_the_small_book_compiles_elsewhere(built, there, tmp_path):
    names = whole(there(built), "light", tmp_path)
    assert {"main.tex", "main.bbl", "book/book.tex", "book/preamble.tex", "figures/line/fit.pdf"} <= {*names}


@pytest.mark.long
@pytest.mark.parametrize("edition", ["dark", "print"])
def test_another_book_compiles_elsewhere_with_its_index(everything, there, tmp_path, edition):
    assert {"main.bbl", "main.ind", "templates/front.tex"} <= {*whole(there(everything), edition, tmp_path)}


@pytest.mark.slow
def test_the_command_writes_the_book_whole_or_not_at_all(project, tmp_path):
    command = "pipeline.export", "--arxiv", tmp_path / "a", "--book", project.folder  # it is a.zip
    done = project.run(*command)
    assert (done.returncode, done.stderr) == (0, "") and zipfile.is_zipfile(tmp_path / "a.zip")
    first = (tmp_path / "a.zip").read_bytes()
    again = project.run(*command)
    assert again.returncode == 2 and "a.zip is there already" in again.stderr
    (tmp_path / "a.zip").unlink()
    assert project.run(*command).returncode == 0 and (tmp_path / "a.zip").read_bytes() == first


@pytest.mark.slow
def test_arxiv_takes_no_odd_names(book, project, tmp_path):
    project.write("line/über uns.tex", "Words.\n")
    text = (project.root / project.folder / "line/chapter.tex").read_text(encoding="utf-8")
    project.write("line/chapter.tex", text + "\n" + r"\input{\bookdir/line/über uns}" + "\n")
    with pytest.raises(AuthorError, match=r"arXiv takes no file 'book/line/über uns\.tex'"):
        archive(book, "dark", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


# ---- What is typed wrongly ----


def test_what_is_there_is_never_written_over(tmp_path):
    (tmp_path / "empty").mkdir()
    assert free(tmp_path / "empty", True) and free(tmp_path / "new", True) and free(tmp_path / "new.zip", False)
    (tmp_path / "file").touch()
    for path, folder in ((tmp_path, True), (tmp_path / "file", True), (tmp_path / "file", False), (tmp_path, False)):
        with pytest.raises(UsageError, match="is there already"):
            free(path, folder)


def test_scales():
    assert (scales(None), scales("2x"), scales("1x,1.5x")) == ([], ["2x"], ["1x", "1.5x"])
    for words in ("2", "0x", "x", "1x,", "200x", "-1x"):
        with pytest.raises(UsageError, match="is no scale"):
            scales(words)


@pytest.mark.parametrize(
    ("which", "more", "told"),
    [
        (None, {}, "no figure is named"),
        ("line/fits", {}, "line/fits"),
        ("line/fit", {"arxiv": True}, "--arxiv is the whole book"),
        (None, {"arxiv": True, "svg": True}, "--arxiv is the whole book"),
    ],
)
def test_what_does_not_go_together(tmp_path, monkeypatch, which, more, told):
    monkeypatch.chdir(ROOT)
    with pytest.raises(AuthorError, match=told):
        export(Book("tests/books/minimal"), which, str(tmp_path / "out"), "dark", **more)
    assert not (tmp_path / "out").exists()
