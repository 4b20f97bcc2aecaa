"""What a build has made, as its author sees it: paths, pages and sizes."""

import os
import re
from collections import Counter
from collections.abc import Iterable

FOLDER = re.compile(r".*?/(?:figures|previews)/[^/]+/")  # of an edition
SHOWN = ".pdf", ".png", ".mp4", ".ipynb", "gallery/index.html"
MOST = 8  # single figures that are listed; of more, how many there are

Row = tuple[str, str, str]  # path, pages, size


def size_of(path: str) -> str:
    """A file's size: 812 KB, 2.1 MB."""
    size = os.stat(path).st_size
    return f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{max(round(size / 1e3), 1)} KB"


def pages_of(path: str) -> str:
    if not path.endswith(".pdf"):
        return ""
    import pikepdf  # takes a tenth of a second, and most builds that make nothing need none

    with pikepdf.open(path) as pdf:
        number = len(pdf.pages)
    return f"{number} page" if number == 1 else f"{number} pages"


def described(outputs: Iterable[str]) -> list[Row]:
    """Rows of the PDFs, pictures, films, notebooks and sites among the files that were made: the books and chapters or,
    where none was made, the figures; of many, their folders and how many there are."""
    seen = [path for path in outputs if path.endswith(SHOWN) and os.path.isfile(path)]
    books = [path for path in seen if "/figures/" not in path and "/previews/" not in path]
    paths = sorted(books or seen)
    if len(paths) <= MOST:
        return [(path, pages_of(path), size_of(path)) for path in paths]
    folders = Counter(found[0] if (found := FOLDER.match(path)) else os.path.dirname(path) for path in paths)
    return [(folder, f"{number} files", "") for folder, number in folders.items()]
