"""Outlines of SVG, written in few letters."""

import re
from typing import NamedTuple

TOKEN = re.compile(r"[A-Za-z]|-?[\d.]+(?:e-?\d+)?")
TAKES = {"M": 2, "L": 2, "C": 6}  # numbers
FEW = 16  # segments of a shape that may stand in many places: it is rounded alike in all of them
DIGITS = 2


class Matrix(NamedTuple):
    """A map of the plane, as SVG and PDF have it."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def uniform(matrix: Matrix) -> float | None:
    """How much larger a matrix makes all lengths; None where that depends on the direction."""
    along, across = matrix.a**2 + matrix.b**2, matrix.c**2 + matrix.d**2
    skewed = abs(matrix.a * matrix.c + matrix.b * matrix.d) > 1e-4 * along
    return None if skewed or abs(along - across) > 1e-4 * along else float(along**0.5)


def short(value: float) -> str:
    text = f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-0.", "-.") if value < 0 else text.removeprefix("0") or "0"


def joined(numbers: list[float]) -> str:
    """Numbers with no more between them than they need."""
    out, before = "", ""
    for text in map(short, numbers):
        parted = not before or text[0] == "-" or (text[0] == "." and "." in before)
        out, before = out + ("" if parted else " ") + text, text
    return out


def segments(path: str) -> list[tuple[str, list[float]]]:
    """[(command, numbers)] of a path of pdftocairo's, all in absolute coordinates."""
    found: list[tuple[str, list[float]]] = []
    for token in TOKEN.findall(path):
        if token.isalpha():
            found.append((token, []))
        else:
            command, numbers = found[-1]
            if len(numbers) == TAKES[command]:
                found.append(("L" if command == "M" else command, [float(token)]))
            else:
                numbers.append(float(token))
    while found and found[-1][0] == "M":  # it draws nothing
        found.pop()
    return found


def outline(path: str, matrix: Matrix | None = None) -> str:
    """A path, moved by a matrix, in steps from point to point."""
    parts = segments(path)
    out, last, (x, y), (began_x, began_y) = "", "", (0.0, 0.0), (0.0, 0.0)
    exact = len(parts) > FEW  # then rounding may not add up
    for k, (command, numbers) in enumerate(parts):
        if command == "Z":
            out, last, x, y = out + "z", "z", began_x, began_y
            continue
        points = [(numbers[k], numbers[k + 1]) for k in range(0, len(numbers), 2)]
        if matrix:
            points = [matrix.at(*point) for point in points]
        if command == "M" and k == 0:
            x, y = points[0]
            out = f"M{short(x)} {short(y)}"
            if exact:
                x, y = round(x, DIGITS), round(y, DIGITS)
            began_x, began_y, last = x, y, "M"
            continue
        steps = [value for px, py in points for value in (px - x, py - y)]
        written = joined(steps)
        letter = command.lower()
        if command == "L" and short(steps[1]) == "0":
            letter, written = "h", short(steps[0])
        elif command == "L" and short(steps[0]) == "0":
            letter, written = "v", short(steps[1])
        gap = "" if letter != last or written[0] == "-" else " "
        out += (letter if letter != last else gap) + written
        last = letter
        if exact:
            x, y = x + round(steps[-2], DIGITS), y + round(steps[-1], DIGITS)
        else:
            x, y = points[-1]
        if command == "M":
            began_x, began_y = x, y
    return out
