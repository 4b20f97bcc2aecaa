"""What a promise is: a sentence, and a function that looks at all that it is about."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.pdf.document import Document, at
from pipeline.pdf.geometry import Box
from pipeline.style.editions import Edition


class Seen(NamedTuple):
    """One look: what was found, where, and the fault in it. A fault's {} stands for the value; equal faults are told
    once."""

    value: float | str | None
    document: Document
    page: int | None = None
    box: Box | None = None
    fault: str | None = None


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

    def kept(self, edition: Edition, documents: Sequence[Document]) -> dict[str, Any]:
        """A record for the report: how many objects were looked at, the extreme among them, and breaches as lines."""
        checked = 0
        values: list[float | str] = []
        faults: dict[tuple[str, str], list[Seen]] = {}
        for seen in self.look(edition, documents):
            checked += 1
            if seen.value is not None:
                values.append(seen.value)
            if seen.fault:
                faults.setdefault((seen.document.place(seen.page, seen.box), seen.fault), []).append(seen)
        wanted, extreme = self.wanted(edition), self.extreme(values) if values else None
        return {
            "name": self.name,
            "promised": wanted,
            "checked": checked,
            "extreme": extreme if extreme is None else self.form.format(extreme),
            "advice": self.advice,
            "breaches": [self.line(place, fault, seen, wanted) for (place, fault), seen in faults.items()],
        }

    def line(self, place: str, fault: str, found: Sequence[Seen], wanted: str | None) -> str:
        most = self.extreme([seen.value for seen in found]) if found[0].value is not None else None
        worst = next((seen for seen in found if seen.value == most), found[0])  # of words none is the worst
        where = f" at {at(worst.box)}" if worst.box and place.startswith(worst.document.path) else ""
        count = f" ({len(found)} objects)" if len(found) > 1 else ""
        return f"{place}: {fault.format(worst.value)}{where}; {wanted}{count}"


PROMISES: list[Promise] = []


def every(values: Iterable[str]) -> str:
    return ", ".join(sorted(set(values)))


def promise(
    name: str, wanted: Wanted, advice: str, form: str = "{}", extreme: Extreme = every
) -> Callable[[Look], Look]:
    def add(look: Look) -> Look:
        PROMISES.append(Promise(name, wanted, look, extreme, form, advice))
        return look

    return add
