"""What to try: the nearest name for a misspelt one, and advice for well-known messages of Python, Jinja and TeX."""

import builtins
import re
import sys
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from traceback import walk_tb


def nearest(word: object, words: Iterable[object], least: float = 0.6) -> str | None:
    """The most similar of some words, in quotes, or None where the similarity, from 0 to 1, is below `least`."""
    near = get_close_matches(str(word), sorted(map(str, words)), n=1, cutoff=least)
    return f"'{near[0]}'" if near else None


# A message of Python's or torch's: what to try.
PYTHON = (
    (r"No module named '\w+'$", "add the package to dependencies in pyproject.toml, then `make lock` and `make setup`"),
    (r"shapes cannot be multiplied|size mismatch", "compare the shapes of what goes in with those of build()"),
    (r"does not require grad", "call requires_grad_() on what is differentiated; a trained net comes without"),
    (r"tensors to be on the same device", "move the data to the net: x, y = run.moved(x, y)"),
    (
        r"No such file or directory: '",
        'data lies in the book, beside the module: Path(__file__).with_name("points.csv") finds it anywhere',
    ),
    (r"invalid character '[“”„‘’«»]'", "write straight quotes, \" or ', as a keyboard has them"),
    (r"could not convert string to float: ''$", 'float(text or "nan") for what is missing'),
    (r"have the same dtype|expected scalar type", "nets compute with 32-bit floats: .float() makes them"),
)


def python_hint(error: BaseException) -> str | None:
    """What to try after an exception in the author's Python or in a template's expression, or None."""
    if isinstance(error, NameError):
        *_, (frame, _line) = walk_tb(error.__traceback__)  # the innermost, where the name is missing
        return nearest(error.name, {*vars(builtins), *frame.f_globals, *frame.f_locals})
    if isinstance(error, AttributeError) and error.obj is not None:
        return nearest(error.name, dir(error.obj))
    if missing := re.match(r"cannot import name '(\w+)' from '([\w.]+)'", str(error)):
        return nearest(missing[1], vars(sys.modules.get(missing[2], builtins)))
    return next((hint for pattern, hint in PYTHON if re.search(pattern, str(error))), None)


def named(character: str) -> str:
    """A character and what Unicode calls it."""
    return f"'{character}' ({' + '.join(unicodedata.name(c, f'U+{ord(c):04X}').lower() for c in character)})"


def plainly(character: str) -> str | None:
    """What to write instead of a character that has no glyph."""
    if unicodedata.combining(character[0]):
        return "write the letter and its accent as one character, or an accent of TeX's, such as \\hat{x}"
    plain = unicodedata.normalize("NFKC", character)
    return f"write '{plain}'" if plain != character else "say it in words, or by a macro of TeX's"


# Where TeX's sources have names of a kind.
KEY = r"([a-z][a-z -]*?[a-z])(?: *=|/\.| style)"
ROLE, NODE = r"\\(?:colour|shade|role|colorlet)\{(\w+)\}", r"\(([a-z][\w -]*)\)"
SHAPE = r"(?:\\pgfdeclareshape\{|\bshape *= *)(\w+)"
VALUE = r"\\define\{value\}\{(.+?)\}"

COMPUTE = "compute it in the figure's module"
MANUAL = "look it up in the manual of PGFPlots or TikZ"

CHARACTER = r"Unicode character (\S+) \(U\+"
# TeX's message; the same in the author's words; what to try; where right names stand. {0} is the name that is wrong.
TEX: tuple[tuple[str, str | None, str | None, str | None], ...] = (
    (r"Undefined control sequence \\([A-Za-z]+)", r"there is no macro \{0}", None, None),
    (r"I do not know the key '/\w+/(.+?)'", "there is no key '{0}'", MANUAL, KEY),
    (r"Undefined color `(.+?)'", "there is no role '{0}'", r"\role in the book's preamble.tex makes one", ROLE),
    (r"No shape named `(.+?)' is known", "there is no node '{0}'", "name a node that is drawn before", NODE),
    (r"Unknown shape `+([\w -]+)", "there is no shape '{0}'", MANUAL, SHAPE),
    (r"There is no value '(.+?)'", None, "the figure's values.json lists what is", VALUE),
    (r"Environment (\w+\*?) undefined", "there is no environment '{0}'", None, None),
    (r"Unknown function `(.+?)'", "'{0}' is neither a number nor a function of PGF's", COMPUTE, None),
    (r"[Cc]ould not parse input '(.+?)'", "'{0}' is no number", COMPUTE, None),
    (r"tikz library '(.+?)'", "there is no TikZ library '{0}'", "the libraries' names are in the manual of TikZ", None),
    (r"[Cc]ould not read table file '(.+?)'", "there is no table {0}", "print a table as ((( name )))", None),
    (r"Could not retrieve column '(.+?)'", "the table has no column '{0}'", None, None),
    (
        r"File `(.+?\.(?:sty|cls|def|tfm|fd))' not found",
        "TeX lacks {0}",
        "`make setup` installs what the book needs, or lists it",
        None,
    ),
    (CHARACTER, None, None, None),
    (
        r"A figure is its picture",
        None,
        r"from \begin{tikzpicture} on; its caption stands in the chapter's \fig, packages in the book's preamble.tex",
        None,
    ),
    (
        r"the (?:gnuplot|shell)-result file '.*?' could not be found",
        "no other program is run for a figure",
        COMPUTE,
        None,
    ),
    (
        r"Font (\S+?)=\S+ .*not loadable",
        "TeX lacks the font {0}",
        "choose another; the book's own faces are in maths-preamble.tex",
        None,
    ),
    (
        r"need to run LuaTeX to use (.+)",
        "{0} needs LuaTeX, and books are made by pdfTeX",
        "the figure's module can compute where things stand",
        None,
    ),
    (
        r"Command \\([A-Za-z]+) already defined",
        r"there is a macro \{0} already",
        r"another name; or \renewcommand, which makes it anew for this picture",
        None,
    ),
    (
        r"Font (\S+) not found as outlines",
        "of the font {0} TeX has no outlines, only bitmaps",
        r"another face, such as \usepackage{lmodern} in the book's preamble.tex for Computer Modern",
        None,
    ),
    (r"Giving up on this path", "the path before has no end", "end it with ;", None),
    (r"Missing \$ inserted", None, "put formulas between $ and $", None),
    (r"Misplaced alignment tab", "this & stands in no table", r"write \& for the sign", None),
    (r"macro parameter character #|Illegal parameter number", "a # cannot stand here", r"write \# for the sign", None),
    (r"Double (?:super|sub)script", None, "say by braces which belongs to which: {x^2}^3 or x^{2^3}", None),
    (r"Lonely \\item", "this \\item stands in no list", r"\begin{itemize} … \end{itemize} around it", None),
    (r"perhaps a missing \\item", r"a list begins with \item", None, None),
    (
        r"Extra alignment tab",
        "the row has more columns than the table",
        r"one letter more in \begin{tabular}{…}, or a \\ at the end of the row before",
        None,
    ),
    (
        r"File `(.+?\.(?:png|pdf|jpe?g|eps|PNG|JPG))' not found",
        "there is no picture '{0}'",
        r"paths begin at the book's folder: \bookdir/chapter/photo.png; what the pipeline draws is shown by \fig",
        None,
    ),
    (
        r"File `(.+?\.tex)' not found",
        "there is no file '{0}'",
        r"paths begin at the book's folder: \input{\bookdir/chapter/section}",
        None,
    ),
    (
        r"(\w+) must be loaded after hyperref",
        "{0} must be loaded after hyperref, which is loaded behind the preamble",
        r"\AddToHook{package/hyperref/after}{\usepackage{…}} does so",
        None,
    ),
    (r"Illegal unit of measure|Missing number", None, "a length has a number and a unit, such as 2pt", None),
    (
        r"Dimension too large|result is too large",
        "Dimension too large",
        "TeX's lengths end at 16383.99pt: scale the numbers in the figure's module",
        None,
    ),
    (r"TeX capacity exceeded", None, "let the figure's module write fewer points", None),
    (
        r"does not know its page",
        None,
        "the book is made of figures, and its pages come later: say it in the caption or the text",
        None,
    ),
    (
        r"figure's width is",
        None,
        r"say widths in \linewidth, which is made to fit, or begin with \widefigure or \turnedfigure",
        None,
    ),
    (
        r"figure's height is .* its slide",
        None,
        r"give it more of the slide, \fig[height=…], or let its template draw by \measure and \pictureheight",
        None,
    ),
    (r"figure's height is", None, r"make it no higher than \pictureheight: figures are never scaled", None),
)


def tex_hint(message: str, corpus: str) -> tuple[str, str | None, str | None]:
    """(the message in the author's words, what to try or None, the name that is wrong or None).

    corpus : TeX's sources, in which the right names stand.
    """
    for pattern, words, hint, names in TEX:
        if found := re.search(pattern, message, re.IGNORECASE):
            name = found[1] if found.re.groups else None
            if name and pattern == CHARACTER:
                return f"no font of the book's has {named(name)}", plainly(name), name
            near = nearest(name, {*re.findall(names, corpus)} - {name}, least=0.75) if names else None
            return words.format(name) if words else message, near or hint, name
    return message, None, None
