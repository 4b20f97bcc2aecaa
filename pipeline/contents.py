"""Checks that the chapters show each figure that is there, and none that is not; lists them in order of appearance."""

import json
from difflib import get_close_matches
from pathlib import Path

from pipeline.errors import AuthorError
from pipeline.files import write
from pipeline.stamp import stamp
from pipeline.step import run

TEX = str.maketrans({c: rf"\{c}" for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"})


def check_shown(book, chapters):
    """Raises AuthorError where a chapter shows a figure that is not there."""
    for chapter in chapters:
        for name, line in book.shown(chapter):
            if name not in book.figures:
                near = get_close_matches(name, book.figures, n=1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                raise AuthorError(
                    f"{book.root / chapter}/chapter.tex:{line}: shows '{name}', but there is no {book.root / name}.tex.j2{hint}"
                )


def check_drafts(book):
    """Raises AuthorError for figures that no chapter shows."""
    shown = {name for chapter in book.chapters for name, _ in book.shown(chapter)}
    if drafts := [figure for name, figure in book.figures.items() if name not in shown]:
        lines = [rf"{f.template}: no chapter shows it; write \fig{{{f.name}}}{{caption}} where it belongs" for f in drafts]
        raise AuthorError("\n".join(lines))


def check_described(book, chapters):
    """Raises AuthorError where a figure has no words for those who do not see it."""
    if silent := [book.figures[name] for name in book.figures_of(chapters) if not book.figures[name].alt]:
        what = "no alt text; below its title and an empty line, say what the picture shows"
        raise AuthorError("\n".join(f"{f.module or f.template}:1: the figure has {what}" for f in silent))


def pdf_string(text):
    """A text as PDF's hexadecimal string, in UTF-16 with its mark (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def definitions(book, edition, chapters):
    """TeX that defines the book's title, author and stamp, its figures' titles and alt texts, and the values that the text quotes."""
    config = book.config
    lines = [rf"\def\book{key}{{{str(config.get(key, '')).translate(TEX)}}}" for key in ("title", "subtitle", "author")]
    lines += [rf"\def\pdf{key}{{{pdf_string(str(config.get(key, '')))}}}" for key in ("title", "author")]
    lines.append(rf"\def\buildstamp{{{stamp(book, edition).translate(TEX)}}}")
    lines.append(r"\def\chapters{" + "".join(rf"\inputchapter{{{chapter}}}" for chapter in chapters) + "}")
    for name in [name for chapter in chapters for name, _ in book.shown(chapter)]:
        figure = book.figures[name]
        lines.append(rf"\define{{title}}{{{name}}}{{{figure.title.translate(TEX)}}}")
        lines.append(rf"\define{{alt}}{{{name}}}{{{pdf_string(figure.alt)}}}")
        if figure.module:
            for key, value in json.loads(Path(book.values(name)).read_text()).items():
                items = enumerate(value) if isinstance(value, list) else ()
                lines += [rf"\define{{value}}{{{name}/{key}/{k}}}{{{v}}}" for k, v in items if not isinstance(v, list)]
                if not isinstance(value, list):
                    lines.append(rf"\define{{value}}{{{name}/{key}}}{{{value}}}")
    return "\n".join([*lines, ""])


def contents(book):
    check_shown(book, book.chapters)
    check_drafts(book)
    check_described(book, book.chapters)
    lines = [f"{name}: {book.figures[name].title}\n" for chapter in book.chapters for name, _ in book.shown(chapter)]
    write(f"{book.build}/contents.txt", "".join(lines))


if __name__ == "__main__":
    run(contents, __doc__)
