"""What a text shows, as TeX tells of it in its log (templates/shown.tex): figures in the order of the text, with
their lines."""

import re
from pathlib import Path

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.tex.complaints import in_files

TOLD = re.compile(r"shows (\d+): (.+)")
NO_PART = re.compile(r"no part (?P<line>\d+): (?P<part>\S+) of (?P<figure>\S+), which has (?P<parts>.*)")


def shown(log: str) -> list[tuple[str, str]]:
    """[(figure, 'file:line')] of what a run has shown, and of what it should have shown though it is not there."""
    found = dict.fromkeys(
        (told[2], written(file, int(told[1]), told[2]))
        for file, _, line in in_files(log)
        if (told := TOLD.fullmatch(line))
    )
    return list(found)


def misspelt(log: str) -> list[AuthorError]:
    """An AuthorError for each part that slides are to show of a figure and that it has not (templates/talk.tex)."""
    found: dict[str, AuthorError] = {}
    for file, _, line in in_files(log):
        if told := NO_PART.fullmatch(line):
            parts = [*dict.fromkeys(filter(None, told["parts"].split(",")))]
            where = written(file, int(told["line"]), told["part"])
            what = f"{where}: '{told['figure']}' has no part '{told['part']}'"
            has = f"it has {', '.join(parts)}" if parts else rf"\figpart{{{told['part']}}} in its template begins one"
            found[what] = AuthorError(what, nearest(told["part"], parts) or has)
    return [*found.values()]


def written(file: str, line: int, name: str) -> str:
    """'file:line' where a name is written that TeX has met at a line: there or, of an argument over several, above."""
    path = Path(file)
    text = path.read_text(errors="replace", encoding="utf-8").splitlines()[:line] if path.is_file() else []
    return f"{file}:{next((k for k in range(len(text), 0, -1) if name in text[k - 1]), line)}"
