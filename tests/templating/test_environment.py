"""Rendering: from templates and tables to TikZ, and code as it stands in its file."""

import inspect
import re

import pytest
from pygments.formatters.latex import escape_tex

import pdfs
from conftest import MINIMAL, ROOT
from pipeline.errors.author import AuthorError
from pipeline.picture import picture
from pipeline.project.book import Book
from pipeline.records.reads import kept
from pipeline.table import Graph, Tabular
from pipeline.templating.environment import environment, lines, render
from pipeline.templating.quoting import listing, statements
from pipeline.tex.picture import compile_picture

FIT = "line/fit.tex.j2"


def rendered(book, name="line/fit"):
    return render(book, book.find(name))


def test_the_minimal_figures(book):
    assert rendered(book).splitlines()[3:5] == [
        r"    \addplot[big points=target] table {build/tests/books/minimal/tables/line/fit/data.dat};",
        r"    \addplot[curve, draw=reconstruction] table {build/tests/books/minimal/tables/line/fit/line.dat};",
    ]
    assert r"xlabel={$\cx$}, ylabel={$\cy$}" in rendered(book)
    assert rendered(book, "line/net").startswith(
        "% line/net: A linear predictor. Rendered from tests/books/minimal/line/net.tex.j2;"
    )
    assert "((" not in rendered(book) + rendered(book, "line/net")
    assert all(
        (book.build / f"pictures/{name}.tex").read_text(encoding="utf-8") == rendered(book, name)
        for name in book.figures
    )


def test_what_a_template_knows_of_tables(project, book):
    project.write(
        FIT,
        "((( values.slope is number ))) ((( data.least('x') ))) ((( line.greatest('x') ))) ((( line.rows | length )))"
        " ((( tables['data'].column('x')[0] ))) ((( data.labels.y )))",
    )
    assert rendered(book).splitlines()[1] == r"True -1.0 1 2 -1.0 $\cy$"


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        ("one\n((( nothing )))", ":2: 'nothing' is undefined", "the template knows data, line, listing, statements, tables, values"),
        ("a\n((( data ", ":2: unexpected end of template, expected 'end of print statement'.", None),
        ("\n((( listing('line/nosuch.py', 'f') )))", ":2: there is no file 'tests/books/minimal/line/nosuch.py' to list", None),
        ("\n((( 1 + 'a' )))", ":2: TypeError: unsupported operand type(s) for +: 'int' and 'str'", None),
        ("\n((( data.rows[99] + 1 )))", ":2: list object has no element 99", None),
        ("((( tables.lines )))", ":1: there is no table 'lines'", "'line'"),
        ("((( values.nosuch )))", ":1: there is no value 'nosuch'", "there are slope, loss"),
        ("((( line.labels.z )))", ":1: the table 'line' has no label 'z'", "there are x, y"),
        ("((( line.labels.z | default('w') )))((( data.y )))", ":1: the table 'data' has no 'y'", "((( data.column('y') )))"),
        ("((( data.path )))", ":1: the table 'data' has no 'path'",
         "it has labels, rows, column, least, greatest, at, words, date; its path is what it prints, ((( data )))"),
        ("((* from 'tabular.j2' import tabular *))\n((( tabular(line) )))", ":2: the table 'line' has no 'heads'",
         "it has labels, rows, column, least, greatest, at, words, date; its path is what it prints, ((( line )))"),
        ("((* if data is nuber *))((* endif *))", ":1: there is no test 'nuber'", "'number'"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_file_and_line(project, book, template, message, hint):
    project.write(FIT, template)
    with pytest.raises(AuthorError) as error:
        rendered(book)
    assert (str(error.value), error.value.hint) == (f"tests/books/minimal/{FIT}{message}", hint)


def test_a_mistake_in_an_included_template_is_named_there(project, book):
    project.write(FIT, "((* include 'line/part.j2' *))")
    project.write("line/part.j2", "\n\n((( nosuch )))")
    with pytest.raises(AuthorError, match=r"^tests/books/minimal/line/part.j2:3: 'nosuch' is undefined"):
        rendered(book)


# Templates, and for each line of the picture the line that it comes from.
BASE = "head\n((* block body *))\nbase\n((* endblock *))\ntail ((( data.least('x')\n  )))\nlast"
ORIGINS = {
    "plain": ("a\nb\n\nc", "f1 f1 f2 f3 f1"),
    "loop": ("a\n((* for k in range(2) *))\n  b\n  ((( k )))\n((* endfor *))\nc\n", "f1 f1 f3 f4 f3 f4 f6 f1"),
    "condition on a line": ("a ((* if values *))b((* endif *))\nc\n", "f1 f2 f1"),  # a block's line end is trimmed
    "expression of lines": ("a\n((( 'b\nc' )))\nd\n", "f1 f1 f3 f3 f4 f1"),
    "comment": ("((= a\ncomment =))\nb\n", "f1 f3 f1"),
    "include": ("a\n((* include 'line/part.j2' *))\nb\n", "f1 f1 p1 p2 f3 f1"),
    "macro": ("((* from 'line/macros.j2' import m *))\n((( m('x') )))\n((( m('y') )))\n", "f1 m2 m3 f2 m2 m3 f3 f1"),
    "inheritance": (
        "((* extends 'line/base.j2' *))\n((* block body *))\nown\n((( super() )))\n((* endblock *))\n",
        "f1 b1 f3 b3 f4 b6 f1",
    ),
    "raw": ("((* raw *))\na ((( b )))\n((* endraw *))\nc\n", "f1 f1 f2 f4 f1"),
}


@pytest.mark.parametrize("case", ORIGINS)
def test_each_line_of_a_picture_has_its_origin(project, book, case):
    template, expected = ORIGINS[case]
    files = {"f": FIT, "p": "line/part.j2", "m": "line/macros.j2", "b": "line/base.j2"}
    project.write(FIT, template)
    project.write(files["p"], "p\nq\n")
    project.write(files["m"], "((* macro m(a) *))\nfirst ((( a )))\nsecond\n((* endmacro *))\n")
    project.write(files["b"], BASE)
    figure = book.find("line/fit")
    source = render(book, figure)
    found = lines(book, figure, source).split("\n")
    assert found == [f"tests/books/minimal/{files[o[0]]}:{o[1:]}" for o in expected.split()]


def test_marks_that_would_disturb_what_is_computed_leave_the_picture_alone(project, book):
    project.write(FIT, "((* set n *))\n3\n((* endset *))\n((( 6 / (n | trim | int) )))\n")
    figure = book.find("line/fit")
    source = render(book, figure)
    assert source.splitlines()[1:] == ["2.0"] and lines(book, figure, source) == ""


def test_all_that_a_picture_was_made_from_is_taken_down(project, book):
    project.write(
        FIT,
        "((* extends 'line/frame.j2' *))((* block a *))((( listing('line/data.py', 'sample')[0] )))((* endblock *))",
    )
    project.write(
        "line/frame.j2", "((* block a *))((* endblock *))((* set name = 'shared' *))((* include name ~ '.j2' *))"
    )
    project.write(
        "templates/shared.j2",
        "((* from 'line/macros.j2' import m with context *))((* include 'line/nosuch.j2' ignore missing *))((( m() )))",
    )
    project.write("line/macros.j2", "((* macro m() *))((( statements('line/fit.py', 'tables')[0] )))((* endmacro *))")
    picture(book, "line/fit")
    files = kept(book.picture("line/fit"))["files"]
    there = {
        "templates/shared.j2",
        *(f"book/line/{name}" for name in ("data.py", "fit.py", "fit.tex.j2", "frame.j2", "macros.j2")),
    }
    assert {name for name, state in files.items() if state} == there
    # One of the book's would stand in for it, and another would be included.
    assert {name for name, state in files.items() if not state} == {
        "book/shared.j2",
        "book/templates/shared.j2",
        "book/line/nosuch.j2",
        "book/templates/line/nosuch.j2",
        "templates/line/nosuch.j2",
    }


def hard(x_1, y="{%s}"):
    """Not listed."""
    # 100 % of $x_1$ & y^2 ~ #3 < \alpha > -1
    backslash, tilde = "\\n", "~^`"
    return {"a": x_1[0] - 1, **y} if x_1 @ x_1 else f"{x_1!r}|{tilde + backslash}"


ESCAPED = {escape_tex(c, "PY"): c for c in r"""\{}^_&<>#%$-'"~@[]"""}
SOURCE = [line for line in inspect.getsource(hard).splitlines() if "Not listed" not in line]


def plain(line):
    """A highlighted line without its TeX."""
    line = line.replace("~", " ").replace(r"\textasciigrave{}", "`")
    while (bare := re.sub(r"\\PY\{[\w+]+\}\{((?:[^{}]|\{\})*)\}", r"\1", line)) != line:
        line = bare
    return re.sub(r"\\PYZ\w\w\{\}", lambda m: ESCAPED[m[0]], line)


def test_a_listing_is_the_functions_very_lines(project, book):
    path = project.path("line/hard.py")
    path.write_text("import os\n\n\n" + inspect.getsource(hard) + "\n\ndef after(): pass\n", encoding="utf-8")
    assert [plain(line) for line in listing(path, "hard")] == SOURCE
    assert [[plain(line) for line in lines] for lines in statements(path, "hard")] == [
        [line.strip()] for line in SOURCE[2:]  # a comment is no statement
    ]  # fmt: skip


def test_special_characters_survive_tex(project, book):
    project.path("line/hard.py").write_text(inspect.getsource(hard), encoding="utf-8")
    project.write(
        FIT, r"\begin{tikzpicture}((* for l in listing('line/hard.py', 'hard') *))" "\n"
        r"\node[font=\codesize, anchor=west] at (0,-((( loop.index )))) {\code{((( l )))}};" "\n" r"((* endfor *))\end{tikzpicture}"
    )  # fmt: skip
    (book.build / "hard.tex").write_text(rendered(Book(book.root)), encoding="utf-8")
    compile_picture(book, "dark", book.build / "hard.tex", book.build / "hard.pdf", "hard")
    shown = [re.sub(r"\s", "", line) for line in pdfs.text(book.build / "hard.pdf").splitlines() if line.strip()]
    assert shown == [line.replace(" ", "") for line in SOURCE]


def test_words_are_tex_in_tabulars_and_graphs(monkeypatch):
    monkeypatch.chdir(ROOT)
    words, env = ["R&D", "50 %", "#1", r"$\vx_1$"], environment(Book(MINIMAL))
    table = Tabular(val_loss=[*words])
    graph = Graph([("R&D", "a_b")], edge_labels={("R&D", "a_b"): "50 %"})
    graph.name = "net"
    call = '((* from "%s.j2" import %s *))((( %s(it) )))'
    shown = env.from_string(call % (("tabular",) * 3)).render(it=table)
    assert [rf"{word} \\" for word in (r"val\_loss", r"R\&D", r"50 \%", r"\#1", r"$\vx_1$")] == [
        line.strip() for line in shown.splitlines() if line.endswith(r"\\")
    ]
    for style, node in (("graph dot", r"{R\&D}}]"), ("graph node", r"\def\graphname{R\&D}")):
        shown = env.from_string((call % (("graph",) * 3)).replace("(it)", f"(it, style='{style}')")).render(it=graph)
        assert node in shown and r"a\_b" in shown and r"node[graph label] {50 \%}" in shown
