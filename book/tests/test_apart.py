"""What makes books knows nothing of this one, which another may replace."""

import re
from pathlib import Path

import pytest


@pytest.mark.parametrize("folder", ["pipeline", "templates", "profiles", "tests"])
def test_the_chapters_are_named_in_the_book_alone(book, folder):
    name = re.compile(rf"\b({'|'.join(book.chapters)})[-/]\w")  # spiral/decision, spiral-decision
    others = {"__pycache__", "books"}  # other books may call theirs as they like
    files = [path for path in Path(folder).rglob("*") if path.is_file() and not others & {*path.parts}]
    texts = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in files}
    assert texts and [(path, found[0]) for path, text in texts.items() if (found := name.search(text))] == []
