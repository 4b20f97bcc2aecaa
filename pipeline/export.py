"""Writes a figure's LaTeX, or a whole book's, so that it compiles elsewhere.

The folder has a document, <figure>.tex, and all that it reads but TeX's own: pdflatex, run once, makes the figure's
page of it. With --png 2x or --svg the figure is in the folder as a picture, too. With --arxiv and no figure it is a zip
with the whole book, in which pdflatex is run twice. What is not current is made first; what is there already is never
written over.
"""

import re
import subprocess
import zipfile
from pathlib import Path

from pipeline.cli import run
from pipeline.errors.author import AuthorError, UsageError
from pipeline.files import whole, whole_folder
from pipeline.project.book import Book
from pipeline.regression.earlier import make
from pipeline.regression.pages import drawn
from pipeline.tex import bundle

DPI = 96  # of a screen's pixel, as CSS counts them
SCALES = re.compile(r"[1-9]\d?(\.\d+)?x")
NAME = re.compile(r"[\w+.,=/-]+", re.ASCII)  # what arXiv takes for a file's


def scales(words: str | None) -> list[str]:
    """'2x', or '1x,2x': how much larger pictures are than on a page that is read at its own size."""
    found = words.split(",") if words else []
    for scale in found:
        if not SCALES.fullmatch(scale):
            raise UsageError(f"--png: '{scale}' is no scale", "1x is 96 pixels an inch, 2x twice as many; 1x,2x both")
    return found


def free(target: Path, folder: bool) -> Path:
    """A path at which nothing is, or an empty folder where it is to be one. Raises a UsageError otherwise."""
    if target.exists() and not (folder and target.is_dir() and not any(target.iterdir())):
        hint = "name one that is not there, or is empty" if folder else "name a file that is not there"
        raise UsageError(f"{target} is there already", hint)
    return target


def picture(book: Book, edition: str, name: str, folder: Path, png: list[str], svg: bool) -> None:
    """Writes into a folder the sources of a figure, and its pictures."""
    pdf, stem = book.figure(edition, name), folder / Path(name).name
    bundle.write(bundle.of_figure(book, edition, name), folder)
    for scale in png:
        dpi, mark = round(DPI * float(scale[:-1])), "" if scale == "1x" else f"@{scale}"
        drawn(pdf, dpi=dpi).save(f"{stem}{mark}.png", dpi=(dpi, dpi))
    if svg:
        subprocess.run(["pdftocairo", "-svg", pdf, f"{stem}.svg"], check=True)


def archive(book: Book, edition: str, path: Path) -> None:
    """Writes a zip with the sources of the book. Equal ones are equal byte by byte."""
    files = bundle.of_book(book, edition)
    if odd := [name for name in files if not NAME.fullmatch(name)]:
        raise AuthorError(f"{book.root}: arXiv takes no file '{odd[0]}'", "name it with letters, digits, -, _ and dots")
    with whole(path) as aside, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(files):
            zipped.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)


def export(
    book: Book,
    which: str | None,
    folder: str,
    edition: str,
    png: str | None = None,
    svg: bool = False,
    arxiv: bool = False,
) -> None:
    """Builds what is not current, and writes the folder or the zip, whole or not at all."""
    zipped = f"{folder.removesuffix('.zip')}.zip"
    asked, target = scales(png), free(Path(zipped if arxiv else folder), not arxiv)
    if arxiv:
        if which or asked or svg:
            raise UsageError("--arxiv is the whole book: it goes with no figure and no picture", "leave these out")
        make(Path(), book.root, [book.pdf(edition)])
        archive(book, edition, target)
        print(f"{target}: unpack it, and run pdflatex {bundle.MAIN} there, twice")
        return
    if not which:
        raise UsageError("no figure is named", "name one before the folder, or say --arxiv for the whole book")
    targets = {figure.target: figure.name for figure in book.figures.values()}
    name = book.find(targets.get(which, which)).name
    make(Path(), book.root, [book.figure(edition, name), book.picture(name)])
    with whole_folder(target) as aside:
        picture(book, edition, name, aside, asked, svg)
    print(f"{target}: run pdflatex {Path(name).name} in it")


if __name__ == "__main__":
    run(export, __doc__, "which", "folder", "arxiv", "edition", "png", "svg")
