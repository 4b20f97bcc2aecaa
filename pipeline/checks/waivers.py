r"""Waivers: what an author stands by, though it breaks a promise, with the reason, written where the figure is.

    \waive{palette: input, target}{one lies above the other everywhere}
    \waive[light, print]{lines}{a hair that is meant to be hardly seen}

A waiver is for its own figure and for one promise, that of the palette for two roles; where editions are named, for
these alone. It is in the report, and where nothing is waived by it, to be taken out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.checks.finding import Finding
from pipeline.errors.hints import nearest
from pipeline.style.comments import without_comments

WAIVER = re.compile(r"\\waive\s*(?:\[([^\]]*)\])?\s*\{([^{}]*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


@dataclass
class Waiver:
    where: str  # 'file:line'
    figure: str
    editions: tuple[str, ...]  # () is all
    promise: str
    about: frozenset[str]  # the palette's two roles
    reason: str
    used: int = 0

    def covers(self, promise: str, finding: Finding) -> bool:
        """Whether a breach is one that the author stands by."""
        roles = [set(name.split("/")) for name in finding.about]
        same = len(self.about) == len(roles) and all(self.about & names for names in roles)
        return promise == self.promise and finding.figure == self.figure and (same if roles or self.about else True)

    def record(self) -> dict[str, Any]:
        what = ": ".join(filter(None, [self.promise, ", ".join(sorted(self.about))]))
        return {"where": self.where, "figure": self.figure, "what": what, "reason": self.reason, "breaches": self.used}


def read(figure: str, source: str, origins: Sequence[str], template: str) -> Iterator[Waiver]:
    """The waivers in a picture; origins : 'file:line' of its lines."""
    text = without_comments(source)
    for match in WAIVER.finditer(text):
        line = text.count("\n", 0, match.start())
        where = origins[line] if line < len(origins) else template
        promise, _, about = match[2].partition(":")
        editions = tuple(filter(None, (name.strip() for name in (match[1] or "").split(","))))
        roles = frozenset(filter(None, (name.strip() for name in about.split(","))))
        yield Waiver(where, figure, editions, promise.strip(), roles, " ".join(match[3].split()))


def apply(
    waivers: Iterable[Waiver],
    edition: str,
    editions: Sequence[str],
    found: Mapping[str, list[Finding]],
    known: Iterable[str],
) -> list[Finding]:
    """Takes what is waived out of {promise: its breaches}; a Finding for each waiver of no use, reason or promise.

    editions : all of the book; known : the names of the promises.
    """
    loose = list[Finding]()
    for waiver in waivers:
        breaches = found.get(waiver.promise, [])
        covered = [finding for finding in breaches if waiver.covers(waiver.promise, finding)]
        if (not waiver.editions or edition in waiver.editions) and waiver.reason:
            waiver.used = len(covered)
            breaches[:] = [finding for finding in breaches if finding not in covered]
        if fault := wrong(waiver, edition, editions, [*known]):
            loose.append(Finding(waiver.where, *fault, figure=waiver.figure))
    return loose


def wrong(waiver: Waiver, edition: str, editions: Sequence[str], known: Sequence[str]) -> tuple[str, str | None] | None:
    r"""(what is wrong with a \waive, what to write) or None."""
    if strange := next((name for name in waiver.editions if name not in editions), None):
        return f"a waiver for '{strange}', which is no edition", nearest(strange, editions)
    if waiver.promise not in known:
        return f"a waiver of '{waiver.promise}', which no promise is called", nearest(waiver.promise, known)
    if waiver.promise == "palette" and len(waiver.about) != 2:
        return "a waiver of the palette's that does not name two roles", r"\waive{palette: input, target}{the reason}"
    if not waiver.reason:
        return "a waiver without a reason", r"\waive{palette: input, target}{one lies above the other everywhere}"
    if not waiver.used and (not waiver.editions or edition in waiver.editions):
        what = waiver.record()["what"]
        return f"'{what}' is waived, and nothing breaks it here", (
            "take the waiver out, or name the editions that it is for: " + rf"\waive[{', '.join(editions[:2])}]…"
        )
    return None
