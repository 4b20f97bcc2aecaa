"""Pandoc: what it reads in TeX, and how it writes HTML."""

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from pipeline.errors.author import AuthorError

READ = "latex+raw_tex-auto_identifiers"
PART = r"\section{part}" "\n\n"  # between texts that are read at once
Node = dict[str, Any]


class Text(NamedTuple):
    """A text of TeX's, and 'file:line' for what is said of it."""

    tex: str
    where: str


@cache
def pandoc() -> str:
    """The program, which a package of Python's brings."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def run(text: str, *options: str) -> str:
    """What pandoc makes of a text."""
    done = subprocess.run([pandoc(), *options], input=text, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise AuthorError(f"pandoc: {done.stderr.strip()}")
    return done.stdout


@cache
def version() -> Any:
    """The version of the form in which it hands over what it has read."""
    return json.loads(run("", "-f", "latex", "-t", "json"))["pandoc-api-version"]


def read(texts: Sequence[Text]) -> list[list[Node]]:
    """What pandoc reads in each: blocks."""
    document = "".join(f"{PART}{text.tex}\n\n" for text in texts)
    try:
        blocks = json.loads(run(document, "-f", READ, "-t", "json"))["blocks"]
        found: list[list[Node]] = []
        for block in blocks:
            if block["t"] == "Header":
                found.append([])
            else:
                found[-1].append(block)
        if len(found) == len(texts):
            return found
    except (AuthorError, IndexError) as error:
        if len(texts) == 1:
            raise AuthorError(f"{texts[0].where}: {error}") from None
    if len(texts) == 1:
        raise AuthorError(f"{texts[0].where}: a heading stands in what is set beside a figure")
    return [read([text])[0] for text in texts]  # one by one, so that it can be said which


def written(parts: Sequence[list[Node]]) -> list[str]:
    """The HTML of each of these lists of blocks."""
    blocks = [block for part in parts for block in [*part, {"t": "HorizontalRule"}]]
    document = {"pandoc-api-version": version(), "meta": {}, "blocks": blocks}
    return run(json.dumps(document), "-f", "json", "-t", "html5", "--wrap=none").split("<hr />")[: len(parts)]
