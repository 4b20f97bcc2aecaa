"""The operators of a PDF's content streams, as pikepdf reads them (ISO 32000-1, 7.8.2)."""

import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from pipeline.errors.author import AuthorError
from pipeline.pdf.operators import NUMERIC

# The most of a layer's marks, like those that are shown. Of 100 000 discs, 800 000 operators, a pattern leaves them out
# in 0.3 s; pikepdf would take 2.8 s to read them.
HIDDEN = re.compile(rb"/Layer BMC\s.*?\sEMC\b", re.DOTALL)
# Most of a surface's instructions are numbers and an operator of NUMERIC: pikepdf takes five times as long for one.
# Strings, as far as their brackets are nested three deep, and comments may have in them what looks like some.
NUMBER = rb"[-+]?(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)"
# No group is possessive: Python before 3.11.5 matches those wrongly. No operator of NUMERIC has more than six operands.
PLAIN = rb"(?:%s\s++){0,6}(?:%s)(?:\s++|\Z)" % (
    NUMBER,
    b"|".join(re.escape(name).encode() for name in sorted(NUMERIC, reverse=True)),
)
DEEP = rb"[^\\()]|\\."
for _ in range(3):
    DEEP = rb"[^\\()]|\\.|\((?:%s)*\)" % DEEP
RUN = re.compile(rb"\((?:%s)*\)|\(|%%[^\r\n]*+|(?<!\S)(?P<run>(?:%s)+)" % (DEEP, PLAIN), re.DOTALL)
EACH = re.compile(r"([^A-Za-z]*+)([A-Za-z*]++)")
IMAGE = re.compile(rb"(?<!\S)BI(?!\S)")
TAKEN = "PlainRun"

Instruction = tuple[Sequence[Any], str]  # operands, operator


def content(stream: pikepdf.Object | pikepdf.Page) -> bytes:
    """The bytes of a form, or of a page."""
    if not isinstance(stream, pikepdf.Page):
        return stream.read_bytes()
    given: Any = stream.get("/Contents", pikepdf.Array())
    return b"\n".join(part.read_bytes() for part in (given if isinstance(given, pikepdf.Array) else [given]))


def instructions(stream: pikepdf.Object | pikepdf.Page) -> Iterator[Instruction]:
    """(operands, operator), one by one: of operators in NUMERIC floats, of others pikepdf's objects, int and Decimal.

    An inline image is one operand, a PdfInlineImage, of the operator INLINE IMAGE. What layers hide is left out.
    AuthorError where what is read is no instruction, or the stream ends within one.
    """
    text = HIDDEN.sub(b"", content(stream))
    short, taken = without_plain(text)
    holder = pikepdf.new()  # lives as long as what is read
    read = parsed(short, holder)
    if any(name == TAKEN and len(given) != 1 for given, name in read):  # an operand before what was taken out
        read, taken = parsed(text, holder), []
    for given, name in read:
        yield from plain(taken[int(given[0])]) if name == TAKEN and taken else [(given, name)]


def parsed(text: bytes, holder: pikepdf.Pdf) -> list[Instruction]:
    """As pikepdf reads them, into a PDF."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = pikepdf.parse_content_stream(pikepdf.Stream(holder, text))
    if faults := [*holder.get_warnings(), *(str(warning.message) for warning in caught)]:
        raise AuthorError(f"a page's or a form's content is damaged: {faults[-1].rpartition(': ')[2]}")
    operators = ((instruction.operands, str(instruction.operator)) for instruction in found)
    with pikepdf.explicit_conversion():  # of numbers to floats at once: by Decimals it would take half as long again
        read: list[Any] = [(list(map(float, given)) if name in NUMERIC else given, name) for given, name in operators]
    return read


def without_plain(text: bytes) -> tuple[bytes, list[str]]:
    """The text with the operator TAKEN instead of each run of plain instructions, and these; none where it cannot be
    told at a glance where a string or an image ends."""
    taken: list[str] = []
    odd = IMAGE.search(text) is not None or TAKEN.encode() in text

    def take(match: re.Match[bytes]) -> bytes:
        nonlocal odd
        if (run := match["run"]) is None:
            odd = odd or match[0] == b"("
            return match[0]
        taken.append(run.decode("ascii"))
        return b"%d %s " % (len(taken) - 1, TAKEN.encode())

    short = text if odd else RUN.sub(take, text)
    return (text, []) if odd else (short, taken)


def plain(run: str) -> list[Instruction]:
    """Those of a run that was taken out."""
    return [(list(map(float, given.split())), name) for given, name in EACH.findall(run)]
