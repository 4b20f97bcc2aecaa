"""How much two pictures differ to the eye: what is seen, and what a rasteriser does and nobody sees."""

import numpy as np
import pikepdf
import pytest
from coloraide import Color
from coloraide.spaces.oklrab import Oklrab
from PIL import Image, ImageDraw, ImageFilter

from conftest import ROOT
from pipeline.regression.pages import DPI, drawn
from pipeline.regression.seen import NOTICEABLE, SMALL, difference, heat, oklrab

Color.register(Oklrab(), overwrite=True)
PICTURE = ROOT / "docs/reference/diagrams-flows.png"
GREY = (128, 128, 128)
ROUNDED = 0.18  # what rounding to dots makes of a line or a letter


@pytest.fixture
def picture():
    return Image.open(PICTURE).convert("RGB")


def moved(picture, across, down=0):
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    ground.paste(picture, (across, down))
    return ground


def test_colours_are_those_of_oklrab():
    rgb = np.random.default_rng(1).random((40, 3), np.float32)
    known = [Color("srgb", each.tolist()).convert("oklrab").coords() for each in rgb]
    assert oklrab(rgb) == pytest.approx(np.array(known), abs=1e-5)
    assert oklrab(np.float32([[0, 0, 0], [1, 1, 1]]))[:, 0] == pytest.approx([0, 1], abs=1e-5)


def test_between_fields_the_difference_is_that_of_their_colours():
    """Coloraide's distance of the same colours, as an oracle."""
    for one, other in (((200, 30, 30), (190, 60, 30)), ((20, 20, 20), (20, 20, 60)), (GREY, (130, 128, 128))):
        found = difference(*(Image.new("RGB", (30, 20), rgb) for rgb in (one, other)))
        known = Color("srgb", [v / 255 for v in one]).distance(Color("srgb", [v / 255 for v in other]), space="oklrab")
        assert (found.mean, found.greatest) == pytest.approx((known, known), rel=1e-3)
        assert found.share == (known > NOTICEABLE) and found.seen == (known > NOTICEABLE)


def test_equal_pictures_do_not_differ(picture):
    found = difference(picture, picture.copy())
    assert (found.mean, found.greatest, found.share, found.box, found.seen) == (0, 0, 0, None, False)


def test_what_is_moved_by_a_dot_is_not_seen_and_by_two_or_three_is(picture):
    inner = (4, 4, picture.width - 4, picture.height - 4)  # what is cut off at the edge is gone
    for across, down in ((1, 0), (0, 1), (-1, 1)):
        found = difference(picture.crop(inner), moved(picture, across, down).crop(inner))
        assert not found.seen, found.greatest
    for across, down in ((2, 0), (0, 3), (3, 0)):
        assert difference(picture, moved(picture, across, down)).greatest > 3 * SMALL


@pytest.mark.parametrize("part", [0.3, 0.5, 0.8])
def test_parts_of_a_dot_count_for_little(built, tmp_path, part):
    """A page that begins elsewhere by a part of a dot: each line and letter falls upon the dots in another way."""
    for path in sorted(built.build.glob("figures/*/line/fit.pdf")):
        found = []
        for dots in (part, 2 + part):
            with pikepdf.open(path) as pdf:
                pdf.pages[0].contents_add(f"1 0 0 1 {dots * 72 / DPI} {-dots * 72 / DPI} cm".encode(), prepend=True)
                pdf.save(tmp_path / "moved.pdf")
            inner = difference(*map(drawn, (path, tmp_path / "moved.pdf"))).dots[8:-8, 8:-8]  # the rest may be cut off
            found.append((inner.max(), inner.mean()))
        little, much = found
        assert little[0] < ROUNDED < much[0] and little[1] < much[1] / 15


def planted(picture, how):
    """(a picture, the same with a small fault)."""
    x, y = picture.width // 3, picture.height // 2
    picture.paste(picture.getpixel((0, 0)), (x - 10, y - 20, x + 50, y + 30))
    right, wrong = picture.copy(), picture.copy()
    if how == "a label 3 dots aside":
        ImageDraw.Draw(right).text((x, y), "label", fill=GREY)
    pen = ImageDraw.Draw(wrong)
    if how == "a tick":
        pen.line((x, y, x + 4, y), fill=GREY)
    elif how == "a speck of dust":
        pen.rectangle((x, y, x + 1, y + 1), fill=GREY)
    elif how == "a label 3 dots aside":
        pen.text((x + 3, y), "label", fill=GREY)
    elif how == "another colour":
        red, green, blue = wrong.split()
        wrong = Image.merge("RGB", (red.point([min(255, k + 25) for k in range(256)]), green, blue))
    return right, wrong


@pytest.mark.parametrize("how", ["a tick", "a speck of dust", "a label 3 dots aside", "another colour"])
def test_a_small_fault_is_seen(picture, how):
    found = difference(*planted(picture, how))
    assert found.seen and found.box
    if how == "a tick":
        left, top, right, bottom = found.box
        x, y = picture.width // 3, picture.height // 2
        assert left <= x < x + 4 <= right and top <= y < bottom and right - left < 12 and bottom - top < 9


def test_the_order_does_not_matter_and_more_is_more(picture):
    one, two = (picture.filter(ImageFilter.GaussianBlur(radius)) for radius in (2, 4))
    a, b = difference(picture, one), difference(one, picture)
    assert (a.mean, a.greatest, a.share) == pytest.approx((b.mean, b.greatest, b.share))
    assert difference(picture, two).mean > a.mean


def test_pictures_of_two_sizes_are_laid_where_they_agree(picture):
    paper = picture.getpixel((0, 0))
    for place in ((0, 0), (12, 0), (6, 4)):
        wider = Image.new("RGB", (picture.width + 12, picture.height + 8), paper)
        wider.paste(picture, place)
        found = difference(picture, wider)
        assert found.resized and found.seen
        assert found.greatest == 0 or place == (12, 0), place
    assert not difference(picture, picture.crop((0, 0, picture.width - 1, picture.height))).resized  # rounding


def test_what_differs_is_hot_and_framed(picture):
    right, wrong = planted(picture, "a tick")
    shown = heat(right, wrong, found := difference(right, wrong))
    x, y = picture.width // 3 + 2, picture.height // 2
    red, _green, blue = shown.getpixel((x, y))
    assert red > 200 and blue < 120 < red - blue and shown.size == picture.size
    assert shown.getpixel((found.box[0] - 6, found.box[1] - 6)) == (230, 0, 90)
