"""What a book tells of itself once it is built: numbers of what has a label, quoted values, words of its language."""

import re
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.style.markup import bare
from pipeline.style.stylesheet import group


class Told:
    """told : as tex/captions.py has it; labels : {label: TeX's entry}."""

    def __init__(self, told: dict[str, Any], labels: dict[str, str]) -> None:
        self.told, self.labels = told, labels

    def printed(self, command: str, options: str | None, name: str, where: str) -> str:
        """A number that the book quotes, as TeX that prints it."""
        key = f"fact/{name}" if command == "buildfact" else name
        found = self.told["values"].get(key, {})
        if (given := " ".join((options or "").split())) not in found:
            raise AuthorError(f"{where}: the book prints no value '{name}' in this way", "build the book")
        return str(found[given])

    def noun(self, kind: str, begins: bool) -> str:
        """How the book's language calls a figure or a table in a sentence."""
        name, capital = self.told["words"].get(kind, [kind.capitalize(), False])
        word = bare(name).strip()
        return word if begins or capital else word.lower()

    def number(self, label: str, where: str) -> str:
        """A label's number, as TeX."""
        entry = self.labels.get(label, "")
        number = group(entry, 0)[0] if entry else ""
        if not number:
            raise AuthorError(f"{where}: the book has no label '{label}'", "it is known once the book is built")
        number = re.sub(r"^\\M@TitleReference\s*", "", number)  # memoir's, with the title in a second argument
        return group(number, 0)[0] if number.startswith("{") else number
