"""What preflight finds: a breach of a promise, where the author wrote it, and what to write instead."""

import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.errors.author import AuthorError
from pipeline.pdf.geometry import Box


@dataclass
class Finding:
    """A breach of a promise at one place, which may be that of several objects."""

    where: str  # 'file:line' of what the author wrote, where it is known; a file, and the page
    what: str  # 'a line of 0.20 pt at (50, 10) pt; at least 0.50 pt'
    advice: str | None = None
    figure: str | None = None
    file: str | None = None  # the PDF in which it is seen
    page: int | None = None  # from 0
    box: Box | None = None  # in bp
    amount: float | None = None  # by which a promise's breaches can be ranked
    objects: int = 1
    also: list[str] = field(default_factory=list)  # further places that have it
    about: tuple[str, ...] = ()  # the palette's two roles

    @property
    def line(self) -> str:
        """The breach in a line, as the author is told."""
        more = f" ({self.objects} objects)" if self.objects > 1 else ""
        also = f", and {listed(self.also)}" if self.also else ""
        return f"{self.where}: {self.what}{more}{also}"

    def record(self) -> dict[str, Any]:
        return {"line": self.line} | asdict(self)


def listed(places: list[str], most: int = 3) -> str:
    """'in lines 4, 7 and 2 more'"""
    rest = len(places) - most
    return f"in {', '.join(places[:most])}" + (f" and {rest} more" if rest > 0 else "")


@dataclass
class Unread:
    """What could not be looked at: one entry a document or page, whatever went wrong. All else is checked."""

    found: list[Finding] = field(default_factory=list)

    @contextmanager
    def told(self, where: str, figure: str | None = None, file: str | None = None) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.tell(error, where, figure, file)

    def tell(self, error: Exception, where: str, figure: str | None = None, file: str | None = None) -> None:
        about = f"{file} " if file and file != where else ""
        entry = Finding(where, f"{about}could not be looked at: {reason(error)}", figure=figure, file=file)
        hint = error.hint if isinstance(error, AuthorError) else None
        entry.advice = hint or "all else was; make it anew, and what it includes"
        if not any(other.where == where and other.file == file for other in self.found):
            self.found.append(entry)

    def record(self, looked_at: int) -> dict[str, Any]:
        return record("reading", "every figure and page can be looked at", looked_at, breaches=self.found)


def record(
    name: str,
    promised: str | None,
    checked: int,
    extreme: str | None = None,
    advice: str | None = None,
    breaches: Iterable[Finding] = (),
    notes: Iterable[Finding] = (),
) -> dict[str, Any]:
    """What the report says of a promise: notes tell what breaks it, too, but are no fault. Without `advice` each breach
    has its own."""
    return {
        "name": name,
        "promised": promised,
        "checked": checked,
        "extreme": extreme,
        "advice": advice,
        "breaches": [*breaches],
        "notes": [*notes],
    }


def reason(error: Exception) -> str:
    """What an exception says to the author; what nobody foresaw by its name and place, and in the log whole."""
    if isinstance(error, AuthorError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return f"{error.filename} is not there"
    if isinstance(error, pikepdf.PdfError):
        return f"it is damaged: {str(error).rpartition(': ')[2]}"
    traceback.print_exception(error, file=sys.stderr)
    *_, last = traceback.extract_tb(error.__traceback__)
    said = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {said} ({Path(last.filename).name}:{last.lineno})"
