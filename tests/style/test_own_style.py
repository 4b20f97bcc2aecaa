"""A book's own style: its preamble wins everywhere, its templates/ stand in for the house's, and the house knows no book."""

import re
from pathlib import Path

import pytest

from conftest import MINIMAL, ROOT
from pdfs import colours
from pipeline.errors.author import AuthorError
from pipeline.format import format
from pipeline.project.book import Book
from pipeline.style.sheets import Sheets
from pipeline.style.stylesheet import Stylesheet
from pipeline.templating.environment import render
from pipeline.tex.picture import compile_picture
from pipeline.web import css, macros

pytestmark = pytest.mark.slow

PREAMBLE = f"{MINIMAL}/preamble.tex"


def added(project, tex):
    project.write("preamble.tex", project.path("preamble.tex").read_text(encoding="utf-8") + tex)


def stand_in(project, name, text):
    """Writes a file of the book's own templates/."""
    path = project.root / MINIMAL / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def drawn(book, tex, edition="dark"):
    """The colours of a picture."""
    source, target = book.build / "own.tex", book.build / "own.pdf"
    source.write_text(tex, encoding="utf-8")
    compile_picture(book, edition, source, target, "own")
    return colours(target)


def test_what_a_book_makes_anew_holds_everywhere(project, book):
    added(
        project,
        "\\colour{blue}{010203}{040506}{}\n\\renewcommand{\\R}{\\blue{S}}\n\\shade{grid}{0A0B0C}{0D0E0F}{}\n"
        "\\shade{brass}{0F0E0D}{040506}{}\n",
    )
    # of a role that was made of it before; of the house's link; of a scale; of a macro
    assert "#010203" in drawn(book, r"\tikz\fill[target] (0,0) circle (9pt);")
    assert "#0F0E0D" in drawn(book, r"\textcolor{link}{x}")
    assert "#010203" in drawn(book, r"\tikz\draw[/utils/exec={\graded{0}{2}{signed}}, signed-0-2] (0,0) -- (1,0);")
    assert "#010203" in drawn(book, r"$\R$")
    style = Stylesheet.read(book.edition_file("dark"))
    assert style.colours["target"] == style.colours["blue"] == style.scales["signed"][0] == "#010203"
    assert style.rcparams["grid.color"] == "#0A0B0C" and style.expand(r"\R") == r"\blue{S}"
    themes = {theme: Stylesheet.of(book.root, rf"\newcommand{{\palette}}{{{theme}}}") for theme in ("dark", "light")}
    assert "--blue: #010203" in css(themes) and "--blue: #040506" in css(themes)
    assert macros(style)["R"] == (0, None, r"\blue{S}")


def test_a_role_may_be_made_of_a_role_and_turn_into_a_colour(project, book):
    added(project, "\\role{sky}{target}\n\\role{target}{green}\n\\shade{energy}{111111}{222222}{}\n")
    style = Stylesheet.read(book.edition_file("dark"))
    assert style.colours["sky"] == style.colours["green"] and style.colours["energy"] == "#111111"
    assert style.colours["green"] in drawn(book, r"\textcolor{sky}{x}")
    assert "#111111" in drawn(book, r"\textcolor{energy}{x}")


def test_definitions_of_all_kinds_are_read(book, project):
    added(project, r"""
\DeclareMathOperator{\dist}{dist}
\DeclareMathOperator*{\argmin}{arg\,min}
\def\pair#1#2{(#1, #2)}
\usepackage{mathtools}
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
\providecommand{\R}{\mathbb{X}}
\newcommand\half{\frac12}
\AtBeginDocument{
  \renewcommand{\epsilon}{\varepsilon}
}
\newcommand{\later}{\renewcommand{\epsilon}{e}}
\input{\bookdir/more}
""")  # fmt: skip
    project.write("more.tex", r"\newcommand{\more}{m}")
    style = Stylesheet.read(book.edition_file("dark"))
    expected = {
        r"\dist": r"\operatorname{dist}",
        r"\argmin": r"\operatorname*{arg\,min}",
        r"\pair{a}{b}": "(a, b)",
        r"\abs{x}": r"\lvert x \rvert",
        r"\R": r"\mathbb{R}",
        r"\half": r"\frac12",
        r"\epsilon": r"\varepsilon",
        r"\more": "m",
    }
    assert {call: style.expand(call) for call in expected} == expected
    drawn(book, "$" + " ".join(expected) + "$")  # or TeX stops
    assert f"{MINIMAL}/more.tex" in book.style


def test_a_fault_in_the_preamble_is_told_at_its_line(project, book):
    added(project, "\\role{sky}{bleu}\n")
    line = project.path("preamble.tex").read_text(encoding="utf-8").count("\n")
    with pytest.raises(AuthorError, match=rf"preamble\.tex:{line}: \\role.sky.: there is no colour 'bleu'") as told:
        _ = Stylesheet.read(book.edition_file("dark")).colours
    assert told.value.hint == "'blue'"


def test_a_book_may_define_nothing(project, book):
    project.path("preamble.tex").unlink()
    project.write("line/fit.tex.j2", r"\tikz\draw[accent] (0,0) node[variable node=neutral] {$\R$};")
    project.write(
        "line/net.tex.j2", "((= A picture\n\nOf a module. =))\n\\tikz\\node[module=accent, shape=dome] {$f$};"
    )
    project.write("line/chapter.tex", "\\chapter{A line}\n\\fig{line/fit}{One.} \\fig{line/net}{Two.}")
    project.edit("line/fit.py", r"$\cx$", "$x$")
    project.edit("line/fit.py", r"$\cy$", "$y$")
    project.make("all", "preview-line-fit", "web")


def test_the_house_knows_no_book(named):
    """No role, macro or style of the book's is named in templates/ or in what pipeline/ quotes."""
    own = [line.text for line in Sheets.read(named.root).lines if line.file.is_relative_to(named.root)]
    roles = {m[1] for line in own if (m := re.match(r"\\role\{(\w+)\}", line))}
    symbols = {m[1] for line in own if (m := re.match(r"\\(?:newcommand|DeclareMathOperator)\{\\(\w+)\}", line))}
    house = Sheets.read(named.root / "nosuch").text
    roles -= set(re.findall(r"\\role\{(\w+)\}", house))
    if not roles | symbols:
        pytest.skip("the book defines nothing")
    named_there = re.compile(rf"[={{]({'|'.join(roles)})[}},!\]]|\\({'|'.join(symbols)})(?![A-Za-z@])")
    quoted = re.compile(rf"colours?[\[(][\"']({'|'.join(roles)})[\"']")
    for path in [*ROOT.glob("templates/**/*.tex"), *ROOT.glob("templates/**/*.j2")]:
        text = re.sub(r"\\(?:re)?newcommand\{\\\w+\}", "", path.read_text(encoding="utf-8"))
        assert not (found := named_there.search(text)), f"{path}: {found[0]}"
    for path in ROOT.glob("pipeline/**/*.py"):
        assert not (found := quoted.search(path.read_text(encoding="utf-8"))), f"{path}: {found[0]}"


# ---- A file of the book's own in place of the house's ------------------------------------------------------------
def test_a_template_of_the_books_own_stands_in_for_the_houses(project, book):
    assert book.template("plots.tex") == "templates/plots.tex"
    stand_in(project, "plots.tex", "\\input{house/plots}\n\\pgfplotsset{points/.append style={mark size=7pt}}\n")
    own = f"{MINIMAL}/templates/plots.tex"
    style = Book(MINIMAL).style
    assert own in style and style.index(own) + 1 == style.index("templates/plots.tex")
    picture = "\\begin{tikzpicture}\\begin{axis}\\addplot[points=target] coordinates {(0,0) (1,1)};\\end{axis}\\end{tikzpicture}"
    drawn(book, picture)
    large = (book.build / "own.pdf").read_bytes()
    (project.root / MINIMAL / "templates/plots.tex").unlink()
    drawn(book, picture)
    assert (book.build / "own.pdf").read_bytes() != large


@pytest.mark.long
def test_one_that_comes_or_goes_makes_stale_what_it_should(project):
    everything = {f"dump format ({edition})" for edition in ("dark", "light")}
    stand_in(project, "plots.tex", "\\input{house/plots}\n")
    assert everything <= (stale := project.jobs("all")) and not [job for job in stale if "compute" in job]
    project.make("all")
    assert project.jobs("all") == set()
    (project.root / MINIMAL / "templates/plots.tex").unlink()
    assert everything <= project.jobs("all")
    project.make("all")
    stand_in(project, "floats.tex", "\\input{house/floats}\n")
    assert project.jobs("all") >= {f"typeset {MINIMAL} ({edition})" for edition in ("dark", "light")}
    assert not [job for job in project.jobs("all") if "compile" in job]


def test_a_fault_in_it_is_told_at_its_own_line(project, book):
    stand_in(project, "code.tex", "\\input{house/code}\n\\nosuch\n")
    with pytest.raises(AuthorError, match=rf"^{MINIMAL}/templates/code\.tex:2: there is no macro \\nosuch"):
        format(book, "dark")


def test_a_figures_template_may_extend_the_houses(project, book):
    stand_in(project, "frame.j2", "((* extends 'house/frame.j2' *))((* block a *))own((* endblock *))")
    Path("templates/frame.j2").write_text("house ((* block a *))((* endblock *))", encoding="utf-8")
    project.write("line/fit.tex.j2", "((* extends 'frame.j2' *))")
    assert render(book, book.find("line/fit")).splitlines()[1] == "house own"
