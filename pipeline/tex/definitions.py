"""What TeX is told of a book: its title, its figures' titles and alt texts, the numbers that the text quotes."""

import json
from pathlib import Path

from pipeline.records.git import stamp

TEX = str.maketrans({c: rf"\{c}" for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"})


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
