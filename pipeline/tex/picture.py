"""What TeX makes of a figure's picture."""

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipeline.errors.author import AuthorError, raise_all
from pipeline.files import whole, within
from pipeline.pdf.strip import strip
from pipeline.plots import fill, limits
from pipeline.project.book import Book
from pipeline.tex import plates, view
from pipeline.tex.compile import FLAGS, define, ink_file, known, loaded, of_edition
from pipeline.tex.complaints import UNDEFINED
from pipeline.tex.errors import asking, explain, lines
from pipeline.tex.run import execute


def origin(picture: str | Path, file: str, line: int | None) -> str:
    """'file:line' of a line that TeX read; of the template's where it is the picture's."""
    map_ = Path(picture).with_suffix(".lines")
    places = map_.read_text(encoding="utf-8").splitlines() if file == str(picture) and map_.is_file() else []
    return places[line - 1] if line and line <= len(places) else f"{file}:{line}"


LOST = "There were undefined"  # references: LaTeX says so at the end, whatever macro has looked for one
ALONE = "a figure is drawn before the book that is made of it: say it in the caption or the text"
REFERS = re.compile(r"there is no macro \\(?:[A-Za-z]*[Cc]ite\w*|\w*[rR]ef)\b")


def unknown(log: str, source: str | Path, labels: Mapping[str, str]) -> list[AuthorError]:
    """An AuthorError for each label that a picture refers to and has not, and for each citation."""
    found = []
    for kind, name, number in dict.fromkeys(UNDEFINED.findall(log)):
        text = lines(source)[: int(number)]
        line = next((k for k in range(len(text), 0, -1) if name in text[k - 1]), int(number))
        written = next((place for label, place in labels.items() if name in label and label in text[line - 1]), None)
        what = "cannot cite" if kind == "Citation" else "has no label"
        found.append(AuthorError(f"{written or origin(source, str(source), line)}: the figure {what} '{name}'", ALONE))
    return found


PLOTTED = re.compile(r"Warning: Plot data file `.+?' not found.*?on input line (\d+)")
NOTHING = re.compile(r"Warning: the current plot has no coordinates.*?on input line (\d+)")


EMPTY = "The figure's page is empty"


def undrawn(log: str, source: str | Path, template: str) -> list[AuthorError]:
    """An AuthorError for each plot that another program was to compute, of which TeX has drawn nothing, and gone on; or
    one, where the page is empty. A note for each plot without points."""
    for line in dict.fromkeys(NOTHING.findall(log)):
        print(f"note: {origin(source, str(source), int(line))}: this plot shows none of its points")
    places = [origin(source, str(source), int(line)) for line in dict.fromkeys(PLOTTED.findall(log))]
    what, hint = "no other program is run for a figure", "compute it in the figure's module"
    found = [AuthorError(f"{place}: {what}", hint) for place in places]
    if EMPTY in log and not found:
        hint = "what is drawn as an overlay has no room on a figure's page"
        found.append(AuthorError(f"{template}: the figure's page is empty", hint))
    return found


def compile_picture(
    book: Book,
    edition: str,
    source: str | Path,
    target: str | Path,
    template: str,
    *tables: str,
    preloaded: str | None = None,
    sign: Callable[[Path], object] | None = None,
    labels: Callable[[], Mapping[str, str]] = dict,
    **macros: str,
) -> list[str]:
    """One run of the figure's frame over a rendered picture; what became of its dense plots.

    tables : the files and folders that the picture reads; preloaded : a format with the frame up to the picture, or
        none; sign : called with the PDF's path at the end; labels : gives {label: 'file:line' where it is written} of
        the tables, where something is wrong.
    """
    inks = ink_file(book, edition)
    command = ["pdflatex", *FLAGS, "-jobname=figure"]
    readable = partial(within, folders=[book.root, *tables])
    where = partial(asking, sources=[str(source)], where=partial(origin, source), otherwise=template)

    def explained(log: str) -> AuthorError:
        place, packages = partial(origin, source), loaded(book, edition)
        error = explain(log, [str(source)], known(book, edition), template, place, readable, packages)
        if tables and limits.TOO_LARGE.search(str(error)):
            error.hint = limits.greatest(tables)
        if REFERS.search(str(error)):
            error.hint = ALONE
        return error

    with view.view(book, source, *tables, *inks.values(), *filter(None, [preloaded])) as seen, whole(target) as aside:
        plates.prepare(book, edition, seen, tables)
        log = seen.out / "figure.log"
        shown = dict(bookdir=seen.bookdir, picturefile=source, **of_edition(edition), **inks, **macros)

        def run(explained: Callable[[str], AuthorError] = explained) -> None:
            code = define(**shown) + r"\input{templates/figure}"
            try:
                given = [f"-fmt={preloaded}"] if preloaded else []
                execute([*command, *given, code], seen, "figure", template, explained, where)
            except AuthorError:
                if log.is_file() or not preloaded:
                    raise
                print(f"note: TeX cannot load {preloaded}")  # it writes no log then
                execute([*command, code], seen, "figure", template, explained, where)

        def said() -> str:
            return log.read_text(errors="replace", encoding="utf-8")

        def alone(text: str, about: str) -> list[AuthorError]:
            """What a text causes as the whole picture: nothing, or one AuthorError."""
            seen.write(str(source), text)
            try:
                run(lambda log: explain(log, [], known(book, edition), about, lambda *_: about))
            except AuthorError as error:
                return [error]
            return []

        try:
            layers = fill.draw(source, seen, run, readable, template)
            if LOST in said():
                shown["ownlabels"] = ""
                for _ in "12":  # the first writes the labels, the second reads them
                    layers = fill.draw(source, seen, run, readable, template)
            if LOST in said():
                nothing = [AuthorError(f"{template}: the figure refers to what it has not", ALONE)]
                raise_all(unknown(said(), source, labels()) or nothing)
        except AuthorError:
            text = Path(source).read_text(encoding="utf-8")
            if not alone("x", template):  # what stands before the picture is in order
                for label, place in labels().items():
                    raise_all(alone(label, f"{place}: the label '{label}'") if label in text else [])
            raise
        if taken := strip(seen.out / "figure.pdf", template):
            print(f"note: {template}: the figure's PDF loses {', '.join(taken)}: it is a picture, and does nothing")
        limits.check_log(said(), tables, template)
        raise_all(undrawn(said(), source, template))
        if sign:
            sign(seen.out / "figure.pdf")
        os.replace(seen.out / "figure.pdf", aside)
    return layers
