"""What a promise is: a sentence, and a function that looks at all that it is about."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.checks.finding import Finding, Unread, record
from pipeline.pdf.document import Document, at
from pipeline.pdf.geometry import Box
from pipeline.pdf.painted import Paint, Placed
from pipeline.pdf.ticks import TickLabel
from pipeline.style.editions import Edition


class Seen(NamedTuple):
    """One look: what was found, where, and the fault in it. A fault's {} stands for the value; equal faults are told
    once. hint : what to write, where that is more than the promise's advice; alike : what those faults have in common
    that are told by the worst of them."""

    value: float | str | None
    document: Document
    page: int | None = None
    thing: Paint | Placed | TickLabel | Box | None = None
    fault: str | None = None
    hint: str | None = None
    alike: str | None = None

    @property
    def box(self) -> Box | None:
        return self.thing if self.thing is None or isinstance(self.thing, tuple) else self.thing.box

    @property
    def line(self) -> str | None:
        source = self.thing.source if isinstance(self.thing, Paint | TickLabel) else None
        return self.document.line(self.page, self.box, source)


Wanted = Callable[[Edition], str | None]
Look = Callable[[Edition, Sequence[Document]], Iterator[Seen]]
Extreme = Callable[[list[Any]], float | str]  # of the values of one promise: all numbers, or all words


@dataclass(frozen=True)
class Promise:
    """`wanted` says what an edition promises, nothing where it does not; `look` yields Seen."""

    name: str
    wanted: Wanted
    look: Look
    extreme: Extreme  # of all values seen, the one that says most
    form: str
    advice: str  # what the author may do about a breach
    note: bool = False  # whether what breaks it is told, and nothing fails

    def kept(self, edition: Edition, documents: Sequence[Document], unread: Unread) -> dict[str, Any]:
        """A record for the report: how many objects were looked at, the extreme among them, and breaches."""
        checked = 0
        values: list[float | str] = []
        faults: dict[tuple[str, str | None, str], list[Seen]] = {}
        for document in documents:
            with unread.told(document.template or document.path, document.figure, document.path):
                for seen in self.look(edition, [document]):
                    checked += 1
                    if seen.value is not None:
                        values.append(seen.value)
                    if seen.fault:
                        key = document.path, document.figure or seen.line or str(seen.page), seen.alike or seen.fault
                        faults.setdefault(key, []).append(seen)
        wanted, extreme = self.wanted(edition), self.extreme(values) if values else None
        found = [self.finding(seen, wanted) for seen in faults.values()]
        said, ranked = extreme if extreme is None else self.form.format(extreme), self.ranked(found)
        breaches, notes = ([], ranked) if self.note else (ranked, [])
        return record(self.name, wanted, checked, said, self.advice, breaches, notes)

    def ranked(self, found: Sequence[Finding]) -> list[Finding]:
        """The worst first."""
        amounts = [finding.amount for finding in found if finding.amount is not None]
        if len(amounts) < len(found) or not amounts:
            return [*found]
        most = self.extreme(amounts) == max(amounts) != min(amounts)
        return sorted(found, key=lambda finding: finding.amount or 0, reverse=most)

    def finding(self, found: Sequence[Seen], wanted: str | None) -> Finding:
        most = self.extreme([seen.value for seen in found]) if found[0].value is not None else None
        worst = next((seen for seen in found if seen.value == most), found[0])  # of words none is the worst
        document, line = worst.document, worst.line
        shown = worst.thing.figure if self.note and isinstance(worst.thing, Placed) else None
        at_ = f" at {at(worst.box)}" if worst.box and (document.figure or not line) else ""
        page = "" if document.figure or worst.page is None else f"page {worst.page + 1}"
        where = line or document.template or ", ".join(filter(None, [document.path, page]))
        what = f"{(worst.fault or '').format(worst.value)}{at_}; {wanted}"
        lines = list(dict.fromkeys(place for seen in found if (place := seen.line) and place != where))
        return Finding(
            where,
            f"on {page}: {what}" if line and page else what,
            worst.hint or self.advice,
            document.figure or shown,
            document.path,
            worst.page,
            worst.box,
            worst.value if isinstance(worst.value, float | int) else None,
            len(found),
            [
                place.rpartition(":")[2] if place.startswith(f"{where.rpartition(':')[0]}:") else place
                for place in lines
            ],
        )


PROMISES: list[Promise] = []


def given(documents: Sequence[Document]) -> list[Document]:
    """What readers and listeners are given: a book, or a talk's slides."""
    return [document for document in documents if not document.figure]


def books(documents: Sequence[Document]) -> list[Document]:
    return [document for document in given(documents) if not document.slides]


def every(values: Iterable[str]) -> str:
    return ", ".join(sorted(set(values)))


def promise(
    name: str, wanted: Wanted, advice: str, form: str = "{}", extreme: Extreme = every, note: bool = False
) -> Callable[[Look], Look]:
    def add(look: Look) -> Look:
        PROMISES.append(Promise(name, wanted, look, extreme, form, advice, note))
        return look

    return add
