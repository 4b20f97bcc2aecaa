"""What to try: the nearest name for a misspelt one, and a word for well-known messages of Python, Jinja and TeX."""

import builtins
import re
import sys
from difflib import get_close_matches


def nearest(word, words, least=0.6):
    """The most similar of some words, in quotes, or None where the similarity is below `least`."""
    near = get_close_matches(str(word), sorted(map(str, words)), n=1, cutoff=least)
    return f"'{near[0]}'" if near else None


# A message of Python's or torch's: what to try.
PYTHON = (
    (r"No module named '\w+'$", "add the package to dependencies in pyproject.toml, then `make lock` and `make setup`"),
    (r"shapes cannot be multiplied|size mismatch", "compare the shapes of what goes in with those of build()"),
    (r"does not require grad", "call requires_grad_() on what is differentiated; a trained net comes without"),
    (r"tensors to be on the same device", "move the data to the net: x, y = run.moved(x, y)"),
    (r"have the same dtype|expected scalar type", "nets compute with 32-bit floats: .float() makes them"),
)


def python_hint(error):
    """What to try after an exception in the author's Python or in a template's expression, or None."""
    frame = error.__traceback__
    while frame.tb_next:
        frame = frame.tb_next
    if isinstance(error, NameError):
        return nearest(error.name, {**vars(builtins), **frame.tb_frame.f_globals, **frame.tb_frame.f_locals})
    if isinstance(error, AttributeError) and error.obj is not None:
        return nearest(error.name, dir(error.obj))
    if lost := re.match(r"cannot import name '(\w+)' from '([\w.]+)'", str(error)):
        return nearest(lost[1], vars(sys.modules.get(lost[2], builtins)))
    return next((hint for pattern, hint in PYTHON if re.search(pattern, str(error))), None)


# Where names of a kind stand in TeX's sources.
MACRO, KEY = r"\\([A-Za-z]+)", r"([a-z][a-z -]*?[a-z])(?: *=|/\.| style)"
ROLE, NODE = r"\\(?:colour|shade|role|colorlet)\{(\w+)\}", r"\(([a-z][\w -]*)\)"
VALUE, ENVIRONMENT = r"\\define\{value\}\{(.+?)\}", r"\\begin\{(\w+)\}"

# A message of TeX's: the same in the author's words, what to try, where the nearest name is looked for. {0} is the name.
TEX = (
    (r"Undefined control sequence \\(\w+)", r"Undefined control sequence \{0}", "define it in templates/maths-preamble.tex", MACRO),
    (r"I do not know the key '/\w+/(.+?)'", "there is no key '{0}'", "look it up in the manual of PGFPlots or TikZ", KEY),
    (r"Undefined color `(.+?)'", "there is no role '{0}'", r"\role in templates/maths-preamble.tex makes one", ROLE),
    (r"No shape named `(.+?)' is known", "there is no node '{0}'", "name a node that is drawn before", NODE),
    (r"There is no value '(.+?)'", None, "the figure's values.json lists what is", VALUE),
    (r"Environment (\w+) undefined", "there is no environment '{0}'", None, ENVIRONMENT),
    (r"Unknown function `(.+?)'", "'{0}' is neither a number nor a function of PGF's", "compute it in the figure's module", None),
    (r"[Cc]ould not parse input '(.+?)'", "'{0}' is no number", "compute it in the figure's module", None),
    (r"tikz library '(.+?)'", "there is no TikZ library '{0}'", "the libraries' names are in the manual of TikZ", None),
    (r"[Cc]ould not read table file '(.+?)'", "there is no table {0}", "print a table as ((( name )))", None),
    (r"Could not retrieve column '(.+?)'", "the table has no column '{0}'", None, None),
    (r"File `(.+?\.(?:sty|cls|def|tfm|fd))' not found", "TeX lacks {0}", "`make setup` installs what the book needs, or lists it", None),
    (r"Giving up on this path", "the path before has no end", "end it with ;", None),
    (r"Missing \$ inserted", None, "put formulas between $ and $", None),
    (r"Illegal unit of measure|Missing number", None, "a length has a number and a unit, such as 2pt", None),
    (
        r"Dimension too large|result is too large",
        "Dimension too large",
        "TeX's lengths end at 16383.99pt: scale the numbers in the figure's module",
        None,
    ),
    (r"TeX capacity exceeded", None, "let the figure's module write fewer points", None),
    (r"figure's width is", None, r"make it no wider than \measure: figures are never scaled", None),
)


def tex_hint(message, corpus):
    """(the message in the author's words, what to try or None, the name that is wrong or None); `corpus` holds the right names."""
    for pattern, words, hint, names in TEX:
        if found := re.search(pattern, message, re.IGNORECASE):
            name = found[1] if found.re.groups else None
            near = nearest(name, {*re.findall(names, corpus)} - {name}, least=0.75) if names else None
            return words.format(name) if words else message, near or hint, name
    return message, None, None
