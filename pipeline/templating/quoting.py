"""Code as it stands in a Python file, found by its syntax tree and highlighted by Pygments for TeX."""

import ast
from pathlib import Path
from textwrap import dedent

from pygments import highlight
from pygments.formatters import LatexFormatter
from pygments.lexers import PythonLexer

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest


def function_of(path: Path, name: str) -> tuple[list[str], ast.FunctionDef]:
    """(source lines of a file, syntax tree of its function `name`); an AuthorError where it has none."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, str(path))
    functions = {n.name: n for n in reversed([*ast.walk(tree)]) if isinstance(n, ast.FunctionDef)}
    if name not in functions:
        raise AuthorError(f"there is no function '{name}' in {path}", nearest(name, functions))
    return source.splitlines(), functions[name]


def highlighted(lines: list[str]) -> list[str]:
    """Lines of code, each as TeX with \\PY{token class}{text} around its tokens."""
    formatter = LatexFormatter(nowrap=True, commandprefix="PY")
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    text = highlight("\n".join(lines), lexer, formatter)
    return [line.replace("`", r"\textasciigrave{}").replace(" ", "~") for line in text.splitlines()]


def listing(path: Path, name: str) -> list[str]:
    """The highlighted lines of a function, its docstring left out."""
    source, function = function_of(path, name)
    first, last = function.lineno - 1, function.end_lineno
    if ast.get_docstring(function):
        doc = function.body[0]
        return highlighted(source[first : doc.lineno - 1] + source[doc.end_lineno : last])
    return highlighted(source[first:last])


def statements(path: Path, name: str) -> list[list[str]]:
    """The statements of a function, its docstring left out, each as its highlighted lines without their indent."""
    source, function = function_of(path, name)
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return [highlighted(dedent("\n".join(source[s.lineno - 1 : s.end_lineno])).splitlines()) for s in body]
