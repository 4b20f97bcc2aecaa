"""The book's type for pages: what of its fonts the pages need, as WOFF2."""

import subprocess
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.html.dressing import dress

PAGELLA = "texgyrepagella-{}.otf"  # of TeX's files
TEXT = "regular", "italic", "bold"
MATHS, OTHER = PAGELLA.format("math"), "latinmodern-math.otf"  # the second with Pagella's letters
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’“”‚„‹›…•→←↑↓×−·ﬁﬂ"
FEATURES = ["kern", "liga", "tnum", "lnum", "onum", "mark", "mkmk"]
OF_MATHS = ["dtls", "flac", "rtlm"]


@cache
def found(name: str) -> Path | None:
    """A file of TeX's, where it has it."""
    line = subprocess.run(["kpsewhich", name], capture_output=True, encoding="utf-8").stdout.strip()
    return Path(line) if line else None


def pagella(*faces: str) -> dict[str, Path]:
    """{face: file} of those that are there."""
    return {face: file for face in faces if (file := found(PAGELLA.format(face)))}


def cut(file: Path, letters: Iterable[str], features: list[str]) -> Any:
    """A font with these letters and what they need, such as larger brackets."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=features, notdef_outline=True, desubroutinize=True)
    options.drop_tables += ["FFTM"]
    options.name_IDs, options.hinting = [0, 1, 2, 13, 14], False
    font = subset.load_font(file, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in {*letters}])
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def written(font: Any) -> bytes:
    font.save(out := BytesIO())
    return out.getvalue()


def text(letters: Iterable[str]) -> dict[str, bytes]:
    """{face: WOFF2} of the book's faces that TeX has, for these letters."""
    return {face: written(cut(file, letters, FEATURES)) for face, file in pagella(*TEXT).items()}


def maths(letters: Iterable[str]) -> dict[str, bytes]:
    """The same of the maths; nothing where TeX has no font for it, and the reader's own serves."""
    if file := found(MATHS):
        return {"maths": written(cut(file, letters, [*OF_MATHS, "ssty"]))}
    if file := found(OTHER):
        font = cut(file, letters, OF_MATHS)
        dress(font, pagella(*TEXT, "bolditalic"))
        return {"maths": written(font)}
    return {}
