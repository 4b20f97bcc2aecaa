"""What TeX could not draw is found before it runs, or told with table, row, column and value when it has."""

import os

import pytest

from pipeline.errors.author import AuthorError
from pipeline.plots import limits
from pipeline.table import Contours, Curve, Points
from pipeline.tex.picture import compile_picture

X = list(range(5))


def axis(options, body, environment="axis"):
    return rf"\begin{{tikzpicture}}\begin{{{environment}}}[{options}]{body}\end{{{environment}}}\end{{tikzpicture}}"


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """A folder of tables: a curve, one that reaches far, and one of many rows."""
    monkeypatch.chdir(tmp_path)
    many = [k / 16_000 for k in range(16_000)]
    for name, table in {
        "curve": Curve(X, y=[1, 2, 3, 2, 1], z=[0, -1, 5, 5, 5]),
        "far": Points(X, [0, 1, 2, -3e6, 1]),
        "many": Points(many, many),
        "gap": Curve(X, y=[1, 2, None, 2, 1], z=X),
    }.items():
        (tmp_path / f"{name}.dat").write_text(table.dump(), encoding="utf-8")
    return tmp_path


def test_axes_and_their_tables():
    picture = (
        r"\draw (0,0); \begin{axis}[xmin=0, legend style={at={(0,1)}}, ymax={2}]\addplot[curve, draw=target] table[y=z] {a.dat};"
        "\n"
        r"\addplot coordinates {(0,0)};\addplot+[points] table {b.dat}; \end{axis}\begin{groupplot}[group style={panels=2 by 1}, ymode=log]"
        r"\nextgroupplot[xmin=1] \addplot3[surf] table {c.dat};\nextgroupplot \addplot[each nth point=9] table {d.dat};\end{groupplot}"
        r"\begin{semilogyaxis}\addplot table[y index=2] {e.dat};\end{semilogyaxis}"
    )
    group = "[group style={panels=2 by 1}, ymode=log]"
    assert list(limits.axes(picture)) == [
        ("axis", "[xmin=0, legend style={at={(0,1)}}, ymax={2}]", [("y=z", "a.dat"), ("", "b.dat")]),
        ("groupplot", group, []),
        ("axis", f"{group}[xmin=1]", [("", "c.dat")]),
        ("axis", group, []),
        ("semilogyaxis", "", [("y index=2", "e.dat")]),
    ]


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (
            axis("", r"\addplot+[layer=never] table {many.dat};"),
            "table many: 16000 rows on one axis, and TeX's memory holds 15000",
        ),
        (
            axis("ymin=0, ymax=1", r"\addplot table {far.dat};"),
            "table far: row 3, column 'y' is -3e+06, more than 1000 times the axis away",
        ),
        (
            axis("xmin=-1e-3,xmax={-0.5e-3}", r"\addplot[a] table[x=z] {curve.dat};"),
            "table curve: row 1, column 'z' is -1, more than 1000",
        ),
        (
            axis("ymode=log", r"\addplot table[x=x, y=z] {curve.dat};"),
            "table curve: row 0, column 'z' is 0",
        ),
        (axis("", r"\addplot table {curve.dat};", "loglogaxis"), "table curve: row 0, column 'x' is 0"),
        (
            axis("", r"\addplot[fill=ink] table {gap.dat} \closedcycle;"),
            "table gap: row 2, column 'y' is missing, and an area has no gaps",
        ),
    ],
)
def test_what_tex_could_not_draw_is_found_in_the_tables(tables, picture, message):
    with pytest.raises(AuthorError) as error:
        limits.check(picture, "book/a/b.tex.j2", os.path.isfile)
    assert str(error.value).startswith(f"book/a/b.tex.j2: {message}")


@pytest.mark.parametrize(
    "picture",
    [
        axis("", r"\addplot table {far.dat};"),
        axis("ymin=0", r"\addplot table {far.dat};"),
        axis("ymin=0, ymax=1", r"\addplot[restrict y to domain=0:1] table {far.dat};"),
        axis("", r"\addplot[each nth point=10, layer=never] table {many.dat};"),
        axis("", r"\addplot table {many.dat};"),
        axis("ymode=log", r"\addplot table {curve.dat};"),
        axis("xmin=0, xmax=1, ymin=0, ymax=1", r"\addplot table {curve.dat};"),
        axis("", r"\addplot table {nosuch.dat};"),
        axis("", r"\addplot table {gap.dat}; \addplot[fill=ink] table[y=z] {gap.dat} \closedcycle;"),
        r"\begin{tikzpicture}\end{tikzpicture}",
    ],
)
def test_what_tex_can_draw_passes(tables, picture):
    limits.check(picture, "book/a/b.tex.j2", os.path.isfile)


@pytest.fixture
def compiled(book):
    """A function that compiles a picture over one table."""

    def compile_table(options, table, plot=r"\addplot table"):
        file, source = book.build / "data.dat", book.build / "picture.tex"
        file.write_text(table.dump(), encoding="utf-8")
        source.write_text(axis(options, f"{plot} {{{file}}};"), encoding="utf-8")
        limits.check(source.read_text(encoding="utf-8"), "fit", os.path.isfile)
        compile_picture(book, "dark", source, book.build / "out.pdf", "fit.tex.j2", file)

    return compile_table


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "table", "message"),
    [
        ("", Curve(X, y=[3] * 5), r"all that the y axis shows is at 3 (table data, column 'y')"),
        ("", Points([2, 2], [0, 1]), r"all that the x axis shows is at 2 (table data, column 'x')"),
        ("ymin=0, ymax=1, height=142pt", Points(X, [0, 1, 2, 120, 1]),
         "Dimension too large\nits tables have 5 rows; their greatest number: data: row 3, column 'y' is 120"),
        ("axis equal image", Points(X, [0, 1, 2, 1e6, 1]), "Dimension too large\nits tables have 5 rows; their greatest number: "),
        ("only marks, mark=*, nodes near coords={}", Points([k / 9000 for k in range(9000)], [k / 9000 for k in range(9000)]),
         "TeX capacity exceeded, sorry [main memory size="),
    ],
)  # fmt: skip
def test_what_tex_could_not_draw_is_told_with_the_tables(compiled, options, table, message):
    with pytest.raises(AuthorError) as error:
        compiled(options, table)
    assert message in f"{error.value}\n{error.value.hint}"


@pytest.mark.parametrize(
    ("options", "table", "plot"),
    [
        ("ymin=0, ymax=5", Curve(X, y=[3] * 5), r"\addplot table"),
        (
            "ymin=0, ymax=1, height=142pt, scale only axis",
            Points(X, [0, 1, 2, 114, 1]),
            r"\addplot table",
        ),  # 16383.99 / 142 = 115.4
        ("", Points(X, [0, 1e30, 2e30, 1e-30, 1]), r"\addplot table"),  # PGFPlots has its own floating point
        (
            "",
            Contours([0, 1, 2], [0, 1], [[0, 1, 2], [0, 1, 2]], [0.5]),
            r"\addplot coordinates {(0,0) (1,1)}; \addplot[level lines] table",
        ),
    ],
)
def test_tex_draws_what_is_not_refused(compiled, options, table, plot):
    compiled(options, table, plot)
