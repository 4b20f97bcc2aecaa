"""Compares all figures, previews and pages with those of another commit.

That is built in a clone of its own, from what is built here as far as it is the same; its pictures are kept, so that a
second comparison begins at once. build/visual/index.html shows what has changed: before, after, and what differs, those
first that differ most. Pages are known by what is on them: one that is put in changes no other. The commit's name in a
page's foot is not compared.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import jinja2

from pipeline.cli import print_json, run
from pipeline.errors.author import UsageError
from pipeline.files import whole_folder, write
from pipeline.project.book import Book
from pipeline.regression import earlier
from pipeline.regression.pictures import Change, compared, line, pairs, ranked


def page(book: Book, base: str, groups: Sequence[Sequence[Change]], number: int) -> str:
    """What a browser shows."""
    source = Path(book.template("visual.html.j2")).read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(title=book.plain(book.config["title"]), base=base, groups=groups, number=number)


def visual(
    book: Book, editions: Sequence[str], base: str | None = None, against: str | None = None, as_json: bool = False
) -> int:
    """Builds what is not current, compares, and returns the exit status: 0 where nothing has changed."""
    if base and against:
        raise UsageError("--base and --against both say what to compare with", "give one of them")
    commit = None if against else earlier.commit_of(book, base)
    earlier.make(Path(), book.root, earlier.targets(book, editions))
    earlier.keep_today(book, editions)
    before = earlier.against(book, str(against)) if commit is None else earlier.built(book, commit, editions)
    named, folder = against or f"{base or (commit and commit[:8])}", earlier.home(book)
    asked = list(pairs(before, book.build, editions))
    with whole_folder(folder / "pictures") as aside, ThreadPoolExecutor() as threads:
        changes = [change for change in threads.map(partial(compared, folder=aside), asked) if change]
    groups = ranked(changes)
    write(folder / "index.html", page(book, named, groups, len(asked)))
    if as_json:
        records = [change.record() for group in groups for change in group]
        print_json({"base": against or commit, "same": not changes, "compared": len(asked), "changes": records})
    else:
        print(*map(line, groups), f"{len(changes)} of {len(asked)} pictures have changed since {named}", sep="\n")
        print(f"see {folder}/index.html")
    return int(bool(changes))


if __name__ == "__main__":
    run(visual, __doc__, "against", "base", "editions", "json")
