"""Where models are trained: on the CPU, which is the reference, or on a GPU. Tables are computed on the CPU always."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.errors.author import AuthorError
from pipeline.project.config import line_of

if TYPE_CHECKING:
    from pipeline.project.book import Book

FOUND = "PIPELINE_GPU"


def gpu() -> bool:
    """Whether torch can use a GPU. To ask takes a second where torch is built for one, so child processes inherit the
    answer."""
    if FOUND not in os.environ:
        os.environ[FOUND] = "1" if asked_of_torch() else ""
    return bool(os.environ[FOUND])


def asked_of_torch() -> bool:
    from importlib import metadata  # only who asks pays for it

    if metadata.version("torch").endswith("+cpu"):
        return False
    torch = import_module("torch")  # not a package that all who ask for the device depend on
    return torch.cuda.is_available()


def device(book: "Book") -> str:
    """'cpu' or 'cuda': what book.yaml asks for, `auto` resolved."""
    asked = book.config["device"]
    return asked if asked != "auto" else "cuda" if gpu() else "cpu"


def check_device(book: "Book") -> None:
    """Raises AuthorError where models are to be trained on a GPU and there is none."""
    if device(book) == "cuda" and not gpu():
        path = book.root / "book.yaml"
        hint = "'auto' takes one where there is one; torch's build for the CPU, version …+cpu, sees none"
        raise AuthorError(
            f"{path}:{line_of(path.read_text(encoding='utf-8'), ['device'])}: device: torch finds no GPU here", hint
        )
