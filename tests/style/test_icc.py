"""The palette in printing inks: neutrals in black alone, and colours that look the same through the profile."""

import random
import shutil

import numpy as np
import pytest
from coloraide import Color

from conftest import MINIMAL, ROOT
from pipeline.errors.author import AuthorError
from pipeline.style.icc import of_levels, profile_path, through, to_inks, to_screen
from pipeline.style.stylesheet import Stylesheet

PROFILE = "FOGRA39L_coated.icc"
STYLE = Stylesheet.read(ROOT / MINIMAL / "editions/print.tex")


def difference(one, other):
    """CIEDE2000 of '#RRGGBB' and (r, g, b)."""
    return Color(one).delta_e(Color("srgb", list(other)), method="2000")


def test_paper_and_text():
    assert to_inks("#FFFFFF", PROFILE) == (0, 0, 0, 0)
    assert to_inks("#000000", PROFILE) == (0, 0, 0, 1)


@pytest.mark.parametrize("grey", ["#5A5A5A", "#949494", "#E4E4E4", "#767676"])
def test_a_grey_is_black_alone_of_the_same_lightness(grey):
    inks = to_inks(grey, PROFILE)
    assert inks[:3] == (0, 0, 0) and 0 < inks[3] < 1
    assert difference(grey, to_screen(inks, PROFILE)) < 1


@pytest.mark.parametrize("name", [name for name, colour in STYLE.inks.items()])
def test_an_ink_looks_like_its_colour(name):
    """What offset cannot print at all, a saturated lavender, may differ most."""
    colour = STYLE.colours[name]
    assert difference(colour, to_screen(to_inks(colour, PROFILE), PROFILE)) < 8
    assert sum(to_inks(colour, PROFILE)) < 3


def test_a_profile_that_is_not_there():
    with pytest.raises(AuthorError, match=r"no ICC profile 'none-such.icc', which the edition's \\inkprofile asks for"):
        profile_path("none-such.icc")


def test_the_stops_of_a_field_are_inks_too(built):
    text = (built.build / "inks/print.tex").read_text(encoding="utf-8")
    assert text.startswith(f"% Through {PROFILE}")
    assert {r"\ink{pink}", r"\ink{paper}", r"\ink{field0}", r"\ink{field10}"} <= {
        line.split("}{")[0] + "}" for line in text.splitlines()
    }


@pytest.mark.slow
def test_a_profile_that_lies_in_the_book_is_tracked(project):
    shutil.copy(profile_path(PROFILE), project.path("theirs.icc"))
    project.edit("editions/print.tex", f"{{{PROFILE}}}", r"{\bookdir/theirs.icc}")
    done = project.run("pipeline.inks", "--edition", "print", "--book", MINIMAL)
    assert done.returncode == 0, done.stderr
    assert "theirs.icc" in (project.build / "inks/print.reads").read_text(encoding="utf-8")


def test_inks_look_as_their_levels_do_and_each_level_is_looked_up_once():
    """A profile is asked for whole levels of 255: thousands of colours of a surface are few of them."""
    chance = random.Random(2)
    near = [tuple(0.3 + chance.uniform(-0.004, 0.004) for _ in range(4)) for _ in range(500)]
    colours = near + [tuple(chance.random() for _ in range(4)) for _ in range(100)]
    of_levels.cache_clear()
    looks = [to_screen(colour, PROFILE) for colour in colours]
    assert of_levels.cache_info().misses <= 3**4 + 100
    np.testing.assert_array_equal(looks, through(colours, PROFILE, "sRGB", ("CMYK", "RGB")))
