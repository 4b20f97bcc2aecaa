"""Numbers, words and dates that the text quotes, as a reader finds them in the PDF."""

import re

import pytest

import pdfs

SAID = {
    r"\val{line/fit/one}": "0.99987",
    r"\val[percent]{line/fit/one}": "99.987%",
    r"\val[percent, precision=0]{line/fit/one}": "100%",
    r"\val{line/fit/many}": "1234567890123",
    r"\val{line/fit/year}": "2020",
    r"\val[precision=6]{line/fit/angle}": "3.141593",
    r"\val{line/fit/angle}": "3.14",
    r"\val[fixed]{line/fit/little}": "-0.001",
    r"\val[fixed, precision=1]{line/fit/large}": "12345678.9",
}


@pytest.mark.slow
def test_numbers_are_quoted_with_the_digits_that_they_need(project):
    numbers = "one=0.99987, many=1234567890123, year=2020, angle=3.14159265358979, little=-0.001, large=12345678.9"
    numbers += ", best='wide & deep', begun=__import__('datetime').date(2025, 1, 31), times=['2 %', 3.5]"
    project.edit("line/fit.py", "Values(slope", f"Values({numbers}, slope")
    quotes = "\n\n".join(f"({quote})" for quote in SAID)
    quotes += "\n\n" r"[\val[percent, precision=2]{line/fit/best}; \val{line/fit/begun}; \val{line/fit/times/0}]"
    project.edit("line/chapter.tex", "The method of", f"{quotes}\n\nThe method of")
    project.make("line")
    text = pdfs.text(project.build / "chapters/light/line.pdf").replace("−", "-")
    assert re.findall(r"\((-?[\d.%]+)\)", re.sub(r"\s", "", text)) == list(SAID.values())
    assert "[wide & deep; 31 January 2025; 2 %]" in " ".join(text.split())
