"""PDF's content streams: their operators, and the graphics state that these make (ISO 32000-1, 7.8, 8 and 9)."""

import re
from copy import copy
from dataclasses import dataclass

import pikepdf

from pipeline.pdf.canvas import common
from pipeline.pdf.fonts import Font
from pipeline.pdf.spaces import space

IDENTITY = 1, 0, 0, 1, 0, 0


@dataclass(slots=True)
class State:
    """The graphics state; `fill` and `stroke` are colours as written, or the name of a colour space that is no
    device's."""

    clip: tuple  # the clip's bounding box in bp
    matrix: tuple = IDENTITY
    fill: tuple | str = (0.0,)
    stroke: tuple | str = (0.0,)
    fill_space: str = "DeviceGray"
    stroke_space: str = "DeviceGray"
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    masked: bool = False
    width: float = 1.0
    dash: tuple = ()
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0


def times(m, n):
    """The matrix that first does m, then n."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o


def mapped(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(points):
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


# An instruction: operands, and an operator. Strings may hold parentheses two deep.
INSTRUCTION = re.compile(
    rb"""\s*+((?:(?:
        [-+.\d]++ | /[^\s()<>\[\]{}/%%]*+ | \[ | \] | <<  | >> | <[\da-fA-F\s]*+> | (?:true|false|null)\b | %b
    )\s*+)*+)
    ([A-Za-z][A-Za-z\d]*+\*?|['"])"""
    % (rb"\((?:[^()\\]|\\.|" * 3 + rb"(?!)" + rb")*+\)" * 3),
    re.DOTALL | re.VERBOSE,
)


HIDDEN = re.compile(rb"/Layer BMC\s.*?\sEMC\b", re.DOTALL)  # the most of a layer's marks, like those that are shown


def content(stream):
    """The bytes of a form, or of a page."""
    if isinstance(stream, pikepdf.Page):
        parts = stream.get("/Contents", [])
        return b"\n".join(part.read_bytes() for part in (parts if isinstance(parts, pikepdf.Array) else [parts]))
    return stream.read_bytes()


def instructions(stream):
    """(operands, operator), one by one: numbers as bytes, which float() takes, where all operands are numbers, or
    pikepdf's objects.

    A pattern reads them faster than pikepdf does, which goes on where the pattern ends: at an inline image or a
    comment. What layers hide is left out.
    """
    text, at = HIDDEN.sub(b"", content(stream)), 0
    end = len(text.rstrip())
    while at < end:
        match = INSTRUCTION.match(text, at)
        if match is None or match[2] == b"BI":
            holder = pikepdf.new()  # lives as long as what is read
            rest = pikepdf.parse_content_stream(pikepdf.Stream(holder, text[at:]))
            yield from ((operands, str(operator)) for operands, operator in rest)
            return
        name, at = match[2].decode(), match.end()
        yield match[1].split() if name in PLAIN else pikepdf.Object.parse(b"[" + match[1] + b"]"), name


class Interpreter:
    """Runs content streams; what paints is left to paint_path, paint_text, do, shade and inline_image."""

    def __init__(self, clip):
        self.stack, self.state = [], State(clip=clip)
        self.resources, self.fonts, self.alts = None, {}, []
        self.plain = {operator: getattr(self, name) for operator, name in PLAIN.items()}
        self.other = {operator: getattr(self, name) for operator, name in OTHER.items()}
        self.begin_path()

    def run(self, stream, resources):
        outer, self.resources = self.resources, resources
        for operands, name in instructions(stream):
            if plain := self.plain.get(name):
                plain(*map(float, operands))
            elif other := self.other.get(name):
                other(*operands)
        self.resources = outer

    def resource(self, kind, name):
        return self.resources.get(kind, {}).get(str(name))

    # Graphics state
    def save(self):
        self.stack.append(copy(self.state))

    def restore(self):
        if self.stack:
            self.state = self.stack.pop()

    def concatenate(self, *matrix):
        self.state.matrix = times(matrix, self.state.matrix)

    def set_width(self, width):
        self.state.width = width

    def set_dash(self, pattern, _phase):
        self.state.dash = tuple(map(float, pattern))

    def set_parameters(self, name):
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
    def set_fill(self, *components):
        self.state.fill = components

    def set_stroke(self, *components):
        self.state.stroke = components

    def set_fill_space(self, name):
        self.state.fill_space = space(self.resource("/ColorSpace", name) or name)
        self.state.fill = (0.0,)

    def set_stroke_space(self, name):
        self.state.stroke_space = space(self.resource("/ColorSpace", name) or name)
        self.state.stroke = (0.0,)

    def set_fill_colour(self, *operands):
        self.state.fill = self.in_space(self.state.fill_space, operands)

    def set_stroke_colour(self, *operands):
        self.state.stroke = self.in_space(self.state.stroke_space, operands)

    def in_space(self, name, operands):
        """A colour of sc or scn: components of a device's space or of an uncoloured pattern; else the space's name."""
        components = tuple(float(v) for v in operands if not isinstance(v, pikepdf.Name))
        if name.startswith("Device") or (name == "Pattern" and components):
            return components
        if name == "Pattern" and "/Shading" in (pattern := self.resource("/Pattern", operands[-1])):
            return space(pattern.Shading.ColorSpace)
        return name

    # Paths: lists of points in bp of the page, curves as chords
    def begin_path(self):
        self.path, self.closed, self.clipping, self.at = [], False, False, (0, 0)

    def move(self, x, y):
        self.at = mapped(self.state.matrix, x, y)
        self.path.append([self.at])

    def line(self, x, y):
        self.at = mapped(self.state.matrix, x, y)
        self.path[-1].append(self.at)

    def curve(self, x1, y1, x2, y2, x3, y3):
        matrix = self.state.matrix
        self.bend(mapped(matrix, x1, y1), mapped(matrix, x2, y2), mapped(matrix, x3, y3))

    def curve_from_here(self, x2, y2, x3, y3):
        self.bend(self.at, mapped(self.state.matrix, x2, y2), mapped(self.state.matrix, x3, y3))

    def curve_to_there(self, x1, y1, x3, y3):
        self.curve(x1, y1, x3, y3, x3, y3)

    def bend(self, first, second, end):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.at, first, second, end
        steps = 2 + int(min(14, (abs(x3 - x0) + abs(y3 - y0)) / 3))
        for k in range(1, steps):
            t = k / steps
            s = 1 - t
            p, q, r, o = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            self.path[-1].append((p * x0 + q * x1 + r * x2 + o * x3, p * y0 + q * y1 + r * y2 + o * y3))
        self.at = end
        self.path[-1].append(end)

    def rectangle(self, x, y, width, height):
        self.move(x, y)
        self.line(x + width, y)
        self.line(x + width, y + height)
        self.line(x, y + height)
        self.close()

    def close(self):
        if self.path:
            self.closed, self.at = True, self.path[-1][0]
            self.path[-1].append(self.at)

    def clip(self):
        self.clipping = True

    def end_path(self):
        if self.clipping and self.path:
            self.state.clip = common(self.state.clip, bounds([p for points in self.path for p in points]))
        self.begin_path()

    def fill(self):
        self.paint_path("f")

    def fill_even_odd(self):
        self.paint_path("f*")

    def stroke(self):
        self.paint_path("S")

    def fill_and_stroke(self):
        self.paint_path("B")

    def fill_even_odd_and_stroke(self):
        self.paint_path("B*")

    def close_and_stroke(self):
        self.close()
        self.paint_path("S")

    def close_fill_and_stroke(self):
        self.close()
        self.paint_path("B")

    def close_fill_even_odd_and_stroke(self):
        self.close()
        self.paint_path("B*")

    # Type
    def begin_text(self):
        self.text_matrix = self.line_matrix = IDENTITY

    def set_font(self, name, size):
        font = self.resource("/Font", name)
        if (key := font.objgen) not in self.fonts or key == (0, 0):
            self.fonts[key] = Font(font)
        self.state.font, self.state.size = self.fonts[key], float(size)

    def set_spacing(self, value):
        self.state.spacing = value

    def set_word_spacing(self, value):
        self.state.word_spacing = value

    def set_stretch(self, value):
        self.state.stretch = value / 100

    def set_leading(self, value):
        self.state.leading = value

    def set_rise(self, value):
        self.state.rise = value

    def set_render(self, value):
        self.state.render = int(value)

    def next_line(self, x, y):
        self.set_text_matrix(*times((1, 0, 0, 1, x, y), self.line_matrix))

    def next_line_leading(self, x, y):
        self.state.leading = -y
        self.next_line(x, y)

    def set_text_matrix(self, *matrix):
        self.text_matrix = self.line_matrix = matrix

    def new_line(self):
        self.next_line(0, -self.state.leading)

    def show_one(self, text):
        self.show([text])

    def show_on_new_line(self, text):
        self.new_line()
        self.show([text])

    def show_spaced(self, word_spacing, spacing, text):
        self.state.word_spacing, self.state.spacing = float(word_spacing), float(spacing)
        self.show_on_new_line(text)

    def show(self, pieces):
        """Strings, and kerns in thousandths of the type's size."""
        state = self.state
        length, seen = 0.0, False
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                codes = state.font.codes(bytes(piece))
                seen = seen or any(code != 32 for code in codes)
                spaces = len(codes) * state.spacing + codes.count(32) * state.word_spacing
                length += state.size * sum(map(state.font.advance, codes)) + spaces
            else:
                length -= state.size * float(piece) / 1000
        length *= state.stretch
        before, self.text_matrix = self.text_matrix, times((1, 0, 0, 1, length, 0), self.text_matrix)
        if seen and state.render not in (3, 7):  # invisible, or a clip
            self.paint_text(times(before, state.matrix), length)

    # Marked content
    def begin_marked(self, _tag, properties=None):
        if isinstance(properties, pikepdf.Name):
            properties = self.resource("/Properties", properties)
        self.alts.append("" if properties is None else str(properties.get("/Alt", "")).strip())

    def end_marked(self):
        if self.alts:
            self.alts.pop()


# Operators whose operands are all numbers, and the others.
PLAIN = {
    "q": "save", "Q": "restore", "cm": "concatenate", "w": "set_width",
    "g": "set_fill", "rg": "set_fill", "k": "set_fill", "G": "set_stroke", "RG": "set_stroke", "K": "set_stroke",
    "m": "move", "l": "line", "c": "curve", "v": "curve_from_here", "y": "curve_to_there", "re": "rectangle",
    "h": "close", "W": "clip", "W*": "clip", "n": "end_path",
    "f": "fill", "F": "fill", "f*": "fill_even_odd", "S": "stroke", "s": "close_and_stroke",
    "B": "fill_and_stroke", "B*": "fill_even_odd_and_stroke",
    "b": "close_fill_and_stroke", "b*": "close_fill_even_odd_and_stroke",
    "BT": "begin_text", "Tc": "set_spacing", "Tw": "set_word_spacing", "Tz": "set_stretch", "TL": "set_leading",
    "Ts": "set_rise", "Tr": "set_render", "Td": "next_line", "TD": "next_line_leading", "Tm": "set_text_matrix",
    "T*": "new_line", "EMC": "end_marked",
}  # fmt: skip
OTHER = {
    "d": "set_dash", "gs": "set_parameters", "cs": "set_fill_space", "CS": "set_stroke_space",
    "sc": "set_fill_colour", "scn": "set_fill_colour", "SC": "set_stroke_colour", "SCN": "set_stroke_colour",
    "Tf": "set_font", "Tj": "show_one", "TJ": "show", "'": "show_on_new_line", '"': "show_spaced",
    "Do": "do", "INLINE IMAGE": "inline_image", "sh": "shade", "BDC": "begin_marked", "BMC": "begin_marked",
}  # fmt: skip
