"""Labels in Matplotlib: each glyph in its colour, however deep it stands, and what mathtext cannot draw by name."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from conftest import MINIMAL, ROOT
from pipeline.errors.author import AuthorError
from pipeline.style.editions import Edition
from pipeline.style.mathtext import Label, Paint
from pipeline.style.parser import arity
from pipeline.style.stylesheet import Stylesheet

NOTATION = r"""
    \vect{x} \matr{X} \vx \vy \vz \vh \vs \vb \vw \vu \vmu \vq \vk \vv \vtheta \vytilde \vyhat \vycheck \vzcheck \vztilde
    \mW \mA \mU \mSigma \mV \mX \mY \mH \mQ \mK \cx \cz \ctheta \N \Z \Q \R \E \V \Pr \cL \cN x\tr \D \pd{\energy}{\vx}
    \deriv{\Loss}{\vw} \set{\vz} \relu{\vs} \softargmax \smax \smin \Enc \Dec \norm{\vx} \inner{\vx}{2}
    \pink{x} \blue{x} \orange{x} \green{x} \violet{x} \red{x} \aqua{x} \lavender{x} \yellow{x} \grey{x}
""".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def style():
    return Stylesheet.of(ROOT / "tests/style/notation", Edition(ROOT / MINIMAL / "editions/dark.tex").text)


def pieces(style, label):
    """{colour's name: (n, 2) vertices of what is painted in it}"""
    names = {value: name for name, value in style.shades.items()}
    return {names[colour]: outline.vertices for colour, outline in Label(style, label).pieces(FontProperties()).items()}


def width(style, label):
    return text_to_path.get_text_width_height_descent(Label(style, label).text, FontProperties(), True)[0]  # in pt


def place(vertices):
    """(x, y) of the middle of what is painted, in em."""
    return (vertices[np.any(vertices != 0, axis=1)].min(0) + vertices.max(0)) / 2 / text_to_path.FONT_SCALE


@pytest.mark.parametrize("macro", NOTATION)
def test_the_notation_is_drawn_by_matplotlib(style, macro):
    name = macro.lstrip("x")[1:].split("{")[0]
    assert name in style.macros or name in style.inks
    label = Label(style, f"${macro}$")
    assert label.notes == [] and f"\\{name}{{" not in label.text
    assert sum(map(len, label.pieces(FontProperties()).values()))


@pytest.mark.parametrize(
    ("label", "colours"),
    [
        ("a word", {"ink"}),
        (r"$\vx$", {"pink"}),
        (r"$F(\vx, \vy)$ and more", {"ink", "pink", "blue"}),
        (r"\pink{input} of $F$", {"pink", "ink"}),
        (r"$\red{\set{\vx}}$", {"red", "pink"}),  # the inner colour
        (r"$\red{\vx}$", {"pink"}),
        (r"$\vx_1$", {"pink"}),  # what stands at a letter's foot and shoulder, too
        (r"$\vx_{ij}^2\vy''\vz'^{(n)}\vh₁²$", {"pink", "blue", "orange", "green"}),
        (r"$\vx\tr\vy_\infty\vz_\mathrm{c}\vh_\frac{1}{2}$", {"pink", "blue", "orange", "green"}),
        (r"$\pink{F_\infty}_k$", {"pink"}),
        (r"$x_\ctheta^2$", {"ink", "orange"}),  # the exponent is x's
        (r"${\vx}^2$", {"pink", "ink"}),
        (r"$\vx \tr + 1$", {"pink", "ink"}),
        (r"$\pd{\energy}{\vx}$", {"red", "pink", "ink"}),
        (r"$\red{\frac{\vx}{\vy}}$", {"pink", "blue", "red"}),  # the bar is red
        (r"$\sqrt{\vx}$", {"pink", "ink"}),
        (r"$\hat{\vx}$", {"pink", "ink"}),
        (r"$\vyhat$", {"red"}),
        (
            r"$\sum_{\vy=1}^{\green{K}} \left( \frac{\vx}{2} \middle| \vz \right)$",
            {"ink", "blue", "green", "pink", "orange"},
        ),
        (r"$x_{\text{the \green{best} of $\vz$}}$", {"ink", "green", "orange"}),
        (r"$\textcolor{energy}{E}$", {"red"}),  # a role
        (r"$\vect{\pink{x}}$", {"pink"}),
    ],
)
def test_a_label_has_the_colours_of_its_symbols(style, label, colours):
    assert set(pieces(style, label)) == colours
    assert Label(style, label).notes == []


@pytest.mark.parametrize(
    ("label", "order"),
    [
        (r"$\vx\vy\vz$", {"pink": (0, 0), "blue": (1, 0), "orange": (2, 0)}),
        (r"$\vx_{\vy}^{\vz}$", {"pink": (0, 1), "blue": (1, 0), "orange": (1, 2)}),
        (r"$\frac{\vx}{\vy} \vz$", {"pink": (0, 2), "blue": (0, 0), "orange": (1, 1)}),
        (r"$\sum_{\vx}^{\vy} \vz$", {"pink": (0, 0), "blue": (0, 2), "orange": (1, 1)}),
        (r"\pink{a} $\vy$ \orange{c}", {"pink": (0, 0), "blue": (1, 0), "orange": (2, 0)}),
    ],
)
def test_each_colour_is_where_its_symbol_is(style, label, order):
    places = {name: place(vertices) for name, vertices in pieces(style, label).items() if name in order}
    for axis in (0, 1):
        ranks = {name: order[name][axis] for name in order}
        for one, other in ((a, b) for a in order for b in order if ranks[a] < ranks[b]):
            assert places[one][axis] < places[other][axis] - 0.1, (one, other, axis)


@pytest.mark.parametrize(
    "label", [r"$F(\vx, \vy)$ of", r"$\pd{\energy}{\vx} + \sqrt{\vx^2}$", r"$\violet{-x} \Dec(\vz)$"]
)
def test_pieces_are_the_whole_label(style, label):
    whole, _ = text_to_path.get_text_path(FontProperties(), Label(style, label).text, ismath=True)
    painted = np.concatenate(list(pieces(style, label).values()))
    np.testing.assert_allclose(painted[np.lexsort(painted.T)], np.array(whole)[np.lexsort(np.transpose(whole))])


@pytest.mark.parametrize(
    ("coloured", "plain"), [(r"a \pink{b} c", "a b c"), (r"$\pink{x}+\blue{y}$", "$x+y$"), (r"$\pink{-x}$", "$-x$")]
)
def test_a_colour_takes_no_room(style, coloured, plain):
    assert width(style, coloured) == pytest.approx(width(style, plain), abs=0.2)


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_colours_arrive_in_the_picture(style, rotation):
    label = Label(style, r"$\frac{\vx}{\energy}$")
    painted = label.pieces(FontProperties())
    figure = Figure(figsize=(1, 1), dpi=200, facecolor="black")
    figure.text(
        0.5, 0.5, label.text, size=30, ha="center", va="center", rotation=rotation, path_effects=[Paint(painted)]
    )
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3] / 255
    middles = {}
    for name in ("pink", "red", "ink"):
        rows, columns = np.nonzero(np.abs(pixels - to_rgb(style.colours[name])).max(axis=2) < 0.02)
        assert len(rows) > 20, name
        middles[name] = (columns if rotation else rows).mean()
    assert middles["pink"] < middles["ink"] < middles["red"]  # top or left, bar, bottom or right


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("99.5 % of all", "99.5 % of all"),
        (r"99.5\,\% -- {ReLU}", r"$\text{99.5}\,\text{\%}\text{ – ReLU}$"),
        (r"5\$ a $\R$", r"$\text{5}\text{\$}\text{ a }\mathbb{R}$"),
        (r"$\frac12 \mathrm d\sqrt2 x$", r"$\frac{1}{2} \mathrm{d}\sqrt{2} x$"),
        (r"$\mbox{for all } \bm{x}$", r"${\text{for all }} \boldsymbol{x}$"),
        (r"$\sqrt[3]{x} \bm{x_1}$", r"$\sqrt [3]{x} \mathbfit{x_1}$"),
        ("share ≤ β", "share ≤ β"),
        (r"$x₁₂² ∈ ℝ$", r"$x_{12}^{2} ∈ \mathbb{R}$"),
        ("x₁ of ℒ", r"$\text{x}_{1}\text{ of }\mathcal{L}$"),
    ],
)
def test_tex_becomes_mathtext(style, label, text):
    assert (Label(style, label).text, Label(style, label).notes) == (text, [])


@pytest.mark.parametrize(
    ("label", "like", "notes"),
    [
        (r"$\underbrace{\vx}_{y}$", r"$\vx_{y}$", [r"\underbrace; the label is drawn without it"]),
        (
            r"$\boxed{\sum\limits_x}$",
            r"$\sum\limits_x$",
            [r"\boxed; the label is drawn without it", r"\limits; the label is drawn without it"],
        ),
        (r"a \emph{fast} one", "a fast one", [r"\emph; the text's face stands in"]),
        (r"${\color{red} x}$", "$x$", [r"\color; the label is drawn without it"]),
        (r"$\nosuch x$", "$x$", [r"\nosuch; the label is drawn without it"]),
    ],
)
def test_what_mathtext_cannot_draw_is_named_and_the_rest_drawn(style, label, like, notes):
    found = Label(style, label)
    assert found.notes == [f"mathtext cannot draw {note}" for note in notes]
    assert width(style, label) == pytest.approx(width(style, like), abs=0.1)


@pytest.mark.parametrize(
    ("label", "message"),
    [
        (r"$\begin{pmatrix} x \end{pmatrix}$", "there are no environments such as pmatrix"),
        (r"$x^2^3$", "Double superscript"),
        (r"a $x", "a $ is missing"),
        (r"$\pd{x}$", r"an argument is missing after $\pd{x}"),
        (r"\textcolor{purle}{x}", "there is no colour 'purle'"),
        ("a 😀", "no font has '😀' (grinning face)"),
    ],
)
def test_what_cannot_be_drawn_at_all_is_the_authors_to_mend(style, label, message):
    with pytest.raises(AuthorError) as error:
        Label(style, label)
    assert str(error.value).startswith(f"mathtext cannot draw the label {label}: {message}")


def test_matplotlibs_own_parser_says_what_it_knows():
    known = {
        "frac": 2,
        "sqrt": 1,
        "mathrm": 1,
        "operatorname": 1,
        "alpha": 0,
        "hat": 0,
        "left": 0,
        "right": 0,
        "middle": 0,
        "quad": 0,
    }
    assert {name: arity(name) for name in known} == known
    assert arity("underbrace") is arity("nosuch") is None


def accented(style, accent):
    """The vertices of a letter and of its accent, each (n, 2)."""
    label = Label(style, rf"$\{accent}{{x}}$")
    assert label.notes == []
    found = [
        vertices[np.asarray(codes) != Path.CLOSEPOLY] for vertices, codes in label.outlines(None, FontProperties())
    ]
    return sorted(found, key=lambda vertices: vertices[:, 1].min())


@pytest.mark.parametrize("accent", ["hat", "check", "tilde"])
def test_an_accent_stands_above_its_letter(style, accent):
    letter, mark = accented(style, accent)
    assert mark[:, 1].min() > letter[:, 1].max()
    assert letter[:, 0].min() < (mark[:, 0].min() + mark[:, 0].max()) / 2 < letter[:, 0].max()


def test_a_hacek_points_down_as_a_hat_points_up(style):
    for accent, tip in (("check", np.argmin), ("hat", np.argmax)):
        x, y = accented(style, accent)[1].T
        assert 0.25 < (x[tip(y)] - x.min()) / np.ptp(x) < 0.75


@pytest.mark.parametrize("operator", ["sum", "prod", "min", "lim"])
def test_limits_stand_beside_their_operator_as_in_a_line_of_text(style, operator):
    alone, limited = (width(style, rf"$\{operator}{limit}$") for limit in ("", "_{k}"))
    assert limited > alone + 2


def test_no_command_that_only_begins_like_an_operator_is_one(style):
    assert Label(style, r"$\bigstar_k$").text == r"$\bigstar _k$"


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("$f'(x)$", r"f\hspace{0.08}\prime (x)"),
        ("$f''$", r"f\hspace{0.08}\prime \prime "),
        ("$f'_1 + g_{12}' + h''^2$", "f'_1 + g_{12}' + h''^2"),  # mathtext sets them above an index
    ],
)
def test_primes_are_as_large_and_near_as_in_figures(style, label, drawn):
    assert Label(style, label).text == f"${drawn}$"
