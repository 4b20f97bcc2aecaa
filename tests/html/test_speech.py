"""What the gallery itself says, in other languages than English."""

from io import BytesIO

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from conftest import ROOT
from pipeline.html.speech import spoken, translations

CATALOGUES = sorted((ROOT / "templates/gallery").glob("*.po"))


def said():
    """All that templates and modules give to be translated."""
    found = []
    for template in (ROOT / "templates/gallery").glob("*.j2"):
        found += [words for _, _, words, _ in babel_extract(template.open("rb"), ["_"], [], {})]
    for module in (ROOT / "pipeline/html").glob("*.py"):
        found += [
            words for _, words, *_ in extract("python", module.open("rb"), keywords={"say": None, "gettext": None})
        ]
    return {words if isinstance(words, str) else words[0] for words in found}


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_catalogue_says_all_and_nothing_else(file):
    catalogue = read_po(BytesIO(file.read_bytes()), locale=file.stem, abort_invalid=True)
    entries = {message.id: message for message in catalogue if message.id}
    assert set(entries) == said() and len(said()) > 50
    for message in entries.values():
        assert message.string and not [str(fault) for fault in message.check(catalogue)], message.id


def test_a_language_that_nobody_has_translated_is_english(book):
    none, german = translations(book, "eo"), translations(book, "de")
    assert none.gettext("Search") == "Search" and spoken(none, "eo") == "en"
    assert german.gettext("Search") == "Suche" and spoken(german, "de") == "de"


def test_a_book_may_say_it_otherwise(project, book):
    project.write(
        "templates/gallery/eo.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Search"\nmsgstr "Serĉi"\n',
    )
    assert translations(book, "eo").gettext("Search") == "Serĉi"
