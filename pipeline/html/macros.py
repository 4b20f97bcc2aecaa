"""The stylesheet's macros, for what sets maths on pages."""

import re

from pipeline.style.maths import mathematical
from pipeline.style.stylesheet import Stylesheet

Macro = tuple[int, str | None, str]  # number of arguments; default of the first, if it has one; body


def macros(style: Stylesheet) -> dict[str, Macro]:
    """{name: Macro} of the stylesheet's macros for maths; those of colours only set a class."""
    known = mathematical(style)
    found: dict[str, Macro] = {name: (1, None, rf"\class{{{name}}}{{#1}}") for name in style.inks}
    for name, (count, default, body) in style.macros.items():
        if name in known:
            found[name] = count, default, re.sub(r"\\bm(?![A-Za-z])", r"\\boldsymbol", body)
    return found
