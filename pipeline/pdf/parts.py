"""A figure's page by its parts: what a template draws below \\figpart{net} bears that name in the page's marks
(templates/marks.tex).

The page is taken apart into pieces, pages of the same size, which show the same when they are laid on one another in
their order. A piece holds what it paints and what decides how, and nothing of what others paint.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.pdf.content import content

PART = r"\figpart"  # in a figure's picture, where it has parts
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
SHOWING = {"Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"}
BUILDING = {"m", "l", "c", "v", "y", "h", "re"}
MARKING = {"BMC", "BDC", "EMC", "MP", "DP"}
ENDING = {"n", *PAINTING}

Step = tuple[Any, str]  # operands, operator


def named(operands: Sequence[Any]) -> str:
    """The part that a mark tells of: /Line <</N 12 /Part (net)>>; "" for what is always there."""
    told: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
    return str(told.get("/Part", ""))


def runs(steps: Sequence[Step]) -> tuple[list[str], list[int]]:
    """(the part of each piece in painting order; for each step, the piece that it belongs to)."""
    parts, of, now = [""], list[int](), ""
    for operands, operator in steps:
        if operator == "DP" and operands and operands[0] == "/Line":
            now = named(operands)
        if operator in PAINTING | SHOWING and now != parts[-1]:
            parts.append(now)
        of.append(len(parts) - 1)
    return parts, of


def piece(steps: Sequence[Step], of: Sequence[int], number: int) -> Iterator[Step]:
    """The steps of one piece: nothing of what others paint, and neither their paths nor marks."""
    owned = (owner == number for owner in of)
    return ((operands, operator) for operands, operator in painted(steps, owned) if operator not in MARKING)


def painted(steps: Sequence[Step], shown: Iterable[bool]) -> Iterator[Step]:
    """Steps without the paths and the type of those that are not shown."""
    path, clips = list[Step](), False
    for (operands, operator), is_shown in zip(steps, shown, strict=True):
        step = operands, operator
        if operator in BUILDING:
            path.append(step)
        elif operator in ("W", "W*"):
            path.append(step)
            clips = True
        elif operator in ENDING:
            paints = operator != "n" and is_shown
            if paints or clips:
                yield from path
                yield step if paints else ([], "n")
            path, clips = [], False
        elif operator in SHOWING and not is_shown:
            if operator in ("'", '"'):  # they begin a line, too
                yield [], "T*"
        else:
            yield step


def pruned(steps: Sequence[Step]) -> list[Step]:
    """Without what nothing is painted in: q … Q, and what stands there."""
    open_: list[tuple[list[Step], bool]] = [([], False)]
    for step in steps:
        inner, paints = open_[-1]
        if step[1] == "q":
            open_.append(([step], False))
        elif step[1] == "Q" and len(open_) > 1:
            open_.pop()
            if paints:
                outer, _ = open_[-1]
                open_[-1] = [*outer, *inner, step], True
        else:
            inner.append(step)
            open_[-1] = inner, paints or step[1] in PAINTING | SHOWING
    return [step for inner, _ in open_ for step in inner]


def steps_of(page: pikepdf.Page) -> list[Step]:
    return [(each.operands, str(each.operator)) for each in pikepdf.parse_content_stream(page)]


def written(steps: Sequence[Step]) -> bytes:
    return pikepdf.unparse_content_stream([(operands, pikepdf.Operator(name)) for operands, name in steps])


def taken_apart(page: pikepdf.Page) -> list[tuple[str, list[Step]]]:
    """(part, steps) of each piece of a figure's page, in painting order: one alone where it has no parts."""
    steps = steps_of(page)
    parts, of = runs(steps)
    return [(part, pruned([*piece(steps, of, number)])) for number, part in enumerate(parts)]


def contents(page: pikepdf.Page) -> list[bytes]:
    """The content of each piece, as take_apart() writes it."""
    return [written(steps) for _, steps in taken_apart(page)]


def take_apart(figure: str | Path, target: str | Path) -> list[str]:
    """Writes a figure's pieces, a page each, and returns the part of each."""
    with pikepdf.open(figure) as pdf:
        pieces = taken_apart(pdf.pages[0])
        for _ in pieces[1:]:
            pdf.pages.append(pdf.pages[0])
        for page, (_, steps) in zip(pdf.pages, pieces, strict=True):
            page.Contents = pdf.make_stream(written(steps))
            used = {str(operands[0]) for operands, operator in steps if operator == "Do"}
            page.Resources = lessened(page.Resources, used)
        pdf.save(target, deterministic_id=True)
    return [part for part, _ in pieces]


COVERED = b"/Covered"  # as templates/talk.tex marks it


def uncovered(steps: Sequence[Step]) -> Iterator[bool]:
    """Of each step, whether it is shown."""
    hidden = False
    for operands, operator in steps:
        if operator == "DP" and operands[0] == "/Covered":
            hidden = bool(operands[1].Is)
        yield not hidden


def uncover(slides: str | Path) -> None:
    """Takes off a talk's slides what their overlays cover: it is not seen, but found and copied."""
    with pikepdf.open(slides, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            if COVERED in content(page):
                steps = steps_of(page)
                page.Contents = pdf.make_stream(written([*painted(steps, uncovered(steps))]))
        pdf.save(slides, deterministic_id=True)


def lessened(resources: Any, used: set[str]) -> pikepdf.Dictionary:
    """A page's resources, and of its images and forms those that it uses."""
    own = pikepdf.Dictionary({name: resources[name] for name in [*resources.keys()] if name != "/XObject"})
    shown = {name: thing for name, thing in resources.get("/XObject", {}).items() if name in used}
    if shown:
        own.XObject = pikepdf.Dictionary(shown)
    return own
