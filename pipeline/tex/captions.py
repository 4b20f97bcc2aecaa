"""What a book says of the figures that it shows, as TeX tells of it in its files of labels (templates/floats.tex).

So a caption is whole, whatever macro of the author's it was written in, and numbers are those that the page has.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.style.stylesheet import group

TOLD = re.compile(r"^\\(told|toldword|toldvalue|bibcite)(?=\{)", re.MULTILINE)


def arguments(text: str, at: int) -> list[str]:
    """The contents of the braces that follow one another in a line."""
    found = []
    while text[at : at + 1] == "{":
        argument, at = group(text, at)
        found.append(argument)
    return found


def captions(files: Iterable[Path], shown: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What these files tell.

    shown : (figure, 'file:line') as tex/shown.py has them.

    figures : {name: {kind, number, caption, where}}, of one among several also the group's number, title and caption;
    words : {figure, table: what the book's language calls it, and whether always with a capital};
    values : {name: {options of \\val: what is printed}}; citations : {key: [authors, year]}.
    """
    places = dict(reversed([*shown]))
    figures, words, values, citations, group_ = dict[str, Any](), dict[str, Any](), dict[str, Any](), {}, {}
    for file in files:
        text = file.read_text(errors="replace", encoding="utf-8")
        for match in TOLD.finditer(text):
            match match[1], arguments(text, match.end()):
                case "told", ["figs", _, number, title, caption]:
                    group_ = {"number": number, "title": title, "caption": caption}
                case "told", [kind, name, number, _, caption]:
                    more = {"group": group_} if kind == "pic" else {}
                    told = {"kind": kind, "number": number, "caption": caption, "where": places.get(name, "")}
                    figures.setdefault(name, told | more)
                case "toldword", [word, name, capital]:
                    words[word] = name, bool(capital)
                case "toldvalue", [options, name, printed]:
                    values.setdefault(name, {})[options] = printed
                case "bibcite", [key, entry]:
                    parts = arguments(entry, 0)
                    citations[key] = [parts[2], parts[1]] if len(parts) > 2 else [key, entry]
    return {"figures": figures, "words": words, "values": values, "citations": citations}
