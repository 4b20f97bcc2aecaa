"""What the gallery itself says, in the book's language: templates/gallery/<language>.po, as translators write it."""

from io import BytesIO, StringIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from pipeline.project.book import Book
from pipeline.style.sheets import opened, places

ENGLISH = "en"  # what templates say by themselves


def translations(book: Book, language: str) -> NullTranslations:
    """What stands for each English sentence, and the language of that; English where there is no such file."""
    file, made = opened(places(f"templates/gallery/{language}.po", book.root)), BytesIO()
    if not file:
        return NullTranslations()
    write_mo(made, read_po(StringIO(file[1]), locale=language, abort_invalid=True))
    made.seek(0)
    return Translations(made)


def spoken(translations: NullTranslations, language: str) -> str:
    """The language of what the gallery says."""
    return language if isinstance(translations, Translations) else ENGLISH
