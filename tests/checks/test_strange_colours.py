"""Colours of a figure that are none of the book's are told, with the palette's that comes next; its own, and mixes, are not."""

import random

import pytest
from matplotlib.colors import LinearSegmentedColormap

from pipeline.checks import foreign
from pipeline.checks.finding import Unread
from pipeline.checks.palette import Palette
from pipeline.pdf.document import Document
from pipeline.pdf.page import Page
from pipeline.pdf.spaces import rounded
from tiny import pdf


@pytest.fixture(params=["dark", "light", "print"])
def known(book, request):
    return foreign.Known(Palette(book, request.param))


def test_the_styles_colours_and_mixes_of_two_are_the_books(known):
    colours = list(known.palette.components.values())
    mixes = random.Random(4)
    pairs = [(mixes.choice(colours), mixes.choice(colours), mixes.random()) for _ in range(300)]
    found = [tuple(k * a + (1 - k) * b for a, b in zip(one, other, strict=True)) for one, other, k in pairs]
    assert known.strange([*colours, *found]) == []
    assert known.strange([(0.0,), (0.3,), (1.0,)]) == []  # greys are mixes of ink and paper


def test_a_fields_colours_are_the_books(book):
    """Between the stops, too; and PGFPlots has them darker at edges."""
    known = foreign.Known(Palette(book, "light"))
    scale = LinearSegmentedColormap.from_list("field", known.palette.style.scales["field"])
    fields = [tuple(scale(k / 255)[:3]) for k in range(0, 256, 3)]
    edges = [tuple(0.8 * v for v in field) for field in fields]
    assert known.strange([*fields, *edges]) == []


def test_in_printing_inks_a_rich_black_is_black(book):
    known = foreign.Known(Palette(book, "print"))
    assert known.strange([(0.4, 0.2, 0.7, 1.0), (0.9, 0.1, 0.9, 0.1)]) == [(0.9, 0.1, 0.9, 0.1)]


@pytest.mark.parametrize(
    ("colour", "nearest"),
    [
        ((0.85, 0.37, 0.01), "orange"),
        ((0.9, 0.16, 0.54), "pink"),
        ((0, 0, 1.0), "blue"),
        ((0.2, 0.8, 1.0), "blue"),
    ],
)
def test_any_other_is_told_with_what_comes_next(book, colour, nearest):
    for edition in ("dark", "light"):
        known = foreign.Known(Palette(book, edition))
        assert known.strange([colour]) == [colour]
    assert known.nearest(colour) == nearest


def report(book, edition, content):
    """What is told of a figure of this content."""
    with pdf(content) as made:
        document = Document("figure.pdf", "line/net", made, [Page(made.pages[0])], template="net.tex.j2")
        return foreign.check(Palette(book, edition), [document], Unread())


def test_a_figure_is_told_once_its_most_used_colour_first(book):
    one, other = "0.85 0.37 0.01 rg 10 10 20 20 re f ", "0.9 0.16 0.54 RG 2 w 50 50 m 90 50 l S "
    found = report(book, "light", one + other + other.replace("50", "60"))
    (finding,) = found["breaches"]
    assert finding.where == "net.tex.j2" and finding.what == "#E6298A is no colour of the book's, nor are #D95E03"
    assert finding.objects == 3 and finding.advice.startswith("'pink' comes next to it")
    assert report(book, "light", "0 g 10 10 20 20 re f")["breaches"] == []
    own = rounded(255 * v for v in Palette(book, "dark").components["yellow"])
    assert report(book, "dark", f"{' '.join(str(v / 255) for v in own)} rg 10 10 20 20 re f")["breaches"] == []
    assert report(book, "light", f"{' '.join(str(v / 255) for v in own)} rg 10 10 20 20 re f")["breaches"] != []


def test_thousands_of_colours_are_judged_as_each_is_by_itself_and_in_few_looks(known, monkeypatch):
    """A surface's: of a scale between two stops, towards an edge's colour, and some that are none of the book's."""
    stops = [known.palette.written(stop) for stop in known.palette.style.scales["field"][:2]]
    ink = known.palette.components["ink"]

    def mix(one, other, share):
        return tuple(float(share * a + (1 - share) * b) for a, b in zip(one, other, strict=True))

    surface = [mix(mix(*stops, k / 40), ink, m / 25) for k in range(40) for m in range(10, 25)]
    any_, rest = random.Random(7), len(ink)
    loose = [tuple(any_.random() for _ in range(rest)) for _ in range(60)]
    colours = [colour for pair in zip(surface, loose * 10, strict=True) for colour in pair]
    colours = list(dict.fromkeys(colours))
    alone = [colour for colour in colours if known.strange([colour])]
    looks = []
    judge = foreign.apart
    monkeypatch.setattr(foreign, "apart", lambda *given: looks.append(given) or judge(*given))
    assert known.strange(colours) == alone and 20 < len(alone) <= 60
    assert len(looks) < 200
