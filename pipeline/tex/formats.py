"""Whether an edition's format is good: for the sources it was made from, the files of TeX's own that it read, and one build of TeX."""

import os
from pathlib import Path

from pipeline.records.digest import digest_of
from pipeline.records.record import drawn_with, part
from pipeline.records.sidecar import read
from pipeline.records.versions import tex
from pipeline.tex.compile import ink_file


def states(paths):
    """{path: size and time of change}; None of a file that is gone."""
    found = {path: os.stat(path) if os.path.isfile(path) else None for path in paths}  # some hundred, for each figure
    return {path: stat and [stat.st_size, stat.st_mtime_ns] for path, stat in found.items()}


def changed(book, edition):
    """What tells the files of TeX's own that the last format has read from those of the one before: the rule's parameter.

    So it stays as it was when the format was made, until one of them changes again.
    """
    kept = read(book.format(edition))
    now = states(kept.get("packages", ()))
    names = [Path(path).name for path, state in now.items() if state != kept["packages"][path]]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more} changed ({digest_of(now)})" if names else kept.get("changed", "")


def made_from(book, edition):
    return part(book, [*drawn_with(book, edition), *ink_file(book, edition).values()], tex())


def usable(book, edition):
    """An edition's format, or None and a note where there is no good one."""
    path = book.format(edition)
    kept = read(path)
    packages = kept.get("packages")
    if not Path(path).is_file() or packages is None:
        what = "is not there"
    elif not packages:
        what = "cannot be made"
    elif kept["record"] != made_from(book, edition) or states(packages) != packages:
        what = "is not of today's sources"
    else:
        return path
    print(f"note: {path} {what}: figures are compiled without it, which takes longer")
