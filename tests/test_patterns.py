"""Regular expressions mean the same to every Python that we promise."""

import ast
import re
from pathlib import Path

import pytest

CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")  # what stands in one repeats nothing
POSSESSIVE = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def patterns(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and text of all strings, or parts of them, that are given to a function of `re`."""
    return [
        (part.lineno, part.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.")
        for argument in call.args[:1]
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def possessive(text: str) -> bool:
    return bool(POSSESSIVE.search(CLASS.sub("x", text)))


@pytest.mark.parametrize("text", ["(a)++", "(?:ab?c)*+", "(x)?+", "(a|b){2,3}+"])
def test_what_is_possessive_is_found(text: str) -> None:
    assert re.compile(text) and possessive(text)


@pytest.mark.parametrize("text", [r"\)++", "[)*+]+", "(a)+?", r"\s++", "(?>a*)b"])
def test_what_is_not_is_passed(text: str) -> None:
    assert re.compile(text) and not possessive(text)


def test_no_pattern_is_possessive() -> None:
    """Before 3.11.5 Python matches groups that are repeated possessively wrongly (gh-106052); Debian 12 has 3.11.2."""
    found = [
        f"{path}:{line}"
        for path in Path("pipeline").rglob("*.py")
        for line, text in patterns(ast.parse(path.read_text(encoding="utf-8")))
        if possessive(text)
    ]
    assert not found
