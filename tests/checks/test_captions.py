"""Captions that say their titles again, and floats far from the words that name them."""

from pathlib import Path

import pytest

import tiny
from pipeline.checks.captions import captions, far, first_named, repeats
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page, digest


@pytest.mark.parametrize(
    ("title", "caption", "again"),
    [
        ("Training at zero temperature", "Zero-temperature training, one step a sample. Above, the way.", True),
        ("Three losses for a pair of energies", "Three losses against the energies of a pair.", True),
        ("Training at zero temperature", "Each sample pulls at one point alone. Above, the way.", False),
        ("Training at zero temperature", "Above, the way. The training has zero temperature.", False),
        ("Waves", "Waves on a lake.", False),  # of one word
        ("Waves on a lake", r"Waves in $x$ on the lake, \val{waves/lake/count} of them.", True),
    ],
)
def test_a_caption_that_says_its_title_again(title, caption, again):
    assert (repeats(title, caption) >= 0.6) == again


def test_captions_are_read_with_their_lines(tmp_path):
    text = "% \\fig{a/no}{No.}\nWords.\n\\fig[p]{a/one}{It has {braces} and\nlines.}\n\\tab{a/two}{Two.}\n"
    (tmp_path / "chapter.tex").write_text(text, encoding="utf-8")
    found = [*captions(tmp_path / "chapter.tex")]
    assert found == [("a/one", 3, "It has {braces} and\nlines."), ("a/two", 5, "Two.")]


@pytest.mark.parametrize(
    ("named", "said"), [(0, None), (1, None), (2, "line/fit stands on page 1, and is named on page 3")]
)
def test_a_float_far_from_its_words(tmp_path, named, said):
    file = tmp_path / "chapter.tex"
    file.write_text("% \\figref{line/fit}\nIn \\figref{line/fit}, and\nin \\Figref*{line/fit}.\n", encoding="utf-8")
    pages = {named: [(str(file), 2, 0, 9, 9)], named + 1: [(str(file), 2, 0, 9, 9), (str(file), 3, 0, 9, 9)]}
    first = first_named([Path(file)], pages)
    assert first == {"line/fit": (named, f"{file}:2")}
    forms = {"Fit": lambda pdf: tiny.form(pdf, tiny.SQUARE)}
    with tiny.pdf("/Fit Do", XObject=forms) as made:
        known = {digest(made.pages[0].Resources.XObject["/Fit"]): "line/fit"}
        made.pages.append(made.pages[0])  # once more, farther off: no matter
        record = far([Document("book.pdf", None, made, [Page(made.pages[0], known=known)])], first)
    assert [finding.what for finding in record["notes"]] == ([said] if said else [])
