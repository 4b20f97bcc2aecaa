"""Checks that the chapters show each figure that is there, and none that is not; lists them in order of appearance."""

import json
from pathlib import Path

from pipeline.errors import AuthorError, raise_all
from pipeline.files import write
from pipeline.hints import nearest
from pipeline.stamp import stamp
from pipeline.step import run

TEX = str.maketrans({c: rf"\{c}" for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"})


def lost(book, chapters):
    """An AuthorError for each figure that a chapter shows and that is not there."""
    return [
        AuthorError(
            f"{book.root / chapter}/chapter.tex:{line}: shows '{name}', but there is no {book.root / name}.tex.j2",
            nearest(name, book.figures),
        )
        for chapter in chapters
        for name, line in book.shown(chapter)
        if name not in book.figures
    ]


def drafts(book):
    """An AuthorError for each figure that no chapter shows."""
    shown = {name for chapter in book.chapters for name, _ in book.shown(chapter)}
    hidden = [figure for name, figure in book.figures.items() if name not in shown]
    return [AuthorError(f"{f.template}:1: no chapter shows it", rf"write \fig{{{f.name}}}{{caption}} where it belongs") for f in hidden]


def undescribed(book, chapters):
    """An AuthorError for each figure that has no words for those who do not see it."""
    silent = [book.figures[name] for name in book.figures_of(chapters) if not book.figures[name].alt]
    hint = "below its title and an empty line, say what the picture shows"
    return [AuthorError(f"{f.module or f.template}:1: the figure has no alt text", hint) for f in silent]


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
            for key, value in json.loads(Path(book.values(name)).read_text(encoding="utf-8")).items():
                items = enumerate(value) if isinstance(value, list) else ()
                lines += [rf"\define{{value}}{{{name}/{key}/{k}}}{{{v}}}" for k, v in items if not isinstance(v, list)]
                if not isinstance(value, list):
                    lines.append(rf"\define{{value}}{{{name}/{key}}}{{{value}}}")
    return "\n".join([*lines, ""])


def contents(book):
    raise_all(lost(book, book.chapters) + drafts(book) + undescribed(book, book.chapters))
    lines = [f"{name}: {book.figures[name].title}\n" for chapter in book.chapters for name, _ in book.shown(chapter)]
    write(f"{book.build}/contents.txt", "".join(lines))


if __name__ == "__main__":
    run(contents, __doc__)
