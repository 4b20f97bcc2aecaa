"""Content streams, read as pikepdf reads them, and faster."""

import pikepdf

import tiny
from pipeline.pdf.content import PLAIN, instructions


def test_content_is_read_as_pikepdf_reads_it():
    """Strings, names, dictionaries and comments, and an inline image, after which pikepdf goes on."""
    image = "BI /W 4 /H 4 /BPC 8 /CS /G ID (((( EI Q Q EI"
    texts = [
        "q 1 0 0 -1 .5 +2. cm[(a(b(c\\))d)) -250(e\\\\)]TJ/F 9 Tf<4142>Tj(\\() ' 1 2(x) \" Q",
        "/P <</Alt (1 0 0 rg) /A [1 2 << /B /C#20D >>] /N null /T true>> BDC EMC [] 0 d [3 2] 1 d f* B* T* 0 0 m",
        f"1 w {image} q % 0 0 m\n Q 2 w",
        "(((a deep (string)))) Tj 1 w",
        "  \n",
    ]
    for text in texts:
        with tiny.pdf(text) as pdf:
            expected = [(operands, str(operator)) for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])]
            read = list(instructions(pdf.pages[0]))
            assert [name for _, name in read] == [name for _, name in expected]
            for (operands, name), (known, _) in zip(read, expected, strict=True):
                convert = float if name in PLAIN else lambda operand: operand
                assert list(map(convert, operands)) == list(map(convert, known)) or name == "INLINE IMAGE"
