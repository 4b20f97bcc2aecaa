"""Colours that meet in a figure: how far apart each eye sees them, and what else tells them apart."""

import pytest
from coloraide import Color

from conftest import MINIMAL
from pipeline.checks.cues import Role, alike, cue, looks, outline
from pipeline.checks.palette import Palette, check
from pipeline.errors.author import AuthorError
from pipeline.figure import figure
from pipeline.palette import palette
from pipeline.pdf.page import Paint
from pipeline.picture import picture
from pipeline.project.book import Book
from pipeline.style.colour import contrast, distances, words
from pipeline.style.icc import to_inks

RED, GREEN = "#A52A33", "#4B720E"  # of nearly one lightness, as the palette's light column has them

# Vision -----------------------------------------------------------------------------------------------------------------


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
    assert distances("#000000", "#FFFFFF") == pytest.approx(dict.fromkeys(("normal", "protan", "deutan", "tritan", "grey"), 100), abs=0.1)


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


# Cues -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((), (), True),
        ((), (3, 2), False),
        ((3, 2), (3, 3), True),  # nobody sees that
        ((3, 2), (1, 2), False),
        ((3, 3), (3, 2, 1, 2), False),
    ],
)
def test_dashes(one, other, expected):
    assert alike(("line", one), ("line", other)) is expected
    assert not alike(("line", one), ("area", ()))


def mark(how, *paths):
    return "mark", outline((how, *paths))


SQUARE = ((0, 0), (20, 0), (20, 20), (0, 20), (0, 0))
DIAMOND = ((0, 0), (10, 10), (0, 20), (-10, 10), (0, 0))
CIRCLE = ((0, 0), (-3, 7), (-10, 10), (-17, 7), (-20, 0), (-17, -7), (-10, -10), (-3, -7), (0, 0))


def test_marks_differ_in_form_not_in_size():
    small = tuple((x / 2, y / 2) for x, y in CIRCLE)
    assert alike(mark("f", CIRCLE), mark("B", small))
    forms = [mark("f", CIRCLE), mark("S", CIRCLE), mark("f", SQUARE), mark("f", DIAMOND), mark("S", SQUARE[::2], SQUARE[1:4:2])]
    assert [(k, j) for k in range(5) for j in range(k) if alike(forms[k], forms[j])] == []


def test_the_tip_of_an_arrow_belongs_to_its_line():
    tip = {"shape": ("f", DIAMOND), "box": (9, 0, 11, 2)}
    line = Paint("line", (1, 0, 0), (0, 1, 10, 1))
    assert [look for _, _, look in looks([line, Paint("mark", (1, 0, 0), **tip)])] == [("line", ())]
    assert len(list(looks([line, Paint("mark", (0, 0, 1), **tip)]))) == 2


def test_a_label_counts_where_it_stands_by_what_it_names():
    def role(*texts):
        return Role("a", RED, {("line", ()): {RED}}, [("line", (0, 0, 100, 50))], list(texts))

    assert cue(role(), role((105, 20, 115, 28)))[0] == "label"
    assert cue(role(), role((130, 20, 140, 28)))[0] is None
    assert cue(role(), Role("type", GREEN, texts=[(0, 0, 9, 9)]))[0] == "type"


# Figures ----------------------------------------------------------------------------------------------------------------

SOURCE = r"""((= Two roles

They meet. =))
\begin{tikzpicture}
%s
\end{tikzpicture}
"""


def meet(project, body, edition="light"):
    """(pairs of the figure, breaches) where a figure of this body is shown by the minimal book."""
    project.write("line/roles.tex.j2", SOURCE % body)
    project.write("line/chapter.tex", r"\fig{line/roles}{Roles.}")
    book = Book(MINIMAL)
    picture(book, "line/roles")
    figure(book, "line/roles", edition)
    pairs, breaches = check(book, edition)
    return pairs, breaches


def lines(one, other=""):
    return rf"\draw[curve, {one}] (0,0) -- (4,1); \draw[curve, {other or one}] (0,1) -- (4,0);"


def test_red_against_green_with_nothing_else_is_a_breach(project, book):
    pairs, breaches = meet(project, lines("draw=energy", "draw=hidden"))
    assert breaches == [
        "tests/books/minimal/line/roles.tex.j2 (light): 'hidden' and 'energy' differ in colour alone: "
        "ΔE 5.0 to deuteranopes, ΔL* 5.9 in grey; give one a dash, a marker or a label in its colour"
    ]
    assert [(p["figure"], p["roles"], p["colours"], p["cue"]) for p in pairs] == [("line/roles", ["hidden", "energy"], [GREEN, RED], None)]
    assert pairs[0]["contrasts"] == [{"dark": 13.57, "light": 5.66}, {"dark": 8.43, "light": 7.05}]
    with pytest.raises(AuthorError, match="'hidden' and 'energy' differ in colour alone"):
        palette(Book(MINIMAL), "light")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (lines("draw=energy, dashed", "draw=hidden"), "dash"),
        (lines("draw=energy") + r"\draw[curve, draw=hidden] (0,1) -- (4,0) node[right, text=hidden] {$\vh$};", "label"),
        (lines("draw=energy, ->", "draw=hidden, ->, dashed"), "dash"),
        (r"\draw[curve, draw=energy] (0,0) -- (4,1); \fill[hidden] (0,1) rectangle (4,2);", "kind"),
        (r"\node[energy] {$\cost$}; \node[observed=hidden] at (3,0) {$\vh$};", "label"),
        (r"\node[text=energy] {$E$}; \node[text=hidden] at (3,0) {$h$};", "type"),
    ],
)
def test_what_tells_them_apart(project, book, body, told):
    pairs, breaches = meet(project, body)
    assert [pair["cue"] for pair in pairs] == [told] and breaches == []


def test_a_label_far_away_tells_nothing(project, book):
    _, breaches = meet(project, lines("draw=energy", "draw=hidden") + r"\node[text=hidden] at (8,0) {$h$};")
    assert len(breaches) == 1


PLOT = r"\begin{axis} \addplot[points=energy, %s] coordinates {(0,0) (1,1)}; \addplot[points=hidden] coordinates {(0,1) (1,0)}; \end{axis}"


@pytest.mark.parametrize(("style", "told"), [("mark size=1.5pt", None), ("mark=square*", "marker"), ("mark=o", "marker")])
def test_markers(project, book, style, told):
    pairs, _ = meet(project, PLOT % style)
    assert [(pair["roles"], pair["cue"]) for pair in pairs] == [(["hidden", "energy"], told)]


def test_tints_count_with_their_roles_and_are_closer(project, book):
    area = r"\fill[energy!25!paper] (0,0) rectangle (1,1); \fill[hidden!25!paper] (1,0) rectangle (2,1);"
    pairs, breaches = meet(project, area)
    assert len(breaches) == 1 and pairs[0]["roles"] == ["hidden", "energy"]
    assert pairs[0]["distances"]["normal"] < distances(RED, GREEN)["normal"] / 1.5
    _, breaches = meet(project, area + r"\node[text=energy] at (0.5,0.5) {$E$};")
    assert breaches == []


def test_equal_colours_are_no_pair(project, book):
    assert meet(project, lines("draw=decoder", "draw=loss")) == ([], [])


def test_structure_is_no_role(project, book):
    assert meet(project, lines("draw=ink", "draw=axis!60!paper")) == ([], [])


def test_lightness_alone_tells_them_apart(project, book):
    """The dark column's red and green, 16 L* apart."""
    pairs, breaches = meet(project, lines("draw=energy", "draw=hidden"), edition="dark")
    assert [pair["cue"] for pair in pairs] == ["colour"] and breaches == []


def test_a_faint_colour_is_found_on_either_page(project, book):
    project.edit("templates/maths-preamble.tex", "{FFFFB3}{5F5C00}", "{FFFFB3}{FFFFB3}")
    _, breaches = meet(project, lines("draw=temperature"), edition="dark")
    where = next(
        n
        for n, line in enumerate(project.path("templates/maths-preamble.tex").read_text(encoding="utf-8").splitlines(), 1)
        if "{yellow}" in line
    )
    assert breaches == [f"templates/maths-preamble.tex:{where}: 'yellow' has a contrast of 1.0 with the light page; at least 3"]


def test_printing_inks_are_known_by_their_roles(project, book):
    tint = tuple(0.25 * v for v in to_inks(GREEN, "FOGRA39L_coated.icc"))
    painted = [Paint("line", to_inks(RED, "FOGRA39L_coated.icc"), (0, 0, 9, 9)), Paint("area", tint, (0, 0, 9, 9))]
    roles = Palette(book, "print").roles("draw=energy, fill=hidden!25!paper", painted)
    assert [(role.name, role.colour) for role in roles] == [("hidden", GREEN), ("energy", RED)]
    assert distances(RED, *roles[1].looks["line", ()])["normal"] < 5


def test_the_minimal_book_is_readable_by_all(book):
    for edition in book.editions:
        pairs, breaches = check(book, edition)
        assert breaches == [] and {pair["figure"] for pair in pairs} == {"line/net", "line/fit"}
