"""Halos, panels, bars and paper: type over data can be read, small multiples keep apart, bands fill their part of a bar, and
no bare paper shows at a page's edge."""

import subprocess
from itertools import pairwise

import numpy as np
import pikepdf
import pytest
from matplotlib.cm import viridis
from PIL import Image

from pipeline.pdf.page import Page
from pipeline.style.sketching import told
from pipeline.style.stylesheet import Stylesheet
from pipeline.style.vivid import luminous, vivid
from pipeline.tex.picture import compile_picture

pytestmark = pytest.mark.slow

AREA = r"\fill[target] (0,0) rectangle (40pt,20pt);"
FRACTION = r"$\frac{\textcolor{accent}{a}}{b}$"
PANELS = r"""\begin{tikzpicture}
\begin{groupplot}[group style={%s}, width=0.3\measure, height=1cm, xmin=-2, xmax=2, ymin=0, ymax=1, xtick={-2,0,2}, ytick=\empty]
\nextgroupplot\nextgroupplot\nextgroupplot
\end{groupplot}
\end{tikzpicture}"""
AXIS = r"""\begin{tikzpicture}\begin{axis}[width=3cm, height=2cm, xmin=0, xmax=%s, ymin=0, ymax=1, ytick=\empty, xtick={%s}]
\end{axis}\end{tikzpicture}"""


@pytest.fixture
def drawn(book, tmp_path):
    """A function that compiles a picture in an edition and returns its file."""

    def compiled(text, edition="dark"):
        source, target = book.build / "picture.tex", book.build / "out.pdf"
        source.write_text(text, encoding="utf-8")
        inks = book.inks(edition) if edition == "print" else None
        compile_picture(book, edition, source, target, "line/fit.tex.j2", **({"inks": inks} if inks else {}))
        return target

    return compiled


def picture(file, resolution):
    """The pixels that poppler makes of a page."""
    stem = file.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", "-singlefile", file, stem], check=True)
    with Image.open(stem.with_suffix(".png")) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("size", ["20pt", "20.3pt", "33.37pt"])
def test_no_bare_paper_shows_at_the_edge_of_a_dark_page(drawn, size):
    """A page's last pixels are seldom whole; where the paper ended with the page they were grey or white."""
    file = drawn(rf"\tikz\path (0,0) rectangle ({size},{size});")
    for resolution in (36, 72, 96, 100, 110, 150, 300):
        assert picture(file, resolution).getextrema() == ((0, 0), (0, 0), (0, 0)), resolution


def test_letters_over_data_have_a_halo_of_paper(drawn):
    """Around each letter, and nowhere else: most of the area stays."""
    plain, haloed = (
        picture(drawn(rf"\tikz{{{AREA}\node[{style}] at (20pt,10pt) {{x x}};}}"), 300).getcolors(1 << 20)
        for style in ("text=ink", "over data, text=ink")
    )
    area, black = (128, 177, 211), (0, 0, 0)
    counts = [{colour: n for n, colour in colours} for colours in (plain, haloed)]
    assert all(max(count, key=count.get) == area for count in counts)
    lost = counts[0][area] - counts[1][area]
    assert 0.03 * counts[0][area] < lost < 0.35 * counts[0][area]
    assert counts[1][black] - counts[0].get(black, 0) > 0.5 * lost


@pytest.mark.parametrize(("colour", "blot"), [("[target]", 0), ("", 1)])
def test_a_scale_bar_has_a_halo_of_what_it_lies_on(drawn, colour, blot):
    """On an area it leaves no black, if its colour is given."""
    axis = r"\begin{axis}[plane, width=2cm, xmin=0, xmax=1, ymin=0, ymax=1, axis line style={draw=none}]"
    fill = r"\fill[target] (axis cs:0,0) rectangle (axis cs:1,1);"
    bar = rf"\tikz{{{axis}{fill}\scalebar{colour}{{1,0}}{{0.5}}\end{{axis}}}}"
    page = picture(drawn(bar), 300)
    within = page.crop((10, 10, page.width - 10, page.height - 10))
    assert (sum(n for n, pixel in within.getcolors(1 << 20) if max(pixel) < 20) > 100) == blot


def test_a_scale_bar_may_lie_below_its_plane(drawn):
    """All of it: its number, too."""
    axis = r"\begin{axis}[plane, clip=false, width=3cm, xmin=0, xmax=1, ymin=0, ymax=1, xtick=\empty, ytick=\empty]"
    plain, barred = (picture(drawn(rf"\tikz{{{axis}{bar}\end{{axis}}}}"), 300) for bar in ("", r"\scalebar*{1,0}{0.5}"))
    assert barred.width == plain.width and barred.height > plain.height
    assert barred.crop((0, 0, *plain.size)).tobytes() == plain.tobytes()


@pytest.mark.parametrize("edition", ["dark", "light"])
@pytest.mark.parametrize(("style", "field"), [("field note", "field0"), ("bright field note", "field8")])
def test_type_over_a_field_can_be_read_on_both_papers(drawn, edition, style, field):
    area = rf"\fill[{field}] (0,0) rectangle (40pt,20pt);"
    with pikepdf.open(drawn(rf"\tikz{{{area}\node[{style}=target] at (20pt,10pt) {{x}};}}", edition)) as pdf:
        text = [paint for paint in Page(pdf.pages[0]).paints if paint.kind == "text" and paint.edge is None]
    assert text and all(paint.contrast >= 4.5 for paint in text)


def test_type_with_a_halo_is_read_as_it_is(drawn):
    """Its colours, once each; it stands on its halo, however dark or pale what lies behind; a fraction keeps its rule."""
    with pikepdf.open(drawn(rf"\tikz{{{AREA}\node[over data, text=ink] at (20pt,10pt) {{{FRACTION}}};}}")) as pdf:
        page = Page(pdf.pages[0])
        text = [paint for paint in page.paints if paint.kind == "text" and paint.edge is None]
        rules = [paint for paint in page.paints if paint.kind == "line"]
    assert [round(paint.contrast) for paint in text] == [pytest.approx(c, abs=1) for c in (8, 20)]
    assert len(rules) >= 1 and rules[-1].colour == text[-1].colour  # the rule of the fraction


def test_type_over_data_stands_above_marks(drawn):
    """PGFPlots draws marks last."""
    text = r"""\begin{tikzpicture}\begin{axis}[width=2cm, height=2cm, xmin=0, xmax=1, ymin=0, ymax=1]
    \node[over data] at (axis cs:0.5,0.5) {m};
    \addplot[only marks, mark=*, mark size=9pt, draw=target, fill=target] coordinates {(0.5,0.5)};
    \end{axis}\end{tikzpicture}"""
    with pikepdf.open(drawn(text)) as pdf:
        paints = Page(pdf.pages[0]).paints
    kinds = [paint.kind for paint in paints if paint.kind in ("text", "mark", "area")]
    letter = next(k for k, p in reversed(list(enumerate(paints))) if p.kind == "text")
    disc = next(
        k for k, p in reversed(list(enumerate(paints))) if p.box[2] - p.box[0] > 17 and p.kind != "line" and k > 0
    )
    assert letter > disc, kinds


@pytest.mark.parametrize(
    ("style", "apart"), [("panels=3 by 1", True), ("columns=3, rows=1, horizontal sep=8pt", False)]
)
def test_labels_of_panels_that_meet_keep_apart(drawn, style, apart):
    """Where they are centred, `2` and `−2` are nearer than a space; the second case shows what the style is for."""
    with pikepdf.open(drawn(PANELS % style)) as pdf:
        signs = sorted(p.box for p in Page(pdf.pages[0]).paints if p.kind == "text" and p.tick)
    gaps = [b[0] - a[2] for a, b in pairwise(signs)]
    assert len(signs) == 12
    assert (min(gap for gap in gaps if gap > 0.5) > 4) == apart  # a minus and its number are nearer


@pytest.mark.parametrize("bar", [r"\levelbar[height=4cm]", r"\lyinglevelbar[width=4cm]"])
@pytest.mark.parametrize(
    ("levels", "parts"),
    [
        ("-inf, -20, 0, 10, 20, inf", [1.4, 20, 10, 10, 1.4]),  # a point reaches by 7 % beyond the bar: half of that
        ("0, 1, 2, inf", [1, 1, 0.07]),
        ("-inf, 0, 3, 4", [0.14, 3, 1]),
        ("-inf, 7, inf", [1, 1]),
    ],
)
def test_each_band_fills_its_part_of_the_bar(drawn, bar, levels, parts):
    shown = sizes(drawn(rf"\begin{{tikzpicture}}{bar}{{{levels}}}\end{{tikzpicture}}"), len(parts))
    assert shown == pytest.approx([part / sum(parts) for part in parts], abs=0.01)  # the outline takes some


def sizes(file, bands):
    """The share of a bar that each of its bands covers."""
    counts = picture(file, 600).getcolors(1 << 20)
    colours = 255 * viridis(np.linspace(0, 1, bands))[:, :3]
    shown = [sum(n for n, colour in counts if abs(colour - each).max() < 6) for each in colours]
    return [share / sum(shown) for share in shown]


@pytest.mark.parametrize(
    ("levels", "shares", "words"),
    [
        ("0, 0.001, 0.5, 20, inf", [1, 1, 1, 0.07 * 3 / 2], "≥ 20 0.5 0.001 0"),
        ("-inf, -3, 0, 1500.0", [0.07 * 2 / 2, 1, 1], "1500 0 ≤ −3"),
        ("-inf, 7, inf", [1, 1], "7"),
        ("0, 1, 2", [1, 1], "2 1 0"),
    ],
)
def test_bands_may_be_as_tall_as_one_another(drawn, levels, shares, words):
    file = drawn(rf"\begin{{tikzpicture}}\bandbar[height=4cm]{{{levels}}}\end{{tikzpicture}}")
    assert sizes(file, len(shares)) == pytest.approx([share / sum(shares) for share in shares], abs=0.01)
    assert read(file) == words


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ("-inf, -20, 0, 20, inf", "≥ 20 0 ≤ −20"),
        ("0, 1, 2, 3", "3 2 1 0"),
    ],
)
def test_an_open_end_has_a_number_with_a_sign(drawn, levels, words):
    assert read(drawn(rf"\begin{{tikzpicture}}\levelbar[height=4cm]{{{levels}}}\end{{tikzpicture}}")) == words


def read(file):
    """The words of a page, from above."""
    found = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return " ".join(found.split())


@pytest.mark.parametrize("levels", [
    [k / 2 for k in range(21)], [k / 10 for k in range(11)], [k - 4 for k in range(9)], [(k / 6) ** 2 for k in range(16)],
    [3 * k / 10 for k in range(5)], [0, 0.01, 0.03, 0.1, 0.15, 0.3517],
])  # fmt: skip
@pytest.mark.parametrize(("bar", "apart"), [(r"\levelbar[height=5cm]", 0.04), (r"\lyinglevelbar[width=5cm]", 0.14)])
def test_a_bar_has_ticks_at_levels_as_previews_have_them(drawn, bar, apart, levels):
    file = drawn(rf"\begin{{tikzpicture}}{bar}{{{', '.join(map(repr, levels))}}}\end{{tikzpicture}}")
    words = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.replace("−", "-")
    assert sorted(map(float, words.split())) == pytest.approx(told(levels, apart))


def test_names_below_axes_are_level(drawn):
    """A name with descenders makes no axis higher than one without."""
    heights = []
    for name in ("x", "y", "class"):
        text = AXIS.replace("width", rf"xlabel={{{name}}}, width") % (1, "0,1")
        with pikepdf.open(drawn(text)) as pdf:
            heights.append(float(pdf.pages[0].mediabox[3]))
    assert max(heights) - min(heights) < 0.5


def test_ticks_of_hundredths_are_decimals(drawn):
    file = drawn(AXIS % (0.1, "0,0.05,0.1"))
    words = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert words.split() == ["0", "0.05", "0.1"]


@pytest.mark.parametrize("edition", ["dark", "light"])
def test_areas_are_mixed_of_a_vivid_colour(book, drawn, edition):
    """As previews have it; a grey stays grey."""
    style = Stylesheet.read(book.edition_file(edition))
    with pikepdf.open(
        drawn(
            r"\vivid{target}\vivid{grey}\tikz{\fill[vivid-target] (0,0) rectangle (9pt,9pt);"
            r"\fill[vivid-grey] (9pt,0) rectangle (18pt,9pt);}",
            edition,
        )
    ) as pdf:
        found = [paint.colour for paint in Page(pdf.pages[0]).paints if paint.kind == "area"][-2:]
    least = float(style.expand(r"\areasaturation"))
    for colour, name in zip(found, ("target", "grey"), strict=True):
        value = style.colours[name]
        rgb = tuple(int(value[k : k + 2], 16) / 255 for k in (1, 3, 5))
        assert colour == pytest.approx(vivid(rgb, least), abs=0.003)
        assert name != "grey" or vivid(rgb, least) == rgb


def test_marks_and_type_on_a_field_are_alike_on_both_papers(book, drawn):
    """Light, with a dark rim, as previews have them."""
    text = r"""\begin{tikzpicture}\begin{axis}[width=2cm, height=2cm, xmin=0, xmax=1, ymin=0, ymax=1]
    \addplot[field points=target] coordinates {(0.5,0.5)};
    \node[field note=target] at (axis cs:0.2,0.2) {m};
    \end{axis}\end{tikzpicture}"""
    hues = []
    for edition in ("dark", "light"):
        style = Stylesheet.read(book.edition_file(edition))
        rgb = tuple(int(style.colours["target"][k : k + 2], 16) / 255 for k in (1, 3, 5))
        with pikepdf.open(drawn(text, edition)) as pdf:
            paints = Page(pdf.pages[0]).paints
        mark = next(paint for paint in paints if paint.kind == "mark")
        letters = [paint.colour for paint in paints if paint.kind == "text" and paint.edge is None]
        wanted = luminous(rgb, float(style.expand(r"\luminoussaturation")))
        assert mark.colour == pytest.approx(wanted, abs=0.003)
        assert any(colour == pytest.approx(wanted, abs=0.003) for colour in letters)
        assert max(mark.edge) == 0
        hues.append(mark.colour)
    assert hues[0] == pytest.approx(hues[1], abs=0.15)
