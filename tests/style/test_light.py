"""What has colours of its own kind in every edition: light on a ball, fadings, heights; and letters that a face lacks."""

import numpy as np
import pytest

import pdfs
from pipeline.style.colour import rgb
from pipeline.style.stylesheet import Stylesheet
from pipeline.tex.picture import compile_picture

EDITIONS = ("dark", "light")


@pytest.fixture
def drawn(book):
    """drawn(edition, picture) gives the path of its PDF."""

    def drawn(edition, text):
        source, target = book.build / "light.tex", book.build / "light.pdf"
        source.write_text(text, encoding="utf-8")
        compile_picture(book, edition, source, target, "line/light.tex.j2", preloaded=book.format(edition))
        return target

    return drawn
