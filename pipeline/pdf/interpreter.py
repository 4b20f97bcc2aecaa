"""What the operators of content streams do, one method an operator (ISO 32000-1, 8, 9 and 14.6)."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf

from pipeline.pdf.content import instructions
from pipeline.pdf.fonts import Font
from pipeline.pdf.geometry import IDENTITY, Box, Matrix, Point, bounds, common, mapped, times
from pipeline.pdf.operators import NUMERIC, OTHER
from pipeline.pdf.path import Path
from pipeline.pdf.spaces import Colour, space
from pipeline.pdf.state import State


class Interpreter(ABC):
    """Runs content streams; what paints is left to subclasses."""

    def __init__(self, clip: Box) -> None:
        self.stack: list[State] = []
        self.state, self.path = State(clip), Path()
        self.text_matrix = self.line_matrix = IDENTITY
        self.root: Point | None = None  # where a root sign ends on the baseline, if it is the last that was shown
        self.source: int | None = None  # the line of a figure's picture that paints, where the page says so
        self.axis: int | None = None  # the number of the axis that paints, likewise
        self.resources: Any = {}
        self.fonts: dict[tuple[int, int], Font] = {}
        self.alts: list[str] = []
        self.methods = {operator: getattr(self, name) for operator, name in (NUMERIC | OTHER).items()}

    def run(self, stream: pikepdf.Object | pikepdf.Page, resources: Any) -> None:
        outer, self.resources = self.resources, resources
        for operands, name in instructions(stream):
            if method := self.methods.get(name):
                method(*operands)
        self.resources = outer

    def resource(self, kind: str, name: pikepdf.Name) -> Any:
        return self.resources.get(kind, {}).get(str(name))

    # What paints
    @abstractmethod
    def paint_path(self, how: str) -> None:
        """how : f, f*, S, B or B*; ends the path."""

    @abstractmethod
    def paint_text(self, matrix: Matrix, length: float) -> None: ...

    @abstractmethod
    def do(self, name: pikepdf.Name) -> None: ...

    @abstractmethod
    def inline_image(self, image: pikepdf.PdfInlineImage) -> None: ...

    @abstractmethod
    def shade(self, name: pikepdf.Name) -> None: ...

    # Graphics state
    def save(self) -> None:
        self.stack.append(self.state.copy())

    def restore(self) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        self.state.matrix = times((a, b, c, d, e, f), self.state.matrix)

    def set_width(self, width: float) -> None:
        self.state.width = width

    def set_dash(self, pattern: Iterable[Any], _phase: Any) -> None:
        self.state.dash = tuple(map(float, pattern))

    def set_parameters(self, name: pikepdf.Name) -> None:
        state = self.state
        for key, value in (self.resource("/ExtGState", name) or {}).items():
            match key:
                case "/LW":
                    state.width = float(value)
                case "/D":
                    self.set_dash(*value)
                case "/ca":
                    state.fill_alpha = float(value)
                case "/CA":
                    state.stroke_alpha = float(value)
                case "/BM":
                    state.blend = str(value if isinstance(value, pikepdf.Name) else value[0])[1:]
                case "/SMask":
                    state.masked = value != "/None"
                case "/Font":
                    state.font, state.size = Font(value[0]), float(value[1])

    # Colour
    def set_fill(self, *components: float) -> None:
        self.state.fill = components

    def set_stroke(self, *components: float) -> None:
        self.state.stroke = components

    def set_fill_space(self, name: pikepdf.Name) -> None:
        self.state.fill_space = space(self.resource("/ColorSpace", name) or name)
        self.state.fill = (0.0,)

    def set_stroke_space(self, name: pikepdf.Name) -> None:
        self.state.stroke_space = space(self.resource("/ColorSpace", name) or name)
        self.state.stroke = (0.0,)

    def set_fill_colour(self, *operands: Any) -> None:
        self.state.fill = self.in_space(self.state.fill_space, operands)

    def set_stroke_colour(self, *operands: Any) -> None:
        self.state.stroke = self.in_space(self.state.stroke_space, operands)

    def in_space(self, name: str, operands: Sequence[Any]) -> Colour:
        """A colour of sc or scn: components of a device's space or of an uncoloured pattern; else the space's name."""
        components = tuple(float(v) for v in operands if not isinstance(v, pikepdf.Name))
        if name.startswith("Device") or (name == "Pattern" and components):
            return components
        if name == "Pattern" and "/Shading" in (pattern := self.resource("/Pattern", operands[-1])):
            return space(pattern.Shading.ColorSpace)
        return name

    # Paths
    def move(self, x: float, y: float) -> None:
        self.path.move(mapped(self.state.matrix, x, y))

    def line(self, x: float, y: float) -> None:
        self.path.line(mapped(self.state.matrix, x, y))

    def curve(self, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None:
        matrix = self.state.matrix
        self.path.curve(mapped(matrix, x1, y1), mapped(matrix, x2, y2), mapped(matrix, x3, y3))

    def curve_from_here(self, x2: float, y2: float, x3: float, y3: float) -> None:
        self.path.curve(self.path.at, mapped(self.state.matrix, x2, y2), mapped(self.state.matrix, x3, y3))

    def curve_to_there(self, x1: float, y1: float, x3: float, y3: float) -> None:
        self.curve(x1, y1, x3, y3, x3, y3)

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self.move(x, y)
        self.line(x + width, y)
        self.line(x + width, y + height)
        self.line(x, y + height)
        self.close()

    def close(self) -> None:
        self.path.close()

    def clip(self) -> None:
        self.path.clips = True

    def end_path(self) -> None:
        if self.path.clips and self.path.pieces:
            self.state.clip = common(self.state.clip, bounds([p for points in self.path.pieces for p in points]))
        self.path = Path()

    def fill(self) -> None:
        self.paint_path("f")

    def fill_even_odd(self) -> None:
        self.paint_path("f*")

    def stroke(self) -> None:
        self.paint_path("S")

    def fill_and_stroke(self) -> None:
        self.paint_path("B")

    def fill_even_odd_and_stroke(self) -> None:
        self.paint_path("B*")

    def close_and_stroke(self) -> None:
        self.close()
        self.paint_path("S")

    def close_fill_and_stroke(self) -> None:
        self.close()
        self.paint_path("B")

    def close_fill_even_odd_and_stroke(self) -> None:
        self.close()
        self.paint_path("B*")

    # Type
    def begin_text(self) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def set_font(self, name: pikepdf.Name, size: Any) -> None:
        font = self.resource("/Font", name)
        if (key := font.objgen) not in self.fonts or key == (0, 0):
            self.fonts[key] = Font(font)
        self.state.font, self.state.size = self.fonts[key], float(size)

    def set_spacing(self, value: float) -> None:
        self.state.spacing = value

    def set_word_spacing(self, value: float) -> None:
        self.state.word_spacing = value

    def set_stretch(self, value: float) -> None:
        self.state.stretch = value / 100

    def set_leading(self, value: float) -> None:
        self.state.leading = value

    def set_rise(self, value: float) -> None:
        self.state.rise = value

    def set_render(self, value: float) -> None:
        self.state.render = int(value)

    def next_line(self, x: float, y: float) -> None:
        self.text_matrix = self.line_matrix = times((1, 0, 0, 1, x, y), self.line_matrix)

    def next_line_leading(self, x: float, y: float) -> None:
        self.state.leading = -y
        self.next_line(x, y)

    def set_text_matrix(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        self.text_matrix = self.line_matrix = a, b, c, d, e, f

    def new_line(self) -> None:
        self.next_line(0, -self.state.leading)

    def show_one(self, text: pikepdf.String) -> None:
        self.show([text])

    def show_on_new_line(self, text: pikepdf.String) -> None:
        self.new_line()
        self.show([text])

    def show_spaced(self, word_spacing: Any, spacing: Any, text: pikepdf.String) -> None:
        self.state.word_spacing, self.state.spacing = float(word_spacing), float(spacing)
        self.show_on_new_line(text)

    def show(self, pieces: Iterable[Any]) -> None:
        """Strings, and kerns in thousandths of the type's size."""
        length, seen = self.state.advance(pieces)
        before, self.text_matrix = self.text_matrix, times((1, 0, 0, 1, length, 0), self.text_matrix)
        if seen and self.state.render not in (3, 7):  # invisible, or a clip
            self.paint_text(times(before, self.state.matrix), length)
        is_root = self.state.typeface().ends_in_root(pieces)
        self.root = mapped(times(self.text_matrix, self.state.matrix), 0, self.state.rise) if is_root else None

    # Marked content
    def begin_marked(self, _tag: pikepdf.Name, properties: Any = None) -> None:
        if isinstance(properties, pikepdf.Name):
            properties = self.resource("/Properties", properties)
        self.alts.append("" if properties is None else str(properties.get("/Alt", "")).strip())

    def end_marked(self) -> None:
        if self.alts:
            self.alts.pop()

    def mark_point(self, tag: pikepdf.Name, properties: Any) -> None:
        """/Line <</N 12 /Axis 3>> DP, as templates/marks.tex sets it."""
        if tag == "/Line" and isinstance(properties, pikepdf.Dictionary):
            self.source = int(properties.N) if "/N" in properties else None
            self.axis = int(properties.Axis) if "/Axis" in properties else None
