"""How far apart two colours are to each kind of eye."""

import random

import pytest
from coloraide import Color

from pipeline.style.colour import contrast, distances, words

RED, GREEN = "#A52A33", "#4B720E"  # of nearly one lightness, as the palette's light column has them


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_as_published(one, other, difference):
    """Pairs of L*, a*, b* from table 1 of Sharma, Wu and Dalal (2005)."""
    assert Color("lab-d65", one).delta_e(Color("lab-d65", other), method="2000") == pytest.approx(difference, abs=5e-5)


def test_black_and_white_are_apart_to_every_eye():
    assert distances("#000000", "#FFFFFF") == pytest.approx(
        dict.fromkeys(("normal", "protan", "deutan", "tritan", "grey"), 100), abs=0.1
    )


def test_red_and_green_are_one_to_deuteranopes():
    seen = distances(RED, GREEN)
    assert seen["normal"] > 40 and seen["deutan"] < 10 and seen["grey"] < 10
    assert words(seen) == "ΔE 5.0 to deuteranopes, ΔL* 5.9 in grey"


def test_yellow_and_blue_are_not():
    assert min(distances("#FFFF00", "#0000FF").values()) > 30


def test_blue_and_aqua_are_one_to_tritanopes_alone():
    seen = distances("#80B1D3", "#8DD3C7")
    assert seen["tritan"] < 10 < min(seen["normal"], seen["protan"], seen["deutan"])


def test_grey_is_the_difference_of_lightness():
    assert distances("#777777", "#000000")["grey"] == pytest.approx(50, abs=0.1)  # #777777 has L* 50
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_contrast_is_that_of_others():
    """coloraide knows luminance from XYZ, with more digits than WCAG's own formula has."""
    chance = random.Random(0)
    for _ in range(500):
        one, other = (f"#{chance.randrange(1 << 24):06x}" for _ in range(2))
        assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), rel=1e-3)


def test_a_colour_is_the_same_by_both_names():
    assert contrast("#0A7BFF", "#FFFFFF") == contrast((10, 123, 255), (255, 255, 255))
