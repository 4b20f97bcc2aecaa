"""maths-preamble.tex as data: the book's macros and colours for Matplotlib, and inks that can be read."""

from dataclasses import replace

import pytest
from matplotlib.mathtext import MathTextParser

from conftest import MINIMAL, ROOT
from pdfs import colours
from pipeline.stylesheet import Stylesheet
from pipeline.tex import compile_picture

NOTATION = r"""
    \vect{x} \matr{X} \vx \vy \vz \vh \vs \vb \vw \vu \vmu \vq \vk \vv \vtheta \vytilde \vyhat \vycheck \vzcheck \vztilde
    \mW \mA \mU \mSigma \mV \mX \mY \mH \mQ \mK \cx \cz \ctheta \N \Z \Q \R \E \V \Pr \cL \cN x\tr \D \pd{\energy}{\vx}
    \deriv{\Loss}{\vw} \set{\vz} \relu{\vs} \softargmax \smax \smin \Enc \Dec
    \pink{x} \blue{x} \orange{x} \green{x} \violet{x} \red{x} \aqua{x} \lavender{x} \yellow{x} \grey{x}
""".split()  # noqa: SIM905


@pytest.fixture(params=["dark", "light"])
def style(request):
    return Stylesheet.read(ROOT / MINIMAL / "editions" / f"{request.param}.tex", ROOT / "templates/maths-preamble.tex")


def parse(maths):
    return MathTextParser("path").parse(maths)


@pytest.mark.parametrize("macro", NOTATION)
def test_the_notation_is_drawn_by_matplotlib(style, macro):
    name = macro.lstrip("x")[1:].split("{")[0]
    assert name in style.macros or name in style.inks
    segments = style.segments(f"${macro}$")
    assert segments and all(f"\\{name}" not in text for text, _ in segments)
    for text, _ in segments:
        parse(text)


def test_a_symbol_is_one_piece_in_its_colour(style):
    assert style.segments(r"$\vx$") == [(r"$\boldsymbol{x}$", style.colours["pink"])]
    assert style.colours["pink"] == style.colours["input"] == {"dark": "#FCCDE5", "light": "#C14A92"}[style.macros["palette"][2]]


def test_pieces_come_in_their_order_and_colours(style):
    c = style.colours
    assert style.segments(r"the $F(\vx, \vy)$ of") == [
        ("the ", c["ink"]), ("$F($", c["ink"]), (r"$\boldsymbol{x}$", c["pink"]), ("$, $", c["ink"]),
        (r"$\boldsymbol{y}$", c["blue"]), ("$)$", c["ink"]), (" of", c["ink"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "pieces"),
    [
        (r"$\cx_1$", [("$x$", "pink"), ("${}_1$", "ink")]),  # the index hangs on an empty nucleus
        (r"$\relu{\vs}$", [(r"$(\boldsymbol{s})^{+}$", "ink")]),
        (r"$\pd{\energy}{\vx}$", [(r"$\frac{\partial F}{\partial \boldsymbol{x}}$", "ink")]),  # mathtext has no colour in groups
        (r"$\red{\set{\vx}}$", [(r"$\{\boldsymbol{x}\}$", "red")]),  # the outer colour
        (r"$\vytilde = \Dec(\vz)$", [(r"$\tilde{\boldsymbol{y}}$", "violet"), ("$= $", "ink"), (r"$\operatorname{Dec}$", "aqua"),
                                     ("$($", "ink"), (r"$\boldsymbol{z}$", "orange"), ("$)$", "ink")]),
        (r"5\$ a $\R$", [(r"5\$ a ", "ink"), (r"$\mathbb{R}$", "ink")]),
    ],
)  # fmt: skip
def test_nested_macros(style, label, pieces):
    found = style.segments(label)
    assert found == [(text, style.colours[colour]) for text, colour in pieces]
    for text, _ in found:
        parse(text)


MORE = r"""
\colour{teal}{112233}{445566}{a new one}
\newcommand{\vteal}[1][t]{\teal{\vect{#1}}}
\newcommand{\inner}[3][2]{\langle #2, #3 \rangle_{#1}}
"""


def test_a_macro_and_a_colour_that_are_added_are_usable(style):
    style = replace(style, preamble=style.preamble + MORE)
    teal = "#112233" if style.macros["palette"][2] == "dark" else "#445566"
    assert style.segments(r"$\vteal$") == [(r"$\boldsymbol{t}$", teal)]
    assert style.segments(r"$\vteal[s]$") == [(r"$\boldsymbol{s}$", teal)]  # an optional argument
    assert style.expand(r"\inner{\vs}{b} \inner[1]{a}{b}") == r"\langle \boldsymbol{s}, b \rangle_{2} \langle a, b \rangle_{1}"


def test_and_tex_uses_them_too(project, book):
    project.write("templates/maths-preamble.tex", project.path("templates/maths-preamble.tex").read_text() + MORE)
    source = book.build / "more.tex"
    source.write_text(r"\tikz\draw[teal] (0,0) -- (1,0) node {$\vteal$};")
    compile_picture(book, "dark", source, book.build / "more.pdf", "more")
    assert "#112233" in colours(book.build / "more.pdf")


def luminance(colour):
    """Relative luminance of '#RRGGBB' (WCAG 2.2)."""
    levels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in levels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ink_can_be_read_on_its_paper(style):
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the formula, at a value that is well known
    assert len(style.inks) >= 10
    paper = style.colours["paper"]
    texts = style.inks | {name: style.colours[name] for name in ("ink", "axis")}
    assert {name: contrast(ink, paper) for name, ink in texts.items() if contrast(ink, paper) < 4.5} == {}
    assert contrast(style.colours["grid"], paper) >= 3  # WCAG's minimum for what is not text


def test_the_roles_of_an_edition_are_all_colours(style):
    assert {"input", "target", "latent", "hidden", "reconstruction", "energy", "predictor", "decoder", "class4"} <= set(style.colours)
    assert style.rcparams["figure.facecolor"] == style.colours["paper"]
