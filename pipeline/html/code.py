"""Code on pages, in the roles that it has in the book."""

from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer, TexLexer
from pygments.lexers.special import TextLexer

LEXERS = {".py": PythonLexer, ".j2": TexLexer, ".tex": TexLexer}
# {role: Pygments's classes}, as templates/code.tex has them, and TeX's.
ROLES = {
    "keyword": "k kn kc ow kd kr",
    "function": "nf nc fm",
    "builtin": "nb bp nv na",
    "number": "mi mf mh mo",
    "string": "s s1 s2 sd sa se si",
    "annotation": "c c1 cm ch",
}


def listing(file: Path) -> str:
    """A file's lines as HTML, each with an anchor of its number, such as #L12."""
    lexer = LEXERS.get(file.suffix, TextLexer)(stripnl=False)
    lines = highlight(file.read_text(encoding="utf-8"), lexer, HtmlFormatter(nowrap=True)).splitlines()
    return "\n".join(f'<span id="L{k}">{line}</span>' for k, line in enumerate(lines, 1))


def css() -> str:
    """The colours of code."""
    return "".join(
        f"{', '.join(f'.code .{name}' for name in names.split())} {{ color: var(--{role}) }}\n"
        for role, names in ROLES.items()
    )
