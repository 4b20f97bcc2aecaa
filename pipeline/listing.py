"""Code as it stands in a Python file, found by its syntax tree and highlighted by Pygments for TeX."""

import ast

from pygments import highlight
from pygments.formatters import LatexFormatter
from pygments.lexers import PythonLexer

from pipeline.errors import AuthorError


def lines_of(path, name):
    """Source lines of the function `name` in a Python file, its docstring left out."""
    source = path.read_text()
    tree = ast.parse(source, str(path))
    function = next((n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name), None)
    if function is None:
        raise AuthorError(f"{path}: there is no function '{name}' to list")
    lines = source.splitlines()[function.lineno - 1 : function.end_lineno]
    if ast.get_docstring(function):
        doc = function.body[0]
        del lines[doc.lineno - function.lineno : doc.end_lineno - function.lineno + 1]
    return lines


def listing(path, name):
    """The lines of a function, each as TeX with \\PY{token class}{text} around its tokens."""
    formatter = LatexFormatter(nowrap=True, commandprefix="PY")
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    text = highlight("\n".join(lines_of(path, name)), lexer, formatter)
    return [line.replace(" ", "~") for line in text.splitlines()]
