"""The glossary: each term once, in order, told in few words, and used by the other documents."""

import re

import pytest

from pages import PAGES, Page, page

GLOSSARY = page("docs/glossary.md")
TERMS = [heading for level, heading in GLOSSARY.headings if level > 1]
OTHERS = " ".join(path.read_text(encoding="utf-8") for path in PAGES if path.name != "glossary.md")


def test_each_term_stands_once_and_in_order():
    assert sorted(set(TERMS)) == TERMS


def told(page: Page):
    """{term: words that tell it} of a glossary."""
    found, term = {}, ""
    for _, text in page.prose:
        if text in TERMS:
            term = text
        elif term:
            found[term] = f"{found.get(term, '')} {text}".strip()
    return found


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_used(term):
    """By another document, or where another term is told."""
    words = " ".join([OTHERS, *(text for other, text in told(GLOSSARY).items() if other != term)])
    assert re.search(r"\b" + r"\s+".join(map(re.escape, term.split())) + r"(e?s|d)?\b", words, re.IGNORECASE)


def test_a_term_is_told_in_few_words():
    assert {term: text for term, text in told(GLOSSARY).items() if len(text.split()) > 60} == {}
    assert told(GLOSSARY).keys() == set(TERMS)
