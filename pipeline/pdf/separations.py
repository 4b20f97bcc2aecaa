"""The inks of pages as Ghostscript lays them down."""

import re
import subprocess
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.errors.author import AuthorError
from pipeline.pdf.document import Document

DPI = 36
PLATE = re.compile(rb"P7\nWIDTH (\d+)\nHEIGHT (\d+)\nDEPTH 4\n.*?ENDHDR\n", re.DOTALL)
COMMAND = ["gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pamcmyk32", f"-r{DPI}", "-sOutputFile=%stdout"]


def plates(paths: Sequence[str]) -> Iterator[NDArray[np.uint8]]:
    """Arrays (height, width, cmyk) of all pages of all files, in 0…255."""
    try:
        done = subprocess.run([*COMMAND, *paths], capture_output=True, check=True)
    except FileNotFoundError:
        raise AuthorError("gs is not installed; `make setup` installs it, or says how") from None
    except subprocess.CalledProcessError as error:
        raise AuthorError(
            f"{', '.join(paths)}: Ghostscript fails: {error.stdout.decode(errors='replace').strip()}"
        ) from None
    at = 0
    while header := PLATE.match(done.stdout, at):
        width, height = map(int, header.groups())
        at = header.end() + 4 * width * height
        yield np.frombuffer(done.stdout[header.end() : at], np.uint8).reshape(height, width, 4)


def lay_down(documents: Sequence[Document]) -> None:
    """Gives documents their inks."""
    pages = plates([document.path for document in documents])
    for document in documents:
        arrays = [next(pages) / 2.55 for _ in document.pages]
        document.inks = [
            (array.mean(axis=(0, 1)).round(1).tolist(), float(array.sum(axis=2).max())) for array in arrays
        ]
