"""What TeX is told of a book: its title, its figures' titles and alt texts, the numbers that the text quotes."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.project.book import Book
from pipeline.records.git import stamp

TEX = str.maketrans(
    {c: rf"\{c}" for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)


def pdf_string(text: str) -> str:
    """A text as PDF's hexadecimal string, in UTF-16 with its mark (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def names(book: Book, edition: str, chapters: Sequence[str]) -> list[str]:
    """TeX that defines the book's title, author and stamp, and its figures' titles and alt texts."""
    config, shown = book.config, book.figures_of(chapters)
    lines = [rf"\def\book{key}{{{str(config.get(key, '')).translate(TEX)}}}" for key in ("title", "subtitle", "author")]
    lines += [rf"\def\pdf{key}{{{pdf_string(str(config.get(key, '')))}}}" for key in ("title", "author")]
    lines.append(rf"\def\buildstamp{{{stamp(book, edition).translate(TEX)}}}")
    lines.append(r"\def\chapters{" + "".join(rf"\inputchapter{{{chapter}}}" for chapter in chapters) + "}")
    lines += [rf"\define{{title}}{{{name}}}{{{book.figures[name].title.translate(TEX)}}}" for name in shown]
    return lines + [rf"\define{{alt}}{{{name}}}{{{pdf_string(book.figures[name].alt)}}}" for name in shown]


def numbers(book: Book, name: str) -> Iterator[str]:
    """TeX that defines the values of a computed figure."""
    for key, value in json.loads(Path(book.values(name)).read_text(encoding="utf-8")).items():
        numbered = (
            {f"{key}/{k}": v for k, v in enumerate(value) if not isinstance(v, list)}
            if isinstance(value, list)
            else {key: value}
        )
        yield from (rf"\define{{value}}{{{name}/{at}}}{{{number}}}" for at, number in numbered.items())


def definitions(book: Book, edition: str, chapters: Sequence[str]) -> str:
    """All that TeX is told of a book beforehand."""
    computed = [name for name in book.figures_of(chapters) if name in book.computed]
    lines = names(book, edition, chapters) + [line for name in computed for line in numbers(book, name)]
    return "\n".join([*lines, ""])
