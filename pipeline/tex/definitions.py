"""What TeX is told of a book: its title, its figures' titles and alt texts, the numbers that the text quotes."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from pipeline.project import addresses
from pipeline.project.book import Book
from pipeline.project.quoting import CLEVER, FIGURE, KINDS, elsewhere
from pipeline.records.committed import Committed
from pipeline.records.git import stamp
from pipeline.style import calendar
from pipeline.style.markup import TEX, as_tex
from pipeline.table.dates import day_of
from pipeline.table.values import plain
from pipeline.tex import facts
from pipeline.tex.metadata import said
from pipeline.tex.notation import notation

PRINTED = "title", "subtitle", "author", "date", "copyright", "isbn", "colophon"  # on the title page and its back
TOLD = "title", "author", "subtitle"  # in the PDF's Info


def pdf_string(text: str) -> str:
    """A text as PDF's hexadecimal string, in UTF-16 with its mark (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def names(book: Book, edition: str, chapters: Sequence[str]) -> list[str]:
    """TeX that defines what book.yaml says of the book, the stamp, and its figures' titles and alt texts."""
    config, shown = said(book), book.figures_of(chapters)
    lines = [rf"\def\book{key}{{{as_tex(config.get(key, ''))}}}" for key in PRINTED]
    lines += [rf"\def\plain{key}{{{book.plain(config.get(key, '')).translate(TEX)}}}" for key in TOLD]
    lines += [rf"\def\pdf{key}{{{pdf_string(book.plain(config.get(key, '')))}}}" for key in TOLD]
    lines.append(rf"\def\booklanguage{{{config['language']}}}")
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", config.get("date", "")):
        lines.append(rf"\def\bookdate{{\bookday{{{int(day[1])}}}{{{int(day[2])}}}{{{int(day[3])}}}}}")
    stamped = [rf"\{word}name\ {name.translate(TEX)}" for word, name in stamp(book, edition).items()]
    lines.append(rf"\def\buildstamp{{{', '.join(stamped)}}}")
    lines.append(rf"\def\bookdecimal{{{book.decimal}}}")
    lines.append(r"\def\chapters{" + "".join(rf"\inputchapter{{{chapter}}}" for chapter in chapters) + "}")
    lines += on_the_web(book, edition, chapters)
    lines += notation(book) if book.reading.calls(chapters, "printnotation") else []
    lines += [rf"\define{{silent}}{{fig:{name}}}{{}}" for name in shown if not book.figures[name].alt]
    lines += [rf"\define{{title}}{{{name}}}{{{as_tex(book.figures[name].title)}}}" for name in shown]
    return lines + [rf"\define{{alt}}{{{name}}}{{{pdf_string(book.plain(book.figures[name].alt))}}}" for name in shown]


IN_ADDRESS = str.maketrans({letter: f"\\{letter}" for letter in "%#&_"})


def on_the_web(book: Book, edition: str, chapters: Sequence[str]) -> list[str]:
    """TeX that defines where the gallery and its chapters are, and which figures are in no commit as they are."""
    answer, site = book.edition(edition).sources, addresses.site(book)
    if answer == "none" or not site:
        return []
    lines = [rf"\def\booksite{{{site.translate(IN_ADDRESS)}}}"]
    for chapter in chapters:
        if any(name.startswith(f"{chapter}/") for name in book.figures):
            address = f"{site}{addresses.part(chapter)}".translate(IN_ADDRESS)
            lines.append(rf"\define{{address}}{{\bookdir/{chapter}}}{{{address}}}")
    if answer == "shown":
        there, shown = Committed(book), book.figures_of(chapters)
        lines += [rf"\define{{uncommitted}}{{{name}}}{{}}" for name in shown if there.uncommitted(edition, name)]
    return lines


def decimals(number: float, distance: float, least: int) -> int:
    """The fewest decimals, `least` or more, by which a number's distance from another is told within a tenth."""
    if distance < 1e-9 * abs(number):  # it is that other, but for rounding
        return least
    return next((n for n in range(least, 17) if abs(round(number, n) - number) <= distance / 10), least)


def digits(number: float) -> str:
    """How many digits a number is quoted with, where the text does not say: {fixed}{scientific}{per cent}{style}.

    A number of six significant digits or fewer is quoted with all of them, and so is a whole number. Of others pgf
    rounds to two decimals, unless that told too little of how far they are from a whole number, as 1 does of 0.99987.
    """
    digits = Decimal(repr(number)).normalize().as_tuple()
    shown, last = len(digits.digits), int(digits.exponent)
    size = shown + last - 1 if number else 0  # the exponent of the first digit
    share = decimals(100 * number, min(abs(100 * number), abs(100 - 100 * number)), 1)
    if float(number).is_integer() and size < 15:
        return f"{{0}}{{{max(2, shown - 1)}}}{{{share}}}{{fixed}}"
    style = "fixed" if -2 < size < 15 else "sci"
    if shown <= 6:
        return f"{{{max(2, -last)}}}{{{max(2, shown - 1)}}}{{{share}}}{{{style}}}"
    return f"{{{decimals(number, abs(number - round(number)), 2)}}}{{2}}{{{share}}}{{{style}}}"


def told(name: str, number: float | int) -> str:
    """TeX that defines a number that the text may quote, and the digits that it is quoted with."""
    return rf"\define{{value}}{{{name}}}{{{number}}}" "\n" rf"\define{{digits}}{{{name}}}{{{digits(number)}}}"


def worded(name: str, words: str) -> str:
    """The same of a word."""
    return rf"\define{{value}}{{{name}}}{{{words}}}\define{{said}}{{{name}}}{{}}"


def in_words(book: Book, value: str | Mapping[str, str]) -> str:
    """A word of the values as TeX, or a date as the book's language writes it."""
    if isinstance(value, str):
        return as_tex(value)
    day = day_of(np.datetime64(plain(value)))
    return as_tex(calendar.written(day, book.config["language"])).replace(" ", "~", 1)


def numbers(book: Book, name: str) -> Iterator[str]:
    """TeX that defines the values of a computed figure, and the digits that they are quoted with."""
    for key, value in json.loads(Path(book.values(name)).read_text(encoding="utf-8")).items():
        numbered = (
            {f"{key}/{k}": v for k, v in enumerate(value) if not isinstance(v, list)}
            if isinstance(value, list)
            else {key: value}
        )
        for at, number in numbered.items():
            if isinstance(number, str | dict):
                yield worded(f"{name}/{at}", in_words(book, number))
            else:
                yield told(f"{name}/{at}", number)


GROUP = re.compile(r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")


def references(labels: Mapping[str, str]) -> Iterator[str]:
    """TeX that defines what other chapters' labels stand for: {number}{page}{title}; or how one without is named."""
    yield r"\makeatletter"  # as TeX has written it
    for label, entry in labels.items():
        if len(groups := GROUP.findall(entry)) > 1:
            title = "" if len(groups) < 3 or "#" in groups[2] else groups[2]
            number, page = groups[:2]
            told = entry if label.endswith(CLEVER) else rf"{{{number}}}{{{page}}}{{{title}}}{{Doc-Start}}{{}}"
            yield rf"\define{{elsewhere}}{{{label}}}{{}}\define{{r}}{{{label}}}{{{told}}}"
        else:
            name = label.removeprefix(FIGURE)
            for other in [label] if name == label else [kind + name for kind in KINDS]:
                yield rf"\define{{unnumbered}}{{{other}}}{{{name.translate(TEX)}}}"
    yield r"\makeatother"


def definitions(book: Book, edition: str, chapters: Sequence[str], alone: Sequence[str] = ()) -> str:
    """All that TeX is told of a book beforehand; of a chapter `alone`, what it refers to elsewhere, too."""
    lines = names(book, edition, chapters) + [line for name in book.valued(chapters) for line in numbers(book, name)]
    if facts.asked(book, chapters):
        for name, fact in facts.facts(book, chapters).items():
            lines.append(worded(f"fact/{name}", as_tex(fact)) if isinstance(fact, str) else told(f"fact/{name}", fact))
    lines += [line for chapter in alone for line in references(elsewhere(book, edition, chapter))]
    return "\n".join([*lines, ""])
