"""What the chapters show: figures that are not there, figures that no chapter shows, and figures without words."""

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest


def lost(book, chapters):
    """An AuthorError for each figure that a chapter shows and that is not there."""
    return [
        AuthorError(
            f"{where}: shows '{name}', but there is no {book.root / name}.tex.j2",
            nearest(name, book.figures),
        )
        for chapter in chapters
        for name, where in book.shown(chapter)
        if name not in book.figures
    ]


def drafts(book):
    """An AuthorError for each figure that no chapter shows."""
    shown = {name for chapter in book.chapters for name, _ in book.shown(chapter)}
    hidden = [figure for name, figure in book.figures.items() if name not in shown]
    return [
        AuthorError(f"{f.template}:1: no chapter shows it", rf"write \fig{{{f.name}}}{{caption}} where it belongs")
        for f in hidden
    ]


def undescribed(book, chapters):
    """An AuthorError for each figure that has no words for those who do not see it."""
    silent = [book.figures[name] for name in book.figures_of(chapters) if not book.figures[name].alt]
    hint = "below its title and an empty line, say what the picture shows"
    return [AuthorError(f"{f.module or f.template}:1: the figure has no alt text", hint) for f in silent]
