"""Where in the templates each line of a rendered picture comes from, and where an error in a template is.

Jinja puts a mark at the end of each line of a template; the marks that are left in the rendered text name the lines.
"""

import re
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.errors.telling import from_python
from pipeline.style.sheets import HOUSE

MARK = re.compile("\ue000(.*?)\ue000")
Context = Mapping[str, Any]  # what a template knows: {name: function, table or value}


class Marks(Extension):
    """Puts the template's file and line before each line end that the template itself has."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                first, *rest = token.value.split("\n")
                marked = [f"\ue000{stream.filename}:{token.lineno + k}\ue000\n{line}" for k, line in enumerate(rest)]
                token = Token(token.lineno, "data", "".join([first, *marked]))
            yield token


def origins(marked: str, last: str) -> list[str]:
    """'file:line' for each line of a text with marks.

    A line without a mark belongs to the next line that has one; after the last mark, to `last`.
    """
    found = []
    for line in reversed(marked.split("\n")):
        marks = MARK.findall(line)
        last = marks[-1] if marks else last
        found.append(last)
    return found[::-1]


def in_words(error: Exception, template: str | Path, env: jinja2.Environment, context: Context) -> AuthorError:
    """The error that tells the author of an exception in a template or in what it includes, imports or calls."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.endswith(".py")]
    # A macro of the house fails by what the author's own line gives it.
    frames = [f for f in frames if not Path(f.filename).is_relative_to(HOUSE)] or frames
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(template)
    if isinstance(error, AuthorError):
        return error.at(where)
    if isinstance(error, jinja2.TemplateSyntaxError):
        where = f"{error.filename or template}:{error.lineno}"
    if isinstance(error, jinja2.TemplateNotFound):
        hint = nearest(error.name, env.list_templates())
        return AuthorError(f"{where}: there is no template '{error.name}'", hint)
    if isinstance(error, jinja2.TemplateError):
        message, hint = explained(error.message or "", env, context)
        return AuthorError(f"{where}: {message}", hint)
    return from_python(error, where)


OPEN = {"comment": ("((=", "=))"), "raw": ("((* raw *))", "((* endraw *))")}  # what Jinja finds no end of


def explained(message: str, env: jinja2.Environment, context: Context) -> tuple[str, str | None]:
    """(a message of Jinja's in the author's words, what to try or None)."""
    if found := re.match(r"Missing end of (comment|raw)", message):
        begins, ends = OPEN[found[1]]
        return (
            f"this {begins} has no {ends}",
            f"a template's comment begins so, in a comment of TeX's, too; write {ends} after it",
        )
    if "unexpected char" in message:
        return "this ((( begins an expression of the template, and no number", "where TeX is to see it, write ( (("
    if found := re.search(r"No (filter|test) named '(.+?)'", message):
        return f"there is no {found[1]} '{found[2]}'", nearest(found[2], {*env.filters, *env.tests})
    if found := re.search(r"'(.+)' is undefined", message):
        near = nearest(found[1], context) or nearest(found[1], env.globals, 0.75)
        return message, near or f"the template knows {', '.join(sorted(context))}"
    if found := re.search(r"(\w+) object' has no attribute '(.+)'", message):
        return f"this {found[1]} has no '{found[2]}'", None
    return message, None
