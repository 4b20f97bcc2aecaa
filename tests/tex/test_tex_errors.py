"""TeX's log: the first error in it, what a reader would stumble over, and where braces go wrong."""

import pytest

from pipeline.errors.hints import tex_hint
from pipeline.tex.complaints import complaints
from pipeline.tex.errors import asking, explain, first_error
from pipeline.tex.nesting import unbalanced


def test_small_excess_is_no_complaint_and_a_page_is_named():
    log = "<<<a/b.tex\nOverfull \\hbox (0.9pt too wide) in paragraph at lines 1--2\n<<</c.tex\n>>>\n"
    assert complaints(log, [], [], []) == []
    log += "Overfull \\vbox (2.5pt too high) has occurred while \\output is active []\n\n [3"
    assert list(map(str, complaints(log, [], [], []))) == ["a/b.tex: a box is 2.5 pt too high, on page 3"]


@pytest.mark.parametrize(
    ("log", "what"), [("! TeX capacity exceeded\n", "TeX capacity exceeded"), ("a\nb\n", "b"), ("", "TeX said nothing")]
)
def test_a_log_without_a_place(log, what):
    assert first_error(log) == (None, None, what)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a{b}\\{ % {\n\\begin{x*}\\end{x*}", None),
        ("{\n{}\n", (1, "this { is not closed")),
        ("{}\n}", (2, "this } closes nothing")),
        ("\\begin{a}\n{\n\\end{a}", (2, "this { is not closed")),
        ("{\\begin{a}\n}", (1, r"\begin{a} has no \end{a}")),
        ("\\begin{a}\n\\begin{b}\n\\end{a}", (2, r"\begin{b} has no \end{b}")),
    ],
)
def test_where_braces_and_environments_go_wrong(text, fault):
    assert unbalanced(text) == fault


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("./a.tex:1: TeX lacks a font\n", "a.tex:1: TeX lacks a font"),  # a message of TeX's own, which names no file
        ("! TeX lacks a font\n", "b.tex: TeX lacks a font"),
        ("! LaTeX Error: File `none.sty' not found.\n", "b.tex: TeX lacks none.sty"),
        ("! LaTeX Error: File `some.sty' not found.\n", "a.tex:2: TeX lacks some.sty"),
        ("", "b.tex: TeX said nothing"),
    ],
)
def test_what_tex_lacks(tmp_path, monkeypatch, log, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.tex").write_text("x\n\\usepackage{some}\n", encoding="utf-8")
    assert str(explain(log, ["a.tex"], [], otherwise="b.tex")) == told


@pytest.mark.parametrize(
    ("table", "what", "hint", "rows"),
    [
        ("a b\n1 x\n", "Could not retrieve column 'q'", "its columns are a, b", {"table": "t.dat"}),
        ("# none\n", "Could not retrieve column 'q'", "it is empty", {"table": "t.dat"}),
        ("a b\n1 x\n", "Could not parse input 'x'", None, {"table": "t.dat, row 0, column 'b'"}),
        ("a b\n1 2 x\n", "Could not parse input 'x'", None, {"table": "t.dat, row 0"}),
        ("a b\n1 2\n", "Could not parse input 'x'", None, {}),
        ("", "Could not parse input 'x'", None, {}),
    ],
)
def test_what_is_wrong_with_a_table(tmp_path, monkeypatch, table, what, hint, rows):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.dat").write_text(table, encoding="utf-8")
    (tmp_path / "a.tex").write_text("\\addplot table {t.dat};\n", encoding="utf-8")
    error = explain(f"./a.tex:1: {what}\n", ["a.tex"], [], otherwise="b.tex", readable=lambda path: True)
    assert error.rows == rows and hint in (None, error.hint)


def test_where_tex_asks_for_a_file(tmp_path):
    source = tmp_path / "a.tex"
    source.write_text("x\n\\input{more}\n", encoding="utf-8")
    assert asking("more.tex", "", [str(source)], otherwise="b.tex") == f"{source}:2"
    assert asking("other.tex", "", [str(source)], otherwise="b.tex") == "b.tex"


def test_a_misspelt_shape_gets_the_nearest():
    corpus = r"\pgfdeclareshape{dome}{ … } shape=dom, shape=dee"
    assert tex_hint("Unknown shape ``dom.''", corpus) == ("there is no shape 'dom'", "'dome'", "dom")
