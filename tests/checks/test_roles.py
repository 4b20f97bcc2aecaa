"""Colours that meet in a figure: what tells them apart, and where nothing does."""

import pytest

from conftest import MINIMAL
from pipeline.checks.palette import Palette
from pipeline.checks.roles import check
from pipeline.errors.author import AuthorError
from pipeline.figure import figure
from pipeline.palette import palette
from pipeline.pdf.page import Paint
from pipeline.picture import picture
from pipeline.preflight import report_on
from pipeline.project.book import Book
from pipeline.style.colour import distances
from pipeline.style.icc import to_inks

RED, GREEN = "#A52A33", "#4B720E"  # of nearly one lightness, as the palette's light column has them


SOURCE = r"""((= Two roles

They meet. =))
\begin{tikzpicture}
%s
\end{tikzpicture}
"""


MORE = r"""
\role{hidden}{green}
\role{decoder}{aqua}
\role{loss}{aqua}
\role{temperature}{yellow}
\newcommand{\vh}{\green{\vect{h}}}
"""


@pytest.fixture
def book(project, book):
    """The minimal book with more roles."""
    project.write("preamble.tex", project.path("preamble.tex").read_text(encoding="utf-8") + MORE)
    return Book(MINIMAL)


def meet(project, body, edition="light"):
    """(pairs of the figure, breaches) where a figure of this body is shown by the minimal book."""
    project.write("line/roles.tex.j2", SOURCE % body)
    project.write("line/chapter.tex", r"\fig{line/roles}{Roles.}")
    book = Book(MINIMAL)
    picture(book, "line/roles")
    figure(book, "line/roles", edition)
    pairs, breaches = check(book, edition)
    return pairs, [breach.line for breach in breaches]


def lines(one, other=""):
    return rf"\draw[curve, {one}] (0,0) -- (4,1); \draw[curve, {other or one}] (0,1) -- (4,0);"


def test_red_against_green_with_nothing_else_is_a_breach(project, book):
    pairs, breaches = meet(project, lines("draw=energy", "draw=hidden"))
    assert breaches == [
        "tests/books/minimal/line/roles.tex.j2:5: 'hidden' and 'energy' differ in colour alone: "
        "ΔE 5.0 to deuteranopes, ΔL* 5.9 in grey"
    ]
    assert [(p["figure"], p["roles"], p["colours"], p["cue"]) for p in pairs] == [
        ("line/roles", ["hidden", "energy"], [GREEN, RED], None)
    ]
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


@pytest.mark.parametrize(
    ("style", "told"), [("mark size=1.5pt", None), ("mark=square*", "marker"), ("mark=o", "marker")]
)
def test_markers(project, book, style, told):
    pairs, _ = meet(project, PLOT % style)
    assert [(pair["roles"], pair["cue"]) for pair in pairs] == [(["hidden", "energy"], told)]


AXIS = r"\begin{axis}[%s] %s \end{axis}"
BARS = "ybar, bar shift=0pt, width=4cm, height=2cm, xmin=0, xmax=3, ymin=0, xtick={1,2}, xticklabels={a,b}"
BAR = r"\addplot[draw=none, fill=%s] coordinates {(%s,1)};"
CURVE = r"\addplot[curve, draw=%s] coordinates {(0,%d) (1,%d)};"
LEGEND = r"\legend{before, after}"


@pytest.mark.slow  # five pictures
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (AXIS % (BARS, BAR % ("energy", 1) + BAR % ("hidden", 2)), "place"),
        (AXIS % (BARS, BAR % ("energy", 1) + BAR % ("hidden", 1)), None),
        (AXIS % ("width=3cm", CURVE % ("energy", 0, 1)) + AXIS % ("width=3cm, xshift=5cm", CURVE % ("hidden", 1, 0)), "panel"),
        (AXIS % ("width=3cm", CURVE % ("energy", 0, 1)) + AXIS % ("width=3cm", CURVE % ("hidden", 1, 0)), None),
        (AXIS % ("width=6cm, legend pos=outer north east", CURVE % ("energy", 0, 1) + CURVE % ("hidden", 1, 0) + LEGEND), "legend"),
    ],
    ids=["place", "one-place", "panels", "two-axes-in-one-place", "legend"],
)  # fmt: skip
def test_place_panel_and_legend(project, book, body, told):
    pairs, _ = meet(project, body)
    assert [pair["cue"] for pair in pairs] == [told]


def test_an_author_may_stand_by_it_with_a_reason(project, book):
    waiver = r"\waive{palette: hidden, energy}{one is always above the other}"
    meet(project, waiver + lines("draw=energy", "draw=hidden"))
    report = report_on(Book(MINIMAL), "light")
    assert [waiver["reason"] for waiver in report["waivers"]] == ["one is always above the other"]
    assert [breach for promise in report["promises"] for breach in promise["breaches"]] == []
    meet(project, waiver + lines("draw=energy, dashed", "draw=hidden"))
    [breach] = [breach for promise in report_on(Book(MINIMAL), "light")["promises"] for breach in promise["breaches"]]
    assert breach["line"].startswith("tests/books/minimal/line/roles.tex.j2:5: 'palette: energy, hidden' is waived")


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
        for n, line in enumerate(
            project.path("templates/maths-preamble.tex").read_text(encoding="utf-8").splitlines(), 1
        )
        if "{yellow}" in line
    )
    assert breaches == [
        f"templates/maths-preamble.tex:{where}: 'yellow' has a contrast of 1.0 with the light page; at least 3"
    ]


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
