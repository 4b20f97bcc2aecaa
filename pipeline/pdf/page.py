"""What a page paints: a list of objects in painting order, each with what it stands on."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from math import hypot
from typing import Any

import pikepdf

from pipeline.pdf.content import content
from pipeline.pdf.geometry import (
    IDENTITY,
    PT,
    Matrix,
    along,
    bounds,
    box_of,
    common,
    mapped,
    meet,
    times,
    to_box,
    to_matrix,
)
from pipeline.pdf.glyphs import Glyphs
from pipeline.pdf.grounds import ALIKE, unchanged
from pipeline.pdf.painted import Paint, Placed, Typed
from pipeline.pdf.painting import Painting, Screen
from pipeline.pdf.spaces import mean, picture, simple, space
from pipeline.pdf.ticks import TickLabel


def digest(stream: pikepdf.Object | pikepdf.Page) -> bytes:
    """Of a page's or form's content: a figure's page and the form that a book makes of it have the same."""
    return sha256(content(stream)).digest()


def is_group(thing: Any) -> bool:
    return "/Group" in thing and thing.Group.get("/S") == "/Transparency"


class Page(Painting):
    """A page of pikepdf's: `paints` and `lost`, `placed`, [Placed], and `ticks`, [TickLabel].

    known : {digest of a figure's stream: its name}; a known figure is placed, but not gone through again.
    fails : is given what stops the look at the page, and what was seen until then stays; where there is none, it is
        raised.
    """

    def __init__(
        self,
        page: pikepdf.Page,
        screen: Screen = simple,
        known: Mapping[bytes, str] | tuple[()] = (),
        fails: Callable[[Exception], None] | None = None,
    ) -> None:
        super().__init__(to_box(page.mediabox), to_box(page.trimbox), screen)
        self.known, self.group = dict(known), is_group(page)
        self.glyphs: dict[int, Glyphs] = {}  # of the fonts that were looked at
        self.ticks: list[TickLabel] = []
        self.within: list[TickLabel | None] = []  # of each open mark of content: the label that it is, if it is one
        self.placed: list[Placed] = []
        self.pieces: list[Any] = []  # what is being shown
        try:
            self.run(page, page.get("/Resources", {}))
        except Exception as error:
            if not fails:
                raise
            fails(error)
        self.dry()

    def paint_text(self, matrix: Matrix, length: float) -> None:
        state, font = self.state, self.state.typeface()
        size, rise = state.size, state.rise
        low, high = (rise + size * reach for reach in font.reach)
        box = box_of(matrix, 0, low, length, high)
        if meet(box, state.clip):
            stroked = state.render % 4 == 1
            item = self.painted("text", state.stroke if stroked else state.fill, box)
            item.size = abs(size) * hypot(matrix[2], matrix[3]) * PT
            item.alpha = state.stroke_alpha if stroked else state.fill_alpha
            item.tick = next(filter(None, reversed(self.within)), None)
            item.typed = self.typed(matrix)
            item.edge = state.stroke if state.render % 4 == 2 else None
            run = [mapped(matrix, x, rise + size * font.middle) for x in (0, length)]
            # How far a font reaches up and down is said with a broad margin: at least as far as an x does.
            far = [mapped(matrix, x, rise + size * font.middle * up) for x in (0, length) for up in font.least]
            if self.holds(item, common(bounds(far), state.clip)):
                if item.edge not in (None, item.colour):
                    self.halo(matrix, length, low, high)
                    self.paints.append(item)
                    return
                points = along(run)
                # Type is lost where a quarter of it is: the lower quartile.
                self.compare(item, [self.screen(item.colour)], self.canvas.page, points, 0.25)
                self.grounds.rest(item, self.canvas.pixels(points, state.clip))
                self.paints.append(item)

    def typed(self, matrix: Matrix) -> Typed:
        state = self.state
        return Typed(
            state.typeface(),
            state.size,
            tuple(bytes(p) if isinstance(p, pikepdf.String) else float(p) for p in self.pieces),
            matrix,
            state.spacing,
            state.word_spacing,
            state.stretch,
            state.rise,
        )

    def show(self, pieces: Iterable[Any]) -> None:
        pieces = self.pieces = list(pieces)
        if label := next(filter(None, reversed(self.within)), None):
            font, matrix = self.state.typeface(), times(self.text_matrix, self.state.matrix)
            label.show(font, self.state.size, pieces, matrix)
        super().show(pieces)

    def begin_marked(self, tag: pikepdf.Name, properties: Any = None) -> None:
        super().begin_marked(tag, properties)
        label = tag == "/Tick" and isinstance(properties, pikepdf.Dictionary) and "/Axis" in properties
        self.within.append(TickLabel(str(properties.Axis), source=self.source) if label else None)
        self.ticks += filter(None, self.within[-1:])

    def end_marked(self) -> None:
        super().end_marked()
        del self.within[-1:]

    def do(self, name: pikepdf.Name) -> None:
        thing = self.resource("/XObject", name)
        alt = next((alt for alt in reversed(self.alts) if alt), "")
        if thing.Subtype == "/Form":
            self.place_form(thing, alt)
        elif thing.Subtype == "/Image":
            self.placed.append(Placed(None, self.state.matrix, alt, box_of(self.state.matrix, 0, 0, 1, 1)))
            self.paint_image(thing)

    def place_form(self, form: Any, alt: str) -> None:
        matrix = times(to_matrix(form.get("/Matrix", IDENTITY)), self.state.matrix)
        box = box_of(matrix, *to_box(form.BBox))
        name = self.known.get(digest(form)) if self.known else None
        self.placed.append(Placed(name, matrix, alt, box, is_group(form)))
        if name is None:
            self.save()
            self.state.matrix, self.state.clip = matrix, common(self.state.clip, box)
            self.run(form, form.get("/Resources", self.resources))
            self.restore()

    def inline_image(self, image: pikepdf.PdfInlineImage) -> None:
        self.paint_image(image)

    def paint_image(self, image: Any) -> None:
        """image : a stream, or pikepdf's PdfInlineImage"""
        box, inline = box_of(self.state.matrix, 0, 0, 1, 1), isinstance(image, pikepdf.PdfInlineImage)
        item = self.painted("image", "DeviceGray", box)
        item.alpha = self.state.fill_alpha
        if not inline and "/SMask" in image:
            item.blend = "soft mask"
        if not self.holds(item, common(box, self.state.clip)):
            return
        canvas, clip = self.canvas, self.state.clip
        left, bottom, right, top = box
        points = [
            (left + u * (right - left), bottom + v * (top - bottom)) for u in (0.2, 0.5, 0.8) for v in (0.2, 0.5, 0.8)
        ]
        if image.image_mask if inline else image.get("/ImageMask", False):
            item.colour = self.state.fill
            self.compare(item, [self.screen(item.colour)], canvas.page, points, 0.5)
        else:
            given = pikepdf.Name(image.colorspace) if inline else image.ColorSpace
            item.colour = space(self.resource("/ColorSpace", given) or given)
            before = canvas.shown(box, clip)
            if shown := picture(image, self.screen):
                canvas.picture(*shown, box, clip)
            if shown and before and (after := canvas.shown(box, clip)) and unchanged(before, after):
                item.contrast, item.behind = 1.0, next(iter(canvas.samples(canvas.page, points, clip)), None)
        if item.contrast is not None and item.contrast >= ALIKE:
            item.contrast = None
        if item.contrast is None:
            self.grounds.rest(item, canvas.pixels(points, clip))
        else:
            corners = [[(left, bottom), (right, bottom), (right, top), (left, top)]]
            canvas.number(self.grounds.layer(), self.grounds.add(item), corners, None, clip)
        self.paints.append(item)

    def shade(self, name: pikepdf.Name) -> None:
        shading, box = self.resource("/Shading", name), common(self.state.clip, self.box)
        if (colour := self.screen(mean(shading.get("/Function")))) is not None:
            left, bottom, right, top = box
            pieces = [[(left, bottom), (right, bottom), (right, top), (left, top)]]
            self.canvas.fill(pieces, colour, box, box, self.state.fill_alpha)
        self.paints.append(
            Paint("shading", space(shading.ColorSpace), box, alpha=self.state.fill_alpha, blend=self.blend())
        )


def paints(page: pikepdf.Page, screen: Screen = simple) -> list[Paint]:
    """[Paint] of a page of pikepdf's, in painting order."""
    return Page(page, screen).paints
