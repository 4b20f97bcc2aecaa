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


def content(stream: pikepdf.Object | pikepdf.Page) -> bytes:
    """The bytes of a form, or of a page."""
    if not isinstance(stream, pikepdf.Page):
        return stream.read_bytes()
    given: Any = stream.get("/Contents", pikepdf.Array())
    return b"\n".join(part.read_bytes() for part in (given if isinstance(given, pikepdf.Array) else [given]))


def instructions(stream: pikepdf.Object | pikepdf.Page) -> Iterator[tuple[Sequence[Any], str]]:
    """(operands, operator), one by one: of operators in NUMERIC floats, of others pikepdf's objects, int and Decimal.

    An inline image is one operand, a PdfInlineImage, of the operator INLINE IMAGE. What layers hide is left out.
    AuthorError where what is read is no instruction, or the stream ends within one.
    """
    holder = pikepdf.new()  # lives as long as what is read
    text = HIDDEN.sub(b"", content(stream))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = pikepdf.parse_content_stream(pikepdf.Stream(holder, text))
    if faults := [*holder.get_warnings(), *(str(warning.message) for warning in caught)]:
        raise AuthorError(f"a page's or a form's content is damaged: {faults[-1].rpartition(': ')[2]}")
    operators = ((instruction.operands, str(instruction.operator)) for instruction in found)
    with pikepdf.explicit_conversion():  # of numbers to floats at once: by Decimals it would take half as long again
        read: list[Any] = [(list(map(float, given)) if name in NUMERIC else given, name) for given, name in operators]
    yield from read
