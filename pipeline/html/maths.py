"""Maths as MathML, made by Temml when the page is built: no page needs a script to show it."""

import re
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors.author import AuthorError
from pipeline.records.reads import told
from pipeline.style.stylesheet import Stylesheet

TEMML = Path(__file__).with_name("temml") / "temml.min.js"
RENDER = """function render(tex, display, macros) {
  try {
    return [temml.renderToString(tex, {displayMode: display, macros: macros, trust: true, throwOnError: true}), ""]
  } catch (error) { return ["", error.rawMessage || error.message] }
}"""


class Maths:
    """Renders formulas with a style's macros. An ink is a class, whose colour is the page's."""

    def __init__(self, style: Stylesheet) -> None:
        self.style = style
        self.inks = {rf"\{name}": rf"\class{{{name}}}{{#1}}" for name in style.inks}

    @cached_property
    def engine(self) -> Any:
        from py_mini_racer import MiniRacer  # a book may have no formula

        told(TEMML)
        engine = MiniRacer()
        engine.eval(TEMML.read_text(encoding="utf-8"))
        engine.eval(RENDER)
        return engine

    def mathml(self, tex: str, display: bool = False) -> str:
        """A formula's MathML. Raises an AuthorError where it cannot be read."""
        plain = re.sub(r"\\ensuremath(?![A-Za-z])", "", self.style.expand(tex))
        found, error = self.engine.call("render", plain, display, self.inks)
        if error:
            raise AuthorError(f"${tex}$: {error}", "a page's maths has LaTeX's commands and the stylesheet's macros")
        return str(found)
