"""A specimen as TeX left it in the page, between /Layer <<where data lie>> BDC and EMC: painted paths."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction

from pipeline.plots.columns import Array

Instruction = ContentStreamInstruction | ContentStreamInlineImage
OPENING, CLOSING = {"BMC", "BDC"}, "EMC"
POINTS = {"m": 1, "l": 1, "c": 3, "h": 0}  # of each operator that builds a path
PAINTS = {"f", "f*", "S", "B", "B*", "s", "b", "b*"}
# What may stand before a path; text, images, clips and further marks are not repeated.
STATE = {"q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs", "n"} | {
    operator for name in ("g", "rg", "k", "cs", "sc", "scn") for operator in (name, name.upper())
}


class Unforeseen(Exception):
    """A specimen is not what its rows foretell."""


def must(true: object) -> None:
    if not true:
        raise Unforeseen


def operator(instruction: Instruction) -> str:
    return str(instruction.operator)


def numbers(operands: Iterable[object]) -> list[float]:
    """Operands, or an array's elements, which must be numbers."""
    found = [float(each) for each in operands if isinstance(each, int | Decimal)]
    must(len(found) == len([*operands]))
    return found


def written(instructions: Sequence[Instruction]) -> str:
    """Instructions as text."""
    return pikepdf.unparse_content_stream(instructions).decode("latin-1")


# ---- Specimens in a page ----
@dataclass
class Specimen:
    """What TeX drew of a plot. stated : where its axis is, as the stream has it."""

    number: int  # the plot's
    stated: pikepdf.Dictionary
    body: list[Instruction]

    def geometry(self) -> dict[str, Array]:
        return geometry(self.stated)


def geometry(stated: pikepdf.Dictionary) -> dict[str, Array]:
    """{name: numbers} of what is stated."""
    entries = {name[1:]: value for name, value in stated.items()}
    return {
        name: np.array(numbers(value if isinstance(value, pikepdf.Array) else [value]))
        for name, value in entries.items()
    }


def boxes(instructions: Sequence[Instruction]) -> tuple[list[Instruction], dict[int, Array]]:
    """(a page without what its axes state at their ends, {axis: its bounding box, in pt})."""
    found, rest, at = dict[int, Array](), list[Instruction](), 0
    for k, each in enumerate(instructions[:-1]):
        if operator(each) == "BDC" and operator(instructions[k + 1]) == CLOSING:
            name, stated, *_ = *each.operands, None, None
            if name == pikepdf.Name.Layer and isinstance(stated, pikepdf.Dictionary) and "/Box" in stated:
                try:
                    box = geometry(stated)
                    must(len(box["Box"]) == 4)
                    found[int(box["Axis"][0])] = box["Box"]
                except (Unforeseen, LookupError):
                    continue
                rest += instructions[at:k]
                at = k + 2
    return [*rest, *instructions[at:]], found


def opened(instruction: Instruction, count: int) -> tuple[int, pikepdf.Dictionary] | None:
    """(number, what is stated) where a BDC begins a specimen of one of `count` plots."""
    name, stated, *_ = *instruction.operands, None, None
    if name != pikepdf.Name.Layer or not isinstance(stated, pikepdf.Dictionary):
        return None
    number = stated.get("/Plot")
    return (number, stated) if isinstance(number, int) and 0 <= number < count else None


def end_of(operators: Sequence[str], start: int) -> int | None:
    """Where the EMC stands that closes what is opened just before `start`, if any does."""
    depth = 1
    for at in range(start, len(operators)):
        depth += (operators[at] in OPENING) - (operators[at] == CLOSING)
        if depth == 0:
            return at
    return None


def specimens(
    instructions: Sequence[Instruction], count: int
) -> Iterator[tuple[Sequence[Instruction], Specimen | None]]:
    """(what stands before it, specimen) of each specimen in a page, and (what follows the last, None)."""
    operators, done = [*map(operator, instructions)], 0
    for at in [at for at, name in enumerate(operators) if name == "BDC"]:
        found = opened(instructions[at], count) if at >= done else None
        if found and (end := end_of(operators, at + 1)) is not None:
            yield instructions[done:at], Specimen(*found, list(instructions[at + 1 : end]))
            done = end + 1
    yield instructions[done:], None


# ---- Paths in a specimen ----
@dataclass(frozen=True)
class Shape:
    """A painted path, and the instructions before it."""

    before: list[Instruction]
    path: str  # operators: mlll
    points: Array  # (points, 2), in bp
    paint: str

    @property
    def state(self) -> str:
        return written(self.before)

    def drawn(self) -> str:
        """The path and what paints it, as text."""
        return "\n".join([path(self.path, self.points), self.paint])


def number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def path(operators: str, points: Array) -> str:
    """A path's operators with their operands."""
    at, found = 0, []
    for name in operators:
        operands = points[at : at + POINTS[name]].ravel().tolist()
        found.append(ContentStreamInstruction(map(Decimal, map(number, operands)), pikepdf.Operator(name)))
        at += POINTS[name]
    return written(found)


def shapes(body: Iterable[Instruction]) -> tuple[list[Shape], list[Instruction]]:
    """([Shape], what follows the last) of a specimen."""
    found: list[Shape] = []
    before: list[Instruction] = []
    operators, points = "", list[float]()
    for instruction in body:
        name = operator(instruction)
        if name == "re":
            values = numbers(instruction.operands)
            must(len(values) == 4)
            x, y, width, height = values
            operators += "mlllh"
            points += x, y, x + width, y, x + width, y + height, x, y + height
        elif name in POINTS:
            values = numbers(instruction.operands)
            must(len(values) == 2 * POINTS[name])
            operators += name
            points += values
        elif name in PAINTS:
            if points:  # a path of nothing paints nothing
                found.append(Shape(before, operators, np.array(points).reshape(-1, 2), name))
                before = []
            operators, points = "", []
        else:
            must(name in STATE and (name != "n" or not points))
            before.append(instruction)
    must(not points)
    return found, before
