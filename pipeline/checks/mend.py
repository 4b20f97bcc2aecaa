"""What is to be mended: a reader would stumble over it, though TeX could typeset it.

It takes nothing away: each stage keeps its list beside what it has made, and who wants to be strict asks for them all.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.checks.ranks import weight
from pipeline.errors.author import AuthorError
from pipeline.errors.report import Names, listed
from pipeline.files import write
from pipeline.project.book import Book
from pipeline.project.chapters import draft, meant
from pipeline.project.slides import at


def keep(path: str | Path, found: Iterable[AuthorError]) -> None:
    """Writes a list of what was found."""
    lines = [{"what": str(error), "try": error.hint} for error in found]
    write(path, json.dumps(lines, indent=1, ensure_ascii=False) + "\n")


def kept(path: str | Path) -> list[AuthorError]:
    """What such a list holds; nothing where there is none."""
    text = Path(path).read_text(encoding="utf-8") if Path(path).is_file() else "[]"
    return [AuthorError(line["what"], line["try"]) for line in json.loads(text)]


MOST = 8  # breaches that are told one by one; of more, the worst of each kind


@dataclass
class Breaches:
    """What breaks one promise, the worst first, and what it concerns: {what is said: {figure or "book": editions}}."""

    found: dict[tuple[str, str | None], dict[str, Names]] = field(default_factory=dict)

    def add(self, breach: dict[str, Any], edition: str, of: str, whole: str) -> None:
        concerned = self.found.setdefault((breach["line"], breach["advice"]), {})
        kind, name = ("figure", breach["figure"]) if breach["figure"] else (of, whole)
        concerned.setdefault(kind, {}).setdefault(name, []).append(edition)

    def told(self, page: str | None) -> Iterator[AuthorError]:
        """Each of them or, where there is a page that has them all, the worst, which says how many there are."""
        for (what, hint), concerned in [*self.found.items()][: 1 if page else None]:
            rows = {kind: listed(names) for kind, names in concerned.items()}
            error = AuthorError(what, hint, **rows)
            if page and (rest := len(self.found) - 1):
                figures = {name for each in self.found.values() for name in each.get("figure", {})}
                where = f", in {len(figures)} figures in all" if len(figures) > 1 else ""
                error.rows["more"] = f"{rest} of this kind{where}: {page}"
            yield error


Talks = Sequence[tuple[str, str]]  # (talk, edition)


def breaches(book: Book, editions: Sequence[str], talks: Talks = ()) -> tuple[list[AuthorError], int]:
    """(what is told of promises that are broken, the worst kind first; how many breaches there are)."""
    kinds: dict[str, Breaches] = {}
    ranks: dict[str, tuple[int, int]] = {}
    silent = [f": {name} has no alt text" for name in book.figures_of(book.chapters) if not book.figures[name].alt]
    pages = []
    of = [(book.preflight(edition), edition, "book", str(book.root)) for edition in editions]
    of += [(book.preflight(at(edition, talk)), edition, "talk", talk) for talk, edition in talks]
    for file, edition, *whole in of:
        path = Path(file)
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"promises": []}
        for promise in report["promises"]:
            for breach in promise["breaches"]:
                if not any(said in breach["line"] for said in silent):  # the list of what the chapters show says so
                    kinds.setdefault(promise["name"], Breaches()).add(breach, edition, *whole)
                    ranks[promise["name"]] = weight(promise)
                    pages.append(str(path.with_suffix(".html")))
    count = sum(len(kind.found) for kind in kinds.values())
    page = ", ".join(dict.fromkeys(pages)) if count > MOST else None
    ranked = sorted(kinds, key=ranks.__getitem__)
    return [error for name in ranked for error in kinds[name].told(page)], count


class ToMend(list[AuthorError]):
    """What is to be mended, and how much of it there is: more where a kind is told by its worst."""

    number = 0


def to_mend(book: Book, editions: Sequence[str], chapters: Sequence[str] = (), talks: Talks = ()) -> ToMend:
    """What is to be mended in these editions of the book, in chapters that are PDFs of their own, and in talks, each
    thing once: of all, of the text, then of what the editions promise.

    A row of each names what it concerns: book="book (dark, light)".
    """
    whole, found = str(book.root), dict[tuple[str, str | None], dict[str, Names]]()

    def add(error: AuthorError, kind: str, name: str, edition: str | None) -> None:
        concerned = found.setdefault((str(error), error.hint), {})
        if kind == "chapter" and "book" in concerned:
            return
        concerned.setdefault(kind, {}).setdefault(name, []).append(edition)

    texts = [(error, edition) for edition in editions for error in kept(book.loose_ends(edition))]
    misspelt = {str(draft(book.figures[name])) for name in meant(book, [error for error, _ in texts])}
    for error in kept(book.loose_ends("contents")) if editions else ():
        if str(error) not in misspelt:
            add(error, "book", whole, None)
    for error, edition in texts:
        add(error, "book", whole, edition)
    of_books = len(found)
    for chapter in chapters:
        for edition in book.all_editions:
            for error in kept(book.loose_ends(f"{edition}/{chapter}")):
                add(error, "chapter", chapter, edition)
    for talk, edition in talks:
        for error in kept(book.loose_ends(at(edition, talk))):
            add(error, "talk", talk, edition)
    told = [
        AuthorError(what, hint, **{kind: listed(names) for kind, names in concerned.items()})
        for (what, hint), concerned in found.items()
    ]
    promised, count = breaches(book, editions, talks)
    listed_ = ToMend([*told[:of_books], *promised, *told[of_books:]])
    listed_.number = len(told) + count
    return listed_
