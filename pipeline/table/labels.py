"""Labels are TeX: what in one would stop TeX, or be lost, far from where it was written."""

import re
import unicodedata
from collections.abc import Iterator

WORDS = {"text", "mbox", "hbox", "textrm", "textnormal", "textbf", "textit", "textsf", "texttt", "textsc", "emph"}
TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\$\$?|.", re.DOTALL)
MEANS = {
    "%": "what follows a % is lost",
    "#": "a # is a macro's argument",
    "&": "a & parts columns",
    "_": "an index stands outside of a formula",
    "^": "an exponent stands outside of a formula",
}
INSTEAD = {"_": r"\_, or the formula in $ … $", "^": r"\textasciicircum{}, or the formula in $ … $"}


def faults(label: str) -> Iterator[tuple[str, str]]:
    r"""(what is wrong, what to write instead) of each character that TeX takes otherwise than as itself.

    What macros that are not known here do with their arguments, and environments with their contents, only TeX knows.
    """
    around = [("", "words", "")]  # what is open: its beginning, what it holds, whose argument it is
    last = ""  # the macro whose argument may come next
    refused = "" if r"\begin" in label else "&_^"
    for token in TOKEN.findall(label):
        begun, holds, owner = around[-1]
        macro, last = last, last if token in "[] " else ""
        if token == "\\" or unicodedata.category(token[-1]) == "Cc":
            yield f"it has {'a last backslash' if token == chr(92) else f'the character {token!r}'}", "leave it out"
        elif token[0] == "$" or token in (r"\(", r"\)"):
            around = around[:-1] if begun == "$" else [*around, ("$", "maths", "")]
        elif token[0] == "\\":
            last = token[1:].rstrip("*")
        elif token == "{":
            known = "words" if macro in WORDS else "maths" if macro == "ensuremath" else ""
            around.append(("{", known or ("?" if macro and holds != "maths" else holds), macro))
        elif token == "}" and begun != "{":
            yield "a $ is missing before a }" if begun else "a } closes nothing", r"close what is open; \} prints one"
            return
        elif token == "}":
            around.pop()
            last = owner
        elif token in "%#" or (token in refused and (holds == "words" or (token == "&" and holds == "maths"))):
            yield MEANS[token], f"write {INSTEAD.get(token, chr(92) + token)}"
    if begun := around[-1][0]:
        what = "a $ is missing" if begun == "$" else "a { is not closed"
        yield what, rf"close it; \{begun} prints one"
