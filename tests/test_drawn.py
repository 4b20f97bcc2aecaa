"""Golden pictures of the minimal book: it draws today what it drew when somebody last looked; and what is otherwise is
seen, however small."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageOps

import drawn
from conftest import MINIMAL
from pipeline.project.book import Book

GOLDEN = {file.stem: file for file in sorted(drawn.TINY.glob("*.png"))}


def test_the_minimal_book_is_drawn_as_it_was(built, monkeypatch):
    monkeypatch.chdir(built.root)
    today = drawn.tiny(Book(MINIMAL))
    assert {*today} == {*GOLDEN}
    assert [name for name in today if drawn.changed(Image.open(GOLDEN[name]), today[name])] == [], "make docs"


@pytest.fixture
def picture():
    return Image.open(drawn.FOLDER / "diagrams-flows.png").convert("RGB")


def ticked(picture, side):
    """An axis with a tick on one side, in the ink of the picture's dark half."""
    copy = picture.copy()
    x, y = copy.width // 4, copy.height // 2
    pen = ImageDraw.Draw(copy)
    pen.rectangle((x - 20, y - 20, x + 20, y + 20), fill=copy.getpixel((0, 0)))
    pen.line((x, y - 15, x, y + 15), fill=(230, 230, 230))
    pen.line((x, y, x + side * 4, y), fill=(180, 180, 180))  # thinner than a dot
    return copy


def test_a_tick_on_the_other_side_is_seen(picture):
    left, right = ticked(picture, -1), ticked(picture, 1)
    assert drawn.changed(left, right) and drawn.changed(right, left) and not drawn.changed(left, left)


def test_a_picture_that_shows_something_else_is_seen(picture):
    height, width = picture.height, picture.width
    moved, pale = Image.new("RGB", picture.size), Image.blend(picture, Image.new("RGB", picture.size, "white"), 0.1)
    moved.paste(picture, (0, 3))
    smudged = picture.copy()
    smudged.paste((200, 0, 0), (width // 2, height // 2, width // 2 + 4, height // 2 + 4))
    other = Image.open(drawn.FOLDER / "diagrams-model.png")
    wider = ImageOps.pad(picture, (width + 8, height))
    for wrong in (moved, pale, smudged, wider, other, ImageOps.mirror(picture)):
        assert drawn.changed(picture, wrong)


def test_few_colours_and_another_grid_of_dots_are_not(picture):
    assert not drawn.changed(picture, Image.open(BytesIO(drawn.few(picture))))
    shifted = picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, 0.4, 0, 1, 0.3), Image.Resampling.BILINEAR)
    inner = (4, 4, picture.width - 4, picture.height - 4)
    assert not drawn.changed(picture.crop(inner), shifted.crop(inner))
