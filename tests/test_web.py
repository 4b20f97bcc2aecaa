"""The stylesheet for web pages: tables that stand on their own, and every colour of both themes in its place."""

import json
import re

import pytest

from conftest import ROOT
from pipeline.style.mathtext import RENAMED, arity
from pipeline.style.stylesheet import CALL, Stylesheet, group
from pipeline.web import css, katex, macros, mathjax

MORE = r"""
\newcommand{\inner}[3][2]{\langle #2, #3 \rangle_{#1}}
\newcommand{\half}{1/2}
\newcommand{\matrix}[1]{\begin{pmatrix} #1 \end{pmatrix}}
\newcommand{\indent}{2em}
\newcommand{\doubled}{2\indent}
\newcommand{\caps}[1]{{\fontsize{8}{9}\selectfont #1}}
\newcommand{\heading}[1]{\caps{#1}}
\newcommand{\subheading}[1]{\heading{#1}}
\newcommand{\choose}[2]{\ifnum#1=0 #2\fi}
\newcommand{\badge}{\tikz\draw (0,0) circle (1pt);}
"""


def themes(more=""):
    style = Stylesheet.of(ROOT / "tests/style/notation", "")
    return {
        theme: Stylesheet(style.preamble + more, rf"\newcommand{{\palette}}{{{theme}}}") for theme in ("dark", "light")
    }


@pytest.fixture(scope="module")
def style():
    return themes(MORE)["dark"]


def test_macros_for_maths_are_in_the_table_and_texs_own_are_not(style):
    found = set(macros(style))
    assert {"vx", "pink", "pd", "Pr", "tr", "energy", "inner", "half", "matrix"} <= found
    assert (
        not {
            "shade",
            "colour",
            "role",
            "scale",
            "ticksize",
            "codesize",
            "textface",
            "ttdefault",
            "trimwidth",
            "palette",
        }
        & found
    )
    assert not {"measure", "indent", "doubled", "caps", "heading", "subheading", "choose", "badge"} & found


@pytest.mark.parametrize("table", [mathjax, katex])
def test_bodies_are_balanced_and_use_only_what_is_there(style, table):
    found = table(style)
    names = {name.lstrip("\\") for name in found}
    texs = {"class", "htmlClass", "begin", "end", "def", *RENAMED}
    for name, row in found.items():
        body = row if isinstance(row, str) else row[0]
        assert group("{" + body + "}", 0) == (body, len(body) + 2), name
        for call in CALL.finditer(re.sub(r"\\(\w+@+|@ifnextchar)", "", body)):
            assert not call[1] or call[1] in names | texs or arity(call[1]) is not None, (name, call[0])


def test_mathjaxs_table_says_what_the_stylesheet_says(style):
    lines = []
    for name, row in mathjax(style).items():
        body, count, default = ([row] if isinstance(row, str) else row) + [None] * (
            3 - (1 if isinstance(row, str) else len(row))
        )
        lines.append(
            rf"\newcommand{{\{name}}}"
            + f"[{count}]" * bool(count)
            + f"[{default}]" * (default is not None)
            + f"{{{body}}}"
        )
    read_back = Stylesheet("\n".join(lines), "")
    for name, (count, default, _) in macros(style).items():
        call = rf"\{name}" + "{a}{b}{c}"[: 3 * (count - (default is not None))] + "x"
        expected = re.sub(
            r"\\(\w+)(?=\{)", lambda m: rf"\class{{{m[1]}}}" if m[1] in style.inks else m[0], style.expand(call)
        )
        assert read_back.expand(call) == expected.replace(r"\bm{", r"\boldsymbol{"), name


def test_arguments_are_written_as_each_wants_them(style):
    m, k = mathjax(style), katex(style)
    assert (m["vx"], m["pd"], m["inner"]) == (
        r"\pink{\vect{x}}", [r"\frac{\partial #1}{\partial #2}", 2], [r"\langle #2, #3 \rangle_{#1}", 3, "2"]
    )  # fmt: skip
    assert (k[r"\vx"], k[r"\pd"]) == (m["vx"], m["pd"][0])
    assert k[r"\inner"] == r"\inner@{}"
    assert (
        k[r"\inner@"]
        == r"#1\def\inner@@[##1]##2##3{\langle ##2, ##3 \rangle_{##1}}\@ifnextchar[{\inner@@}{\inner@@[2]}"
    )


def test_each_theme_has_its_column_of_the_palette():
    styles = themes()
    blocks = re.findall(r"(?:(@media [^{]+) \{\n)?([^{}@]+) \{\n([^}]*)\}", css(styles))
    found = {
        (media, selector.strip()): dict(re.findall(r"  ([\w-]+): ([^;]+);", body)) for media, selector, body in blocks
    }
    colours = {theme: {f"--{name}": value for name, value in style.shades.items()} for theme, style in styles.items()}
    for theme, where in [("light", ("", ":root")), ("dark", ("@media (prefers-color-scheme: dark)", ":root")),
                         ("light", ("", '[data-theme="light"]')), ("dark", ("", '[data-theme="dark"]'))]:  # fmt: skip
        assert found.pop(where) == {"color-scheme": theme} | colours[theme]
    assert colours["light"]["--paper"] == "#FFFFFF" and colours["dark"]["--paper"] == "#000000"
    # Where a theme begins, the roles are looked up again.
    assert found.pop(("", ":root, [data-theme]")) == {
        f"--{role}": f"var(--{colour})" for role, colour in styles["dark"].roles.items()
    }
    # The letter, and what stands at its foot and shoulder, in KaTeX, in both of MathJax's outputs, and in MathML.
    parts = ".{0}, .{0} + .msupsub, .{0} ~ mjx-script, [data-mml-node^=msu] > .{0} ~ g, :where(:is(msub, msup, msubsup) > .{0} ~ *)"
    assert found == {("", parts.format(name)): {"color": f"var(--{name})"} for name in styles["dark"].inks}


def test_the_step_writes_both_files(project):
    done = project.run("pipeline.web", "--book", project.folder)
    assert done.returncode == 0, done.stderr
    tables = json.loads((project.build / "web/macros.json").read_text(encoding="utf-8"))
    assert tables["mathjax"]["vx"] == tables["katex"][r"\vx"] == r"\pink{\vect{x}}"
    assert "--energy: var(--red);" in (project.build / "web/book.css").read_text(encoding="utf-8")
