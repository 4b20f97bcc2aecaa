"""Errata, from book/errata.yaml: for each version what was wrong in it, where, and what it should have been."""

from typing import Any

import yaml
from jsonschema import Draft202012Validator
from markupsafe import Markup

from pipeline.errors.author import AuthorError, raise_all
from pipeline.errors.hints import nearest
from pipeline.html.pandoc import Text
from pipeline.html.site import Site
from pipeline.project.config import Loader, line_of
from pipeline.style.markup import as_tex

PARTS = "where", "was", "is", "note", "thanks", "figure"
WORDS = "was", "is", "note"  # as titles: formulas and macros are TeX's, all else is as it stands
SCHEMA = {
    "type": "object",
    "additionalProperties": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["where", "is"],
            "additionalProperties": False,
            "properties": {name: {"type": "string"} for name in PARTS},
        },
    },
}


def errata(site: Site) -> list[tuple[str, list[dict[str, Any]]]]:
    """[(version, [{where, thanks, figure; was, is, note: HTML}])], the latest first; [] where there are none."""
    file = site.book.root / "errata.yaml"
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    try:
        read = yaml.load(text, Loader) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise AuthorError(f"{file}:{line}: {error.problem}") from None
    faults = Draft202012Validator(SCHEMA).iter_errors(read)
    hint = "a version has a list of what is wrong in it, each with where it stands and what it `is`"
    raise_all([AuthorError(f"{file}:{line_of(text, fault.absolute_path)}: {fault.message}", hint) for fault in faults])
    found = list[tuple[str, list[dict[str, Any]]]]()
    for version, items in read.items():
        told = []
        for k, item in enumerate(items):
            where = f"{file}:{line_of(text, [version, k])}"
            if (name := item.get("figure")) and name not in site.book.figures:
                raise AuthorError(f"{where}: there is no figure '{name}'", nearest(name, site.book.figures))
            keys = [key for key in WORDS if key in item]
            words = site.words.html([Text(as_tex(item[key]), where) for key in keys]) if keys else []
            told.append(
                dict.fromkeys(PARTS, "") | item | {key: Markup(each) for key, each in zip(keys, words, strict=True)}
            )
        found.append((str(version), told))
    return found[::-1]
