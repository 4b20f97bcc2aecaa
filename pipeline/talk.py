"""Compiles a talk, a text of slides/, in one edition: the book's figures on slides."""

from pathlib import Path

from pipeline.checks.mend import keep
from pipeline.cli import run
from pipeline.errors.author import UsageError
from pipeline.errors.hints import nearest
from pipeline.pdf.parts import PART, take_apart, uncover
from pipeline.project import slides
from pipeline.project.book import Book
from pipeline.project.slides import edition_of
from pipeline.records.reads import taken_down
from pipeline.style.markup import TEX
from pipeline.tex.compile import compile_document
from pipeline.tex.view import View


def talk(book: Book, name: str, edition: str) -> None:
    if name not in book.talks:
        raise UsageError(f"there is no talk '{name}': no {book.talk_file(name)}", nearest(name, book.talks))
    figures = slides.shown(book, name)
    sizes = dict.fromkeys([slides.WHOLE, *(size for _, size in figures)])
    folders = [f"{book.build}/figures/{edition_of(edition, size)}" for size in sizes]

    def told(seen: View) -> str:
        """What the frame is told besides: the talk's title, and its figures' parts, which are written into the view."""
        lines = [rf"\def\plaintitle{{{book.plain(book.talk_title(name)).translate(TEX)}}}\def\plainsubtitle{{}}"]
        for figure, size in figures:
            if PART in Path(book.picture(figure)).read_text(encoding="utf-8"):
                file = Path(book.figure(edition_of(edition, size), figure))
                pieces = seen.folder / "pieces" / file
                pieces.parent.mkdir(parents=True, exist_ok=True)
                lines.append(rf"\define{{pieces}}{{{file.with_suffix('')}}}{{{','.join(take_apart(file, pieces))}}}")
        return "\n".join([*lines, ""])

    target, text = book.talk(edition, name), book.talk_file(name)
    with taken_down(book, target):
        found = compile_document(
            book,
            edition,
            target,
            [slides.key(name)],
            str(text),
            lines_from=book.places(slides.at(edition, name)),
            frame="talk",
            folders=folders,
            more=told,
            finish=uncover,
            onslides="",
            figures=folders[0],
            talkfile=slides.key(name),
        )
        keep(book.loose_ends(slides.at(edition, name)), found)


if __name__ == "__main__":
    run(talk, __doc__, "talk", "edition")
