"""How the documents speak: British spelling, no misspelling, no sentence that must be read twice, no number without a
command."""

import re
from functools import cache
from importlib.resources import files

import pytest
from test_links import COMMAND, lost_commands

from pages import CODE, PAGES, Page, page, tidy

ALIKE = {"program", "programs"}  # what computers run is spelled so in British English, too
WORD = re.compile(r"(?<![\w\\.])[A-Za-z]+(?:['’][a-z]+)?(?![\w\\])")
LONGEST = 45  # words of a sentence
LISTS = {"docs/pictures.md", "docs/reference.md"}  # pages to look something up in, not to be read through
LIMITS = {"README.md": 900, "docs/guide.md": 3500, "docs/architecture.md": 2000}  # words of a page
MEASURED = {"README.md", "docs/performance.md"}  # pages whose times and sizes were measured
AMOUNT = re.compile(r"\b\d[\d,.]* ?(?:ms|s|min|h|KB|MB|GB)\b")


def dictionary(name):
    """{word: words to write instead} of one of codespell's lists."""
    lines = files("codespell_lib").joinpath(f"data/dictionary{name}.txt").read_text(encoding="utf-8").splitlines()
    return {word: rest.split(",") for word, rest in (line.split("->", 1) for line in lines if "->" in line)}


@cache
def american():
    """{American spelling: British}."""
    british = dictionary("_en-GB_to_en-US")
    pairs = {other.strip(): word for word, others in british.items() for other in others if other.strip()}
    return {word: other for word, other in pairs.items() if word not in ALIKE and word not in british}


@cache
def misspelt():
    return dictionary("")


def spelling(page: Page):
    for line, text in page.prose:
        for word in WORD.findall(text):
            if right := american().get(word.lower()):
                yield f"{line}: {word}, in British English {right}"
            elif rights := misspelt().get(word.lower()):
                yield f"{line}: {word}: {','.join(rights)}"


def long_sentences(page: Page):
    for line, sentence in page.sentences:
        if (count := len(re.findall(rf"[^\s—–/]*\w[^\s—–/]*|{CODE}", sentence))) > LONGEST:
            yield f"{line}: {count} words: {sentence[:60]}…"


def amounts(page: Page):
    """Rows of tables with a time or a size, and no command in the row or above the table in its section."""
    for row in page.rows:
        typed = [code for code in (*row.code, *row.above) if COMMAND.match(code)]
        if AMOUNT.search(" ".join(row.cells)) and not typed:
            yield f"{row.line}: {' | '.join(row.cells)}"


@pytest.mark.parametrize("path", PAGES, ids=tidy)
def test_words_are_spelled_as_in_britain(path):
    assert [*spelling(page(path))] == []


@pytest.mark.parametrize("path", [path for path in PAGES if tidy(path) not in LISTS], ids=tidy)
def test_a_sentence_is_read_once(path):
    assert [*long_sentences(page(path))] == []


@pytest.mark.parametrize("path", [path for path in PAGES if tidy(path) in MEASURED], ids=tidy)
def test_no_number_stands_without_its_command(path):
    assert [*amounts(page(path))] == []


@pytest.mark.parametrize("path", [path for path in PAGES if tidy(path) in LIMITS], ids=tidy)
def test_a_page_is_short(path):
    assert (words := page(path).words) <= LIMITS[tidy(path)], words


WRONG = f"""# The color of teh thing

A `color` is code. A programme for a program, an organized centre. Recolour it.

{"Word " * LONGEST}word. A short one.

Numbers by `make bench`, or by nobody:

| | takes |
| --- | --- |
| a | 3 s |

| | takes |
| --- | --- |
| b | 4 s |
| `snakemake all` | 5 s |
| c | many |
"""


def test_a_planted_fault_is_found():
    wrong = Page(PAGES[0], WRONG)
    assert [text.split(",")[0].split(":")[1].strip() for text in spelling(wrong)] == ["color", "teh", "organized"]
    assert [text.split(":")[0] for text in long_sentences(wrong)] == ["5"]
    assert [*amounts(wrong)] == ["15: b | 4 s"]
    assert [*lost_commands(wrong)] == []
