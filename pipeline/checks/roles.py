"""Whether the roles that meet in a figure can be told apart: by every eye and in grey, or else by dash, marker or
label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.checks.cues import Label, Role, cue, labels, legended, panels, placed
from pipeline.checks.finding import Finding, Unread
from pipeline.checks.palette import Palette
from pipeline.pdf.geometry import Box, bounds
from pipeline.pdf.page import paints
from pipeline.pdf.painted import Paint
from pipeline.project.book import Book
from pipeline.style.colour import ALIKE, distances, words
from pipeline.tex.places import origins

Told = tuple[str | None, dict[str, float]]  # what tells two roles apart, and how far apart their colours are


def told(one: Role, other: Role, ticks: Sequence[Label], texts: Sequence[Box], labelled: bool) -> Told:
    """What tells two roles of a panel apart. texts : type that is no tick's label; labelled : whether the figure has a
    label in the colour of one of them, by what it draws in it."""
    apart, colours = cue(one, other)
    each = [distances(*sorted(pair)) for pair in colours or [(one.colour, other.colour)]]
    least = {eye: round(min(d[eye] for d in each), 1) for eye in each[0]}
    if apart is None and labelled:
        apart = "label"
    if apart is None and min(least.values()) >= ALIKE:
        apart = "colour"
    if apart is None and placed(one, other, ticks, texts):
        apart = "place"
    if apart is None and min(least.values()) >= ALIKE / 2 and legended(one, texts) and legended(other, texts):
        apart = "legend"
    return apart, least


@dataclass
class Meeting:
    """Two roles of a figure, and what tells them apart in the panel where that is least: None where nothing does."""

    one: Role
    other: Role
    cue: str | None
    distances: dict[str, float]


def meetings(palette: Palette, source: str, painted: Sequence[Paint]) -> list[Meeting]:
    """All pairs of a figure's roles; those that meet in no panel are told apart by it."""
    roles = palette.roles(source, painted)
    groups = panels(painted)
    shown = [
        (
            {role.colour: role for role in (palette.roles(source, group) if len(groups) > 1 else roles)},
            labels(group),
            [paint.box for paint in group if paint.kind == "text" and not paint.tick],
        )
        for group in groups
    ]
    found = []
    for one, other in combinations(roles, 2):
        labelled = bool(one.looks and other.looks) and (one.labelled or other.labelled)
        each = [
            told(here[one.colour], here[other.colour], ticks, texts, labelled)
            for here, ticks, texts in shown
            if one.colour in here and other.colour in here
        ]
        apart, least = min(each, key=lambda t: (t[0] is not None, min(t[1].values())), default=("panel", {}))
        found.append(Meeting(one, other, apart, least or distances(*sorted((one.colour, other.colour)))))
    return found


def check(
    book: Book, edition: str, painted: Mapping[str, Sequence[Paint]] | None = None, unread: Unread | None = None
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """(pairs, breaches) of the roles that meet in the figures of an edition.

    painted : {figure: its paints}, where they have been read already; unread : is told which could not be looked at.
    pairs : dicts of figure, roles, colours, contrasts with the pages, distances (the least between colours that are
        painted in one way) and cue: what tells the two apart, None where nothing does.
    """
    palette, unread = Palette(book, edition), unread or Unread()
    pairs: list[dict[str, Any]] = []
    faint: dict[str, list[Finding]] = {}
    confused: list[Finding] = []
    for name in dict.fromkeys(book.figures_of(book.chapters)) if painted is None else painted:
        template, file = str(book.figures[name].template), book.figure(edition, name)
        with unread.told(template, name, file):
            source = palette.plain(Path(book.picture(name)).read_text(encoding="utf-8"))
            paints = painted[name] if painted is not None else read(file)
            for meeting in meetings(palette, source, paints):
                one, other = meeting.one, meeting.other
                contrasts = [
                    {k: round(v, 2) for k, v in palette.contrasts(role.colour).items()} for role in (one, other)
                ]
                names = [one.name, other.name]
                pairs.append(
                    {
                        "figure": name,
                        "roles": names,
                        "colours": [one.colour, other.colour],
                        "distances": meeting.distances,
                    }
                    | {"cue": meeting.cue, "contrasts": contrasts}
                )
                if meeting.cue is None:
                    lines, line = origins(book.lines(name)), max(one.line or 0, other.line or 0)
                    where = lines[line - 1] if 0 < line <= len(lines) else template
                    confused.append(alone(where, name, file, meeting))
            faint |= {role.colour: palette.faint(role.colour) for role in palette.roles(source, paints)}
    return pairs, [*(finding for found in faint.values() for finding in found), *confused]


def alone(where: str, figure: str, file: str, meeting: Meeting) -> Finding:
    """Two roles of a figure differ in colour alone."""
    one, other = meeting.one, meeting.other
    what = f"'{one.name}' and '{other.name}' differ in colour alone: {words(meeting.distances)}"
    names = [role.name.split("/")[0] for role in (one, other)]
    advice = (
        "give one a dash, a marker or a label in its colour; where both are told by something else, say by what: "
        rf"\waive{{palette: {', '.join(names)}}}{{…}}"
    )
    box = bounds([corner for _, box in other.drawn for corner in (box[:2], box[2:])]) if other.drawn else None
    amount = min(meeting.distances.values())
    return Finding(where, what, advice, figure, file, 0, box, amount, about=(one.name, other.name))


def read(path: str | Path) -> list[Paint]:
    """The paints of a figure's PDF."""
    with pikepdf.open(path) as pdf:
        return paints(pdf.pages[0])
