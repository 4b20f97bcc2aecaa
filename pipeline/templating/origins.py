"""Where in the templates something comes from: each line of a rendered picture, and what goes wrong while it is rendered.

Jinja marks the ends of the templates' lines, and the marks are taken out again.
"""

import re
import traceback

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.errors.telling import from_python

MARK = re.compile("\ue000(.*?)\ue000")


class Marks(Extension):
    """Puts the template's file and line before each line end that the template itself has."""

    def filter_stream(self, stream):
        for token in stream:
            if token.type == "data":
                first, *rest = token.value.split("\n")
                marked = [f"\ue000{stream.filename}:{token.lineno + k}\ue000\n{line}" for k, line in enumerate(rest)]
                token = Token(token.lineno, "data", "".join([first, *marked]))
            yield token


def origins(marked, last):
    """'file:line' for each line of a text with marks; a line without one belongs to the next that has one, or is `last`."""
    found = []
    for line in reversed(marked.split("\n")):
        marks = MARK.findall(line)
        last = marks[-1] if marks else last
        found.append(last)
    return found[::-1]


def in_words(error, template, env, context):
    """The AuthorError that tells of an exception in a template or in what it includes, imports or calls."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.endswith(".py")]
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else template
    if isinstance(error, AuthorError):
        return error.at(where)
    if isinstance(error, jinja2.TemplateSyntaxError):
        where = f"{error.filename}:{error.lineno}"
    if isinstance(error, jinja2.TemplateNotFound):
        return AuthorError(f"{where}: there is no template '{error.name}'", nearest(error.name, env.list_templates()))
    if not isinstance(error, jinja2.TemplateError):
        return from_python(error, where)
    if lost := re.search(r"No (filter|test) named '(.+?)'", error.message):
        return AuthorError(f"{where}: there is no {lost[1]} '{lost[2]}'", nearest(lost[2], {**env.filters, **env.tests}))
    if lost := re.search(r"'(.+)' is undefined", error.message):
        hint = nearest(lost[1], {**env.globals, **context}) or f"the template knows {', '.join(sorted(context))}"
        return AuthorError(f"{where}: {error.message}", hint)
    if lost := re.search(r"(\w+) object' has no attribute '(.+)'", error.message):
        if lost[1] == "TableFile":
            names = ("labels", "rows", "column", "least", "greatest", "at")
            return AuthorError(f"{where}: a table has no '{lost[2]}'", nearest(lost[2], names) or f"it has {', '.join(names)}")
        names = [name for known in ("values", "tables") for name in context.get(known, ())]
        return AuthorError(f"{where}: this {lost[1]} has no '{lost[2]}'", nearest(lost[2], names))
    return AuthorError(f"{where}: {error.message}")
