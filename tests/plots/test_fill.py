"""A dense plot as a layer looks like PGFPlots's own drawing of the same table, or PGFPlots draws it."""

import re
import subprocess
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.errors.author import AuthorError
from pipeline.pdf.content import instructions
from pipeline.plots import dense, fill, geometry
from pipeline.plots.keys import Notes
from pipeline.plots.repeat import marks
from pipeline.plots.repeat.shown import SHOWN
from pipeline.table import Arrows, Contours, Curve, Field, Path2D, Points, Region
from pipeline.tex.picture import compile_picture

RNG = np.random.default_rng(0)
T = np.linspace(-2, 2, 81)
X, Y = np.cos(3 * T) * T / 2, np.sin(3 * T) * T / 2  # a spiral
HEIGHT = np.subtract.outer(T[::8] ** 2, T[::10] ** 2) + T[::10]  # (rows, columns) of a saddle
GRID = T[::10], T[::8], HEIGHT
TABLES = {
    "points": Points(*RNG.normal(size=(2, 90))),
    "curve": Curve(T, y=np.exp(T), z=np.sin(5 * T)),
    "pieces": Path2D([np.column_stack([X, Y])[a:b] for a, b in ((0, 30), (35, 60), (60, 81))]),
    "levels": Contours(*GRID, levels=[-2, 0, 1]),
    "area": Region(*GRID, -0.5, 2),
    "arrows": Arrows(X, Y, -Y / 3, X / 3),
    "field": Field(*GRID),
}
# (axis's options, plots): each kind, {name} for a table's path.
PANELS = [
    ("xmin=-1.5, xmax=1.5", r"\addplot[points=class0] table {points};"),
    ("ymax=0.5", r"\addplot[big points=class1] table {points};"),
    (
        "xmin=-1, xmax=1",
        r"\addplot[field points=class2] table[x=y, y=x] {points}; \addplot[crosses=ink, each nth point=3] table {points};",
    ),
    (
        "ymode=log",
        r"\addplot[curve, draw=target] table {curve}; \addplot[points=class0, mark=triangle*] table {curve};",
    ),
    (
        "xmax=1.5, ymin=-0.8",
        r"\addplot[hairline, input, dashed] table[y=z] {curve}; \addplot+[only marks] table[y expr=0.5] {curve};",
    ),
    ("", r"\addplot[outline=latent] table {pieces}; \addplot[curve, mark=+, target] table {pieces};"),
    (
        "x dir=reverse, ymax=1",
        r"\addplot[level lines] table {levels}; \addplot[hairline, draw=axis, empty line=jump] table {levels};",
    ),
    (
        "",
        r"\addplot[region=class0!\tint!paper, draw=axis] table {area}; \addplot[band={2}{5}, fill opacity=\areaopacity] table {area};",
    ),
    (
        "",
        r"\addplot[vectors=latent] table {arrows}; \addplot[vectors=ink, -{Stealth[length=6pt, width=5pt]}] table[x=y, y=x] {arrows};",
    ),
    (
        "plane axes, xmin=-1, xmax=1, ymin=-1, ymax=1",
        r"\addplot[points=class4] table {points}; \addplot[curve, input] table {pieces};",
    ),
    (
        "empty line=jump, view={28}{24}, zmax=8, colormap name=field",
        r"\addplot3[points=class3] table[z expr=-4] {points}; \addplot3[surf, shader=faceted, faceted color=mapped color!75!paper,"
        r" line width=\leastline, empty line=scanline] table[z=value] {field};",
    ),
    ("view={-40}{30}, colormap name=field", r"\addplot3[surf, shader=flat] table[z=value] {field};"),
]
# What is drawn otherwise than through or at the points of a table, were it not known by name.
ODD = [
    "smooth", "const plot", "ybar", "mark=*, mark repeat=3", "points=ink, each nth point*={y}{2}", "restrict y to domain=-1:1", "->",
    "nodes near coords", "error bars/.cd, y dir=plus, y fixed=1", "scatter, only marks", "sharp cycle",
]  # fmt: skip


@pytest.fixture
def drawn(book, monkeypatch):
    """A function that compiles axes over TABLES in an edition, as layers or by PGFPlots alone: (PDF, number of TeX's
    runs)."""
    folder = book.build / "tables"
    for name, table in TABLES.items():
        (folder / f"{name}.dat").write_text(table.dump(), encoding="utf-8")
    runs = []
    execute = fill.draw

    def draw(panels, edition="dark", layered=True, options="width=52pt, height=45pt"):
        panels = [(given, re.sub(r"{(\w+)};", rf"{{{folder}/\1.dat}};", plots)) for given, plots in panels]
        axes = "\n".join(rf"\nextgroupplot[{given}] {plots}" for given, plots in panels)
        group = rf"group style={{group size=4 by {-(-len(panels) // 4)}, horizontal sep=30pt, vertical sep=30pt}}, {options}"
        source, target = book.build / "picture.tex", book.build / f"{edition}-{layered}.pdf"
        opacity = r"\newcommand{\areaopacity}{" + ("1" if edition == "print" else "0.5") + "}"
        source.write_text(
            f"{opacity}\\begin{{tikzpicture}}\n\\begin{{groupplot}}[{group}]\n{axes}\n\\end{{groupplot}}\\end{{tikzpicture}}\n",
            encoding="utf-8",
        )
        runs.clear()

        def count(source, seen, run, readable, about):
            return execute(source, seen, lambda: (runs.append(1), run()), readable, about)

        monkeypatch.setattr(fill, "draw", count)
        monkeypatch.setattr(dense, "ROWS", 20 if layered else 10**9)
        compile_picture(book, edition, source, target, "figure.tex.j2", folder)
        return target, len(runs)

    return draw


def image(path, resolution=300):
    """A page's pixels, of shape (height, width, 3)."""
    command = ["pdftoppm", "-r", str(resolution), "-png", path]
    return np.asarray(
        Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB"), float
    )


def alike(a, b):
    """Whether two pages look the same: a shift by 0.05 pt makes the mean difference 0.17."""
    a, b = image(a), image(b)
    if a.shape != b.shape:
        return False
    apart = np.abs(a - b)
    return apart.mean() < 0.1 and (apart > 80).mean() < 2e-5


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["dark", "print"])
def test_layers_look_like_pgfplots_own_drawings(drawn, edition):
    (layered, runs), (plain, _) = (drawn(PANELS, edition, layered) for layered in (True, False))
    assert runs == 1  # nothing was given back to PGFPlots
    assert alike(layered, plain)
    with pikepdf.open(layered) as pdf, pikepdf.open(plain) as other:
        operators = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])]
        assert edition != "print" or not {"rg", "RG"} & set(operators)
        assert len(operators) > 3000
        assert (pdf.pdf_version, pdf.docinfo, pdf.trailer.ID[0]) == (
            other.pdf_version,
            other.docinfo,
            other.trailer.ID[0],
        )


def test_a_shift_is_seen(drawn, monkeypatch):
    panels = PANELS[3:7]
    plain, _ = drawn(panels, layered=False)
    places = geometry.Axes.places
    monkeypatch.setattr(
        geometry.Axes, "places", lambda self, data: places(self, data) + np.array([0.2 * geometry.BP, 0])
    )
    layered, runs = drawn(panels)
    assert runs == 2  # found, and left to PGFPlots
    assert alike(layered, plain)
    monkeypatch.setattr(geometry, "NEAR", 1)
    layered, runs = drawn(panels)
    assert runs == 1
    assert not alike(layered, plain)


@pytest.mark.slow
def test_what_is_not_foreseen_is_left_to_pgfplots(drawn, monkeypatch):
    monkeypatch.setattr(dense, "UNFIT", re.compile("(?!)"))
    monkeypatch.setattr(Notes, "unproven", lambda self, number: [])
    # x and y end with what is seen
    clipped = ("view={28}{24}, zmax=4", r"\addplot3[surf, shader=faceted] table[z=value] {field};")
    # y ends with what is within the limits given
    enlarged = ("xmin=-1, xmax=1, enlargelimits=0.2", r"\addplot[curve] table {curve};")
    panels = [clipped, enlarged] + [
        ("", rf"\addplot[{odd}] table[y=z] {{curve}}; \addplot[points=class1] table[y=z] {{curve}};") for odd in ODD
    ]
    (layered, runs), (plain, _) = (drawn(panels, layered=layered) for layered in (True, False))
    assert runs == 2
    assert alike(layered, plain)


def test_equal_builds_give_equal_bytes(drawn):
    first = drawn(PANELS[:4])[0].read_bytes()
    assert drawn(PANELS[:4])[0].read_bytes() == first


@pytest.mark.parametrize("count", [100_000, 1_000_000])
def test_many_points(book, count):
    table, source, target = book.build / "many.dat", book.build / "many.tex", book.build / "many.pdf"
    rows = "%.4f %.4f\n" * 20_000 % tuple(RNG.normal(size=40_000).tolist())
    table.write_text("# Points\nx y\n" + rows * (count // 20_000), encoding="utf-8")
    source.write_text(
        rf"\begin{{tikzpicture}}\begin{{axis}}[plane] \addplot[points=class0] table {{{table}}}; \end{{axis}}\end{{tikzpicture}}",
        encoding="utf-8",
    )
    compile_picture(book, "dark", source, target, "many.tex.j2", table)
    assert target.stat().st_size < 2e6  # 8 bytes a mark, or a mask
    with pikepdf.open(target) as pdf:
        page = pdf.pages[0]
        assert sum(operator == "f" for _, operator in instructions(page)) in range(SHOWN, SHOWN + 9)
        content = page.Contents.read_bytes()
        assert content.count(b"\nf\n") in ((count, count + 1) if count == 100_000 else range(200))
        assert len(page.Resources.get("/XObject", {})) == (count > 100_000)


def test_a_mask_lies_where_its_dots_do(drawn, monkeypatch):
    stamped = image(drawn(PANELS[:1])[0], 600)
    monkeypatch.setattr(marks, "DOT", 10**6)
    masked = image(drawn(PANELS[:1])[0], 600)
    assert np.abs(masked - stamped).mean() < 0.5
    assert abs(masked.mean() / stamped.mean() - 1) < 0.05


def test_a_plot_that_is_moved_is_drawn_where_it_is_moved(drawn):
    moved = [
        ("", r"\addplot[points=class0, shift={(3pt,-2pt)}] table {points}; \addplot[points=class1] table {points};")
    ]
    (layered, runs), (plain, _) = drawn(moved), drawn(moved, layered=False)
    assert runs == 1 and alike(layered, plain)


def test_a_fault_is_told_as_ever(drawn):
    told = []
    for layered in (True, False):
        with pytest.raises(AuthorError) as error:
            drawn([*PANELS[:3], ("", r"\addplot[points=nosuch] table {points};")], layered=layered)
        told.append(f"{error.value} {error.value.hint}")
    assert told[0] == told[1]
    assert "nosuch" in told[0]
