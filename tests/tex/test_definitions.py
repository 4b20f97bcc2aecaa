"""What the text may quote of figures and values, as TeX reads it."""

import json

from pipeline.project.book import Book
from pipeline.tex.definitions import definitions


def test_definitions(project, book):
    project.edit("book.yaml", "A minimal book", "'50% & #1_{x}'\ncopyright: 2026 Nobody\ncolophon: $\\alpha$ & more")
    project.edit("line/fit.py", "A fitted line.", "A_b & 5%.")
    project.edit(
        "line/fit.py", "Fifty points near a straight line, and the line that gradient descent fits to them.", "É"
    )
    (project.root / book.values("line/fit")).write_text(
        json.dumps({"slope": 2.5, "list": [1, 2], "ends": [[1, 2]]}), encoding="utf-8"
    )
    lines = definitions(Book(book.root), "light", ["line"]).splitlines()
    assert lines == [
        r"\def\booktitle{50\% \& \#1\_\{x\}}", r"\def\booksubtitle{}", r"\def\bookauthor{Nobody}",
        r"\def\bookdate{}", r"\def\bookcopyright{© 2026 Nobody}", r"\def\bookisbn{}", r"\def\bookcolophon{$\alpha$ \& more}",
        r"\def\plaintitle{50\% \& \#1\_\{x\}}", r"\def\plainauthor{Nobody}", r"\def\plainsubtitle{}",
        r"\def\pdftitle{<FEFF00350030002500200026002000230031005F007B0078007D>}", r"\def\pdfauthor{<FEFF004E006F0062006F00640079>}",
        r"\def\pdfsubtitle{<FEFF>}", r"\def\booklanguage{british}",
        r"\def\buildstamp{}", r"\def\bookdecimal{.}", r"\def\chapters{\inputchapter{line}}", r"\define{title}{line/net}{A linear predictor}",
        r"\define{title}{line/fit}{A\_b \& 5\%}", *lines[19:20], r"\define{alt}{line/fit}{<FEFF00C9>}",
        r"\define{value}{line/fit/slope}{2.5}", r"\define{digits}{line/fit/slope}{{2}{2}{1}{fixed}}",
        r"\define{value}{line/fit/list/0}{1}", r"\define{digits}{line/fit/list/0}{{0}{2}{1}{fixed}}",
        r"\define{value}{line/fit/list/1}{2}", r"\define{digits}{line/fit/list/1}{{0}{2}{1}{fixed}}",
    ]  # fmt: skip
