"""Runs of TeX by itself: a text, and the figure's frame around a picture, without the pipeline's stages."""

import re
import subprocess

from conftest import MINIMAL, ROOT


def tex(folder, text):
    """TeX's log of a text, which must go well."""
    (folder / "job.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"-output-directory={folder}"]
    done = subprocess.run(
        [*command, folder / "job.tex"], cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace"
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return (folder / "job.log").read_text(encoding="utf-8", errors="replace")


def framed(folder, picture, edition="light", book=MINIMAL):
    """TeX's log of a picture in the figure's frame; its PDF is folder/job.pdf."""
    (folder / "picture.tex").write_text(picture, encoding="utf-8")
    given = {"bookdir": book, "edition": edition, "picturefile": folder / "picture.tex"}
    return tex(
        folder, "".join(rf"\def\{name}{{{value}}}" for name, value in given.items()) + r"\input{templates/figure}"
    )


def said(log, word):
    r"""What a picture's \typeout{word …} says, in order."""
    return re.findall(rf"^{word} (.*)$", log, re.MULTILINE)
