"""What babel has to say against a book's language, in the author's words: at book.yaml's line, with the remedy."""

import re
import subprocess
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.project.config import line_of
from pipeline.setup import languages

AMISS = re.compile(r"babel (knows no|lacks the) language '")
MANUAL = "babel's manual lists them: british, american, french, ngerman, …"
SAID = re.compile(r"Package babel (?:Warning|Error): (.+\n(?:\(babel\).*\n)*)")


def babel(book: Book, log: str) -> AuthorError | None:
    """What is wrong with the language, by the log of a run; None where babel is content."""
    said, amiss, language = SAID.search(log), AMISS.search(log), book.config["language"]
    if not said and not amiss:
        return None
    text = (book.root / "book.yaml").read_text(encoding="utf-8")
    where = f"{book.root}/book.yaml:{line_of(text, ['language'])}: language"
    if amiss and amiss[1] == "knows no":
        return AuthorError(f"{where}: babel knows no '{language}'", nearest(language, names(), 0.7) or MANUAL, log=log)
    if lacks := languages.lacks(language):
        missing = " and ".join(lacks)
        return AuthorError(f"{where}: TeX lacks {missing} of '{language}'", languages.command(language), log=log)
    words = " ".join(re.sub(r"^\(babel\)|on input line \d+", "", said[1] if said else "", flags=re.MULTILINE).split())
    return AuthorError(f"{where}: babel says: {words.removesuffix('.')}", log=log)


def names() -> list[str]:
    """The languages that babel knows, by the names of its files."""
    found = subprocess.run(["kpsewhich", "babel.sty"], capture_output=True, encoding="utf-8").stdout.strip()
    files = Path(found).parent.glob("locale/*/babel-*.tex") if found else []
    return sorted({name for file in files if (name := file.stem.removeprefix("babel-")).isalpha() and len(name) > 3})
