"""What TeX is told of a book's symbols: their meanings, which stand where they are made, by colour."""

from collections.abc import Iterator

from pipeline.project.book import Book
from pipeline.setup.languages import told
from pipeline.style.markup import as_tex
from pipeline.style.maths import Symbol, symbols, tones
from pipeline.style.sheets import HOUSE, Sheets

PLAIN = "ink"  # the colour of those that have none


def notation(book: Book) -> Iterator[str]:
    """TeX that says of each colour what it stands for, and of each symbol in it what it means (templates/notation.tex).

    What the house says of its own symbols is English, as what it calls its colours for is the house's affair.
    """
    lines = Sheets.read(book.root).lines
    own = [line for line in lines if not line.file.is_relative_to(HOUSE)]
    english = told(book.config["language"]).get("tag.bcp47", "en").startswith("en")
    meanings = tones(book.house, own)
    groups: dict[str, list[Symbol]] = {colour: [] for colour in [*meanings, PLAIN]}
    for symbol in symbols(book.house, lines if english else own):
        groups.setdefault(symbol.colour or PLAIN, []).append(symbol)
    groups[PLAIN] = groups.pop(PLAIN)  # last
    for colour, members in groups.items():
        yield rf"\tone{{{colour}}}{{{as_tex('; '.join(meanings.get(colour, [])))}}}"
        for symbol in members:
            given = r"{\cdot}" * symbol.arguments
            yield rf"\symbolof{{{symbol.name}}}{{{symbol.kind}}}{{{given}}}{{{as_tex(symbol.meaning)}}}"
