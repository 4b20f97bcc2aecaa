"""maths-preamble.tex as data: what is written there once, TeX, Matplotlib and web pages use, and inks can be read."""

from dataclasses import replace

import pytest
from matplotlib.font_manager import FontProperties

from conftest import MINIMAL, ROOT
from pdfs import colours
from pipeline.errors.author import AuthorError
from pipeline.style.editions import length
from pipeline.style.mathtext import Label
from pipeline.style.stylesheet import SIZES, Stylesheet, group
from pipeline.tex.picture import compile_picture
from pipeline.web import css, katex, mathjax


@pytest.fixture(params=["dark", "light"])
def style(request):
    return Stylesheet.read(ROOT / MINIMAL / "editions" / f"{request.param}.tex")


def with_more(style, tex):
    return replace(style, preamble=f"{style.preamble}\n{tex}")


# ---- A macro and a colour that are added: usable in all three, without another edit ---------------------------
MORE = r"""
\colour{teal}{112233}{445566}{a new one}
\newcommand{\vteal}[1][t]{\teal{\vect{#1}}}
"""


def test_tex_uses_what_is_added(project, book):
    project.write(
        "templates/maths-preamble.tex", project.path("templates/maths-preamble.tex").read_text(encoding="utf-8") + MORE
    )
    source = book.build / "more.tex"
    source.write_text(r"$\vteal[s]$ \tikz\draw[teal] (0,0) -- (1,0) node {$\vteal$};", encoding="utf-8")
    compile_picture(book, "dark", source, book.build / "more.pdf", "more")
    assert "#112233" in colours(book.build / "more.pdf")


def test_matplotlib_uses_what_is_added(style):
    style = with_more(style, MORE)
    teal = {"dark": "#112233", "light": "#445566"}[style.macros["palette"][2]]
    for label in (r"$\vteal$", r"$\vteal[s]$", r"$\frac{\vteal}{2}$"):
        assert teal in Label(style, label).pieces(FontProperties()), label
    assert (
        Label(style, r"$\vteal[s]$").text == Label(style, r"$\teal{\vect{s}}$").text != Label(style, r"$\vteal$").text
    )


def test_web_pages_use_what_is_added(style):
    themes = {
        name: replace(with_more(style, MORE), edition=rf"\newcommand{{\palette}}{{{name}}}")
        for name in ("dark", "light")
    }
    assert mathjax(themes["dark"])["vteal"] == [r"\teal{\vect{#1}}", 1, "t"]
    assert mathjax(themes["dark"])["teal"] == [r"\class{teal}{#1}", 1]
    assert katex(themes["dark"])[r"\teal"] == r"\htmlClass{teal}{#1}" and r"\vteal" in katex(themes["dark"])
    assert [
        css(themes).count(text) for text in ("--teal: #112233;", "--teal: #445566;", "\n.teal, .teal + .msupsub")
    ] == [2, 2, 1]


# ---- Macros ---------------------------------------------------------------------------------------------------
MACROS = r"""
\newcommand{\inner}[3][2]{\langle #2, #3 \rangle_{#1}}
\newcommand{\twice}[1]{\inner{#1}{#1}}
\renewcommand{\vs}{S}
\newcommand\half{1/2}  % the braces can go
\newcommand{\spread}[2]{% a comment with an open brace {
  \frac{#1}%
    {#2} +
  1}
% \newcommand{\gone}{1}
\newcommand{\money}{5\$\,\%} % and more
\DeclareMathOperator{\sgn}{sgn}
\DeclareMathOperator*{\argmin}{arg\,min}
\newcommand{\al}{\alpha}
\newcommand{\bold}{\vect}
\newcommand{\swap}[2]{#2#1}
\newcommand{\first}{\vect#1}
"""


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        (r"\inner{a}{b} \inner[1]{a}{b}", r"\langle a, b \rangle_{2} \langle a, b \rangle_{1}"),
        (r"\twice{\twice{x}}", r"\langle \langle x, x \rangle_{2}, \langle x, x \rangle_{2} \rangle_{2}"),
        (r"\vs", "S"),
        (r"\half", "1/2"),
        (r"\spread{a}{b}", r"\frac{a}{b} + 1"),
        (r"\spread ab", r"\frac{a}{b} + 1"),
        (r"\spread {\vs} \vs", r"\frac{S}{S} + 1"),
        (r"\gone", r"\gone"),
        (r"\money", r"5\$\,\%"),
        (r"\sgn x, \argmin_x", r"\operatorname{sgn}x, \operatorname*{arg\,min}_x"),
        (r"\al x", r"\alpha x"),
        (r"\al\al 2", r"\alpha\alpha2"),
        (r"\swap{x}{\al}", r"\alpha x"),
        (r"\swap{#2}{a}", r"a#2"),  # what an argument holds is no parameter
        (r"\bold x", r"\bm{x}"),  # the argument comes after the macro that asks for it
        (r"\spread{\{a\}}{\\}", r"\frac{\{a\}}{\\} + 1"),
        (r"\\vs \,\vs\;", r"\\vs \,S\;"),  # a new line and two letters
        (r"5\$ \pink{\vs} \unknown{\vs}", r"5\$ \pink{S} \unknown{S}"),
    ],
)
def test_macros_are_expanded_as_tex_does(style, text, expanded):
    assert with_more(style, MACROS).expand(text) == expanded


@pytest.mark.parametrize(
    ("text", "message"),
    [(r"\pd{a}", r"an argument is missing after \pd{a}"), (r"\pd{a}{b", "a brace is not closed: {b")],
)
def test_a_macro_that_lacks_something_is_named(style, text, message):
    with pytest.raises(AuthorError) as error:
        style.expand(text)
    assert str(error.value) == message


def test_groups_end_at_their_own_brace():
    assert group(r"{a\}{b}\\}c", 0) == (r"a\}{b}\\", 10)
    assert group(r"  \vx y", 0) == (r"\vx ", 6)
    assert group("#1x", 0) == ("#1", 2)


# ---- Colours, scales, sizes -------------------------------------------------------------------------------------
def test_scales_run_through_stops_and_colours(style):
    c = style.colours
    assert (style.scales["field"][0], style.scales["field"][-1]) == ("#440154", "#FDE725")
    assert style.scales["signed"] == [c["blue"], c["paper"], c["red"]]
    assert style.rcparams["image.cmap"] == "field"
    chart = with_more(style, "\\chart{sky}{signed, series}").charts["sky"]
    assert chart == [style.scales["signed"], style.scales["series"]]


@pytest.mark.parametrize(
    ("tex", "what", "message"),
    [
        (
            "\\role{purple}{red}\n\\scale{heat}{ink,purle}",
            "scales",
            r"\scale{heat}: 'purle' is neither a colour nor six hexadecimal digits",
        ),
        (
            "\\scale{purple}{ink,paper}\n\\chart{sky}{signed,purle}",
            "charts",
            r"\chart{sky}: there is no scale 'purle'",
        ),
        ("\\shade{purple}{112233}{445566}{}\n\\role{sky}{purle}", "colours", r"\role{sky}: there is no colour 'purle'"),
    ],
)
def test_a_colour_that_is_not_there_is_named(style, tex, what, message):
    with pytest.raises(AuthorError) as error:
        getattr(with_more(style, tex), what)
    assert str(error.value).endswith(f": {message}")
    assert error.value.hint == "'purple'"


def test_lengths_may_be_those_of_others(style):
    style = with_more(style, "\\newcommand{\\half}{0.5\\measure}\n\\newcommand{\\rim}{\\axiswidth}")
    assert style.length("measure") == pytest.approx(2 * style.length("half")) == pytest.approx(length("5.1in"))
    assert style.length("rim") == style.length("axiswidth")


def test_matplotlib_draws_with_the_editions_widths_and_sizes(style):
    light = style.macros["palette"][2] == "light"
    points = 72 / 72.27
    assert style.rcparams["grid.linewidth"] == pytest.approx(points * (0.5 if light else 0.4))
    assert style.rcparams["xtick.labelsize"] == style.rcparams["legend.fontsize"] == pytest.approx(points * 8)
    preamble = style.preamble.replace(r"\ticksize}{\footnotesize}", r"\ticksize}{\fontsize{6.5}{8}\selectfont}")
    edited = Stylesheet(preamble, style.edition + "\n\\renewcommand{\\curvewidth}{1mm}")
    assert edited.rcparams["lines.linewidth"] == pytest.approx(72 / 25.4)
    assert edited.rcparams["ytick.labelsize"] == pytest.approx(points * 6.5)


def test_sizes_and_lengths_are_those_of_tex(book):
    style = Stylesheet.read(book.edition_file("light"))
    sizes = {name: style.size(name) for name in (*SIZES, "ticksize", "codesize")}
    lengths = {name: style.length(name) for name in ("measure", "panelgap", "axiswidth", "curvewidth")}
    checks = [
        rf"{{\{name}\ifdim\f@size pt={size}pt\else\errmessage{{\{name}: \f@size}}\fi}}" for name, size in sizes.items()
    ]
    checks += [
        rf"\ifdim\dimexpr\{name}-{size:.4f}pt\relax>0.001pt\errmessage{{{name}}}\fi" for name, size in lengths.items()
    ]
    checks += [
        rf"\ifdim\dimexpr\{name}-{size:.4f}pt\relax<-0.001pt\errmessage{{{name}}}\fi" for name, size in lengths.items()
    ]
    source = book.build / "sizes.tex"
    source.write_text("\\makeatletter\n" + "\n".join(checks) + "\nx", encoding="utf-8")
    compile_picture(book, "light", source, book.build / "sizes.pdf", "sizes")  # or TeX stops


def luminance(colour):
    """Relative luminance of '#RRGGBB' (WCAG 2.2)."""
    levels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in levels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_every_ink_can_be_read_on_its_paper(style):
    # the formula, at a value that is well known
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert len(style.inks) >= 10
    paper = style.colours["paper"]
    texts = style.inks | {name: style.colours[name] for name in ("ink", "axis")}
    assert {name: contrast(ink, paper) for name, ink in texts.items() if contrast(ink, paper) < 4.5} == {}
    assert contrast(style.colours["grid"], paper) >= 3  # WCAG's minimum for what is not text


def test_the_roles_of_an_edition_are_all_colours(style):
    assert {"accent", "link", "annotation", "neutral", "input", "target", "predictor"} <= set(style.colours)
    assert style.rcparams["figure.facecolor"] == style.colours["paper"]


@pytest.mark.parametrize(
    "wrong", ["wide", "3", "2parsecs", "1.2.3pt", "3qq", r"1.2.3\axiswidth", r".\axiswidth", r"2\none", r"2\gridwidth"]
)
def test_a_length_that_is_none_is_told_with_its_macro(wrong):
    style = Stylesheet(rf"\newcommand{{\gridwidth}}{{{wrong}}}" + "\n\\newcommand{\\axiswidth}{1pt}", "")
    with pytest.raises(AuthorError) as told:
        style.length("gridwidth")
    assert str(told.value) == rf"the stylesheet's \gridwidth is '{wrong}', not a length"


def test_lengths_that_are_multiples_of_each_other_are_told():
    style = Stylesheet("\\newcommand{\\gridwidth}{2\\axiswidth}\n\\newcommand{\\axiswidth}{\\gridwidth}", "")
    with pytest.raises(AuthorError, match=r"\\axiswidth is '\\gridwidth', not a length"):
        style.length("gridwidth")
