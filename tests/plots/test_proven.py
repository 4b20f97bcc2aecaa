"""What keeps a plot from being a layer, wherever it stands: at the plot, the axis, around them, or in a style."""

import numpy as np
import pytest

from pipeline.errors.author import AuthorError
from pipeline.plots import dense, keys, offsets, proven
from pipeline.plots.keys import Notes
from pipeline.table import Field, Points
from pipeline.tex.picture import compile_picture

T, ACROSS, UP = np.linspace(0, 6, 60), np.linspace(-3, 3, 12), np.linspace(-2, 2, 9)
HOUSE = r"house /tikz/curve/.style? := thick" "\n" r"house /tikz/curve/.code? := \pgfkeysalso {thick}" "\n"
SPECIMEN = "1.1 /pgfplots/specimen := {0}{7}\n"


@pytest.mark.parametrize(
    ("notes", "unproven"),
    [
        ("1.1 /tikz/curve := \\pgfkeysnovalue \n1.1 /tikz/thick := \\pgfkeysnovalue ", []),
        ("1.1 /tikz/smooth := \\pgfkeysnovalue ", ["smooth"]),
        ("1. /pgfplots/xtick := data", ["xtick"]),
        ("1. /pgfplots/xtick := {-1,0.5,...,2}", []),
        ("2. /pgfplots/xtick := data\n1.2 /tikz/smooth := \\pgfkeysnovalue ", []),  # of others
        (". /tikz/transparency group := \\pgfkeysnovalue ", ["transparency group"]),
        ("1.1 /pgfplots/red!50? := \\pgfkeysnovalue ", []),  # a colour
        ("1.1 /pgfplots/nosuch? := 3", ["nosuch"]),
        ("1.1 /pgfplots/nosuch := 3", ["nosuch"]),
        ("1. /tikz/curve/.append style? := smooth", []),  # until it is used
        ("1. /tikz/every path/.append style? := smooth", ["every path/.append style"]),  # paths use it, unheard
        ("1. /tikz/thick/.code := \\def \\x {}", ["thick/.code"]),
        ("1. /tikz/nosuch/.code? := \\def \\x {}", []),
        ("1. /pgfplots/execute at end plot/.append := \\x ", ["execute at end plot/.append"]),
        ("1.1 /tikz/scale := \\coordindex ", ["scale"]),
        ("1.1 /tikz/preaction := decorate", ["preaction"]),
        ("1.1 /pgfplots/layer/always := \\pgfkeysnovalue \n1.1 /tikz/smooth := \\pgfkeysnovalue ", []),
        ("1. /pgfplots/layer/never := \\pgfkeysnovalue ", ["layer=never"]),
        ("house /pgfplots/xtick := data", ["xtick"]),
        ("house /mine/key := 1", []),
        ("a line that is none", ["a line that is none"]),
    ],
)
def test_keys_that_are_not_proven(notes, unproven):
    assert Notes(HOUSE + SPECIMEN + notes).unproven(0) == unproven


def test_a_plot_whose_keys_nobody_noted_is_no_layer():
    assert Notes(HOUSE).unproven(0)


def test_what_a_style_comes_to():
    assert (
        keys.also(r"\pgfkeysalso {a={b}}")
        and keys.also(r"{}{\pgfkeysalso {a}}")
        and keys.also(r"{2}{\pgfkeysalso {a}}")
        and keys.also("")
    )
    assert (
        not keys.also(r"\pgfkeysalso {a}\x")
        and not keys.also(r"\pgfkeysalso {a}\pgfkeysalso {b}")
        and not keys.also(r"{}{\x}")
    )


def test_the_list_has_no_key_that_is_known_to_be_unfit():
    for name in (
        "smooth",
        "const plot",
        "ybar",
        "x filter",
        "decorate",
        "mark repeat",
        "nodes near coords",
        "scatter",
        "colorbar",
        "every path",
    ):
        assert not proven.allows(name, r"\pgfkeysnovalue") or name == "every path"


@pytest.fixture
def drawn(book, monkeypatch):
    """A function that compiles a picture, {name} for a table's path: (PDF, what became of its plots)."""
    folder = book.build / "tables"
    tables = {
        "helix": Points(np.cos(2 * T), np.sin(2 * T), z=T),
        "cloud": Points(*np.random.default_rng(3).uniform([-2, -1], [2, 3], (60, 2)).T),
        "many": Points(np.arange(16_000), np.arange(16_000)),
        "hill": Field(ACROSS, UP, np.exp(-(ACROSS**2 + UP[:, None] ** 2) / 3)),
    }
    for name, table in tables.items():
        (folder / f"{name}.dat").write_text(table.dump(), encoding="utf-8")

    def draw(text, layered=True):
        source, target = book.build / "picture.tex", book.build / f"{layered}.pdf"
        for name in tables:
            text = text.replace(f"{{{name}}}", f"{{{folder}/{name}.dat}}")
        source.write_text(text, encoding="utf-8")
        with monkeypatch.context() as patch:
            if not layered:
                patch.setattr(dense, "ROWS", 10**9)
            return target, compile_picture(
                book, "dark", source, target, "picture.tex.j2", folder, preloaded=str(book.format("dark"))
            )

    return draw


CLOUD = r"\addplot[only marks] table {cloud};"


def axis(options, plots=CLOUD, around="%s"):
    inside = rf"\begin{{axis}}[width=4cm, height=3cm, {options}] {plots} \end{{axis}}"
    return rf"\begin{{tikzpicture}}{around % inside}\end{{tikzpicture}}"


TWICE = r"\newcommand{\atmost}[2]{\setbox1=\hbox{#2}\ifdim\wd1>#1\resizebox{#1}{!}{#2}\else#2\fi}\atmost{3cm}{%s}"
PICTURES = {  # how it is drawn: whether as layers
    "hidden": (axis("hide axis, view={60}{20}", r"\addplot3[only marks] table {helix};"), True),
    "rotated": (axis("hide axis, rotate=45"), True),
    "unclipped": (axis("clip=false, rotate=45, xmin=-1, xmax=1, ymin=0, ymax=2"), True),
    "surface": (axis("view={0}{90}", r"\addplot3[surf] table {hill};"), True),
    "hidden surface": (axis("hide axis", r"\addplot3[surf] table {hill};"), False),  # its corners are no rows
    "group": (axis("", rf"\begin{{scope}}[transparency group] {CLOUD}\end{{scope}}"), False),
    "twice": (TWICE % axis(""), True),
    "text": (rf"$\text{{{axis('')}}}$", True),
    "node": (rf"\tikz \node {{{axis('')}}};", False),
    "settings": (r"\pgfplotsset{xtick=data}" + axis(""), False),
    "every": (r"\pgfplotsset{every axis/.append style={xtick=data}}" + axis(""), False),
    "style": (r"\pgfplotsset{mine/.style={xtick=data}}" + axis("mine"), False),
    "plain style": (r"\pgfplotsset{mine/.style={grid=none}}" + axis("mine"), True),
    "macro": (r"\newcommand{\mine}{smooth}" + axis("", r"\addplot[\mine] table {cloud};"), False),
    "loop": (axis("", r"\foreach \k in {0,1} {" + CLOUD + "}"), None),
    "nested": (axis("", around=r"\begin{scope}[every path/.style={rounded corners}]%s\end{scope}"), False),
    "later": (axis("", CLOUD + r"\pgfplotsset{ytick=data}"), False),
}  # fmt: skip


QUICK = ("hidden", "hidden surface", "group", "twice", "every")


@pytest.mark.parametrize(
    "name", [*QUICK, *(pytest.param(name, marks=pytest.mark.long) for name in PICTURES if name not in QUICK)]
)
def test_a_picture_is_as_pgfplots_draws_it(drawn, name):
    from test_fill import alike

    text, layers = PICTURES[name]
    (target, told), (plain, _) = drawn(text), drawn(text, layered=False)
    assert layers is None or {line.startswith("layer: ") for line in told} == {layers}
    assert alike(target, plain)


def test_limits_that_tex_cannot_tell_apart_are_counted_from_an_offset_and_no_layers(drawn, book):
    numbers = Points(1000 + 0.001 * T, T)  # PGFPlots alone loses the first of them
    (book.build / "tables/close.dat").write_text(numbers.dump(), encoding="utf-8")
    text = axis("", rf"\addplot[only marks] table {{{book.build}/tables/close.dat}};")
    text = offsets.counted(text, lambda path: True)
    assert "x offset=1000" in text and "'close' one by one, because of x offset" in drawn(text)[1][0]


def test_what_tex_s_memory_would_not_hold_is_told_of(drawn):
    with pytest.raises(AuthorError, match="many: 16000 rows on one axis") as error:
        drawn(axis("xtick=data", r"\addplot[only marks] table {many};"))
    assert "draws 'many' because of xtick, unless" in error.value.hint and "layer=always" in error.value.hint
    assert drawn(axis("xtick=data", r"\addplot[only marks, layer=always] table {many};"))[1] == ["layer: many"]


def test_one_note_where_pgfplots_takes_long(drawn, capfd, monkeypatch):
    monkeypatch.setattr("pipeline.plots.fill.SLOW", 50)
    _, told = drawn(axis("xtick=data"))
    out = capfd.readouterr().out.splitlines()
    assert told == ["no layer: PGFPlots draws the 60 rows of 'cloud' one by one, because of xtick"]
    assert [line for line in out if line.startswith("note")] == [
        "note: picture.tex.j2: PGFPlots draws the 60 rows of 'cloud' one by one, which takes long, because of xtick"
    ]
