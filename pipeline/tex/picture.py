"""What TeX makes of a figure's picture."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.files import whole, within
from pipeline.pdf.strip import strip
from pipeline.plots import fill, limits
from pipeline.project.book import Book
from pipeline.tex import view
from pipeline.tex.compile import FLAGS, define, ink_file, known
from pipeline.tex.errors import asking, explain
from pipeline.tex.run import execute


def origin(picture: str | Path, file: str, line: int | None) -> str:
    """'file:line' of a line that TeX read; of the template's where it is the picture's."""
    map_ = Path(picture).with_suffix(".lines")
    places = map_.read_text(encoding="utf-8").splitlines() if file == str(picture) and map_.is_file() else []
    return places[line - 1] if line and line <= len(places) else f"{file}:{line}"


def compile_picture(
    book: Book,
    edition: str,
    source: str | Path,
    target: str | Path,
    template: str,
    *tables: str,
    preloaded: str | None = None,
    sign: Callable[[Path], object] | None = None,
    **macros: str,
) -> None:
    """One run of the figure's frame over a rendered picture.

    tables : the files and folders that the picture reads; preloaded : a format with the frame up to the picture, or
        none; sign : called with the PDF's path at the end.
    """
    inks = ink_file(book, edition)
    command = ["pdflatex", *FLAGS, "-jobname=figure"]
    readable = partial(within, folders=[book.root, *tables])
    where = partial(asking, sources=[str(source)], where=partial(origin, source), otherwise=template)

    def explained(log: str) -> AuthorError:
        error = explain(log, [str(source)], known(book, edition), template, partial(origin, source), readable)
        if tables and limits.TOO_LARGE.search(str(error)):
            error.hint = limits.greatest(tables)
        return error

    with view.view(book, source, *tables, *inks.values(), *filter(None, [preloaded])) as seen, whole(target) as aside:
        log = seen.out / "figure.log"
        code = (
            define(bookdir=seen.bookdir, edition=edition, picturefile=source, **inks, **macros)
            + r"\input{templates/figure}"
        )

        def run() -> None:
            try:
                execute(
                    [*command, *([f"-fmt={preloaded}"] if preloaded else []), code],
                    seen,
                    "figure",
                    template,
                    explained,
                    where,
                )
            except AuthorError:
                if log.is_file() or not preloaded:
                    raise
                print(f"note: TeX cannot load {preloaded}")  # it writes no log then
                execute([*command, code], seen, "figure", template, explained, where)

        fill.draw(source, seen, run, readable)
        if taken := strip(seen.out / "figure.pdf", template):
            print(f"note: {template}: the figure's PDF loses {', '.join(taken)}: it is a picture, and does nothing")
        limits.check_log(log.read_text(errors="replace", encoding="utf-8"), tables, template)
        if sign:
            sign(seen.out / "figure.pdf")
        os.replace(seen.out / "figure.pdf", aside)
