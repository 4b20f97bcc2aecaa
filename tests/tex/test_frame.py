"""A figure's page is its picture: what else a template says takes no room, and what it puts side by side stays there."""

import pikepdf
import pytest

from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.tex.picture import compile_picture

SQUARE = "\\begin{tikzpicture}\n  \\fill[target] (0,0) rectangle (36bp,36bp);\n\\end{tikzpicture}"
RIM = 0.75 * 72 / 72.27  # bp, around each picture
SPACE = 2.5 * 72 / 72.27  # bp, Pagella's between words, in 10 pt
LIBRARIES = "\\usetikzlibrary{shapes, patterns}\n\\usepgfplotslibrary{fillbetween}\n\\usepgfmodule{parser}\n"
BETWEEN = LIBRARIES.replace("\n", "%\n")
PREAMBLE = "\\tikzset{foo/.style={draw}} \n\\def\\x{3} \n\\newcommand{\\house}[1]{#1} \n\n\\hspace{9pt} \\color{ink} \n"


@pytest.fixture
def page(book):
    """A function that compiles a picture and returns what its page paints, and the page's width in bp."""
    source, target = book.build / "picture.tex", book.build / "out.pdf"

    def compiled(text):
        source.write_text(text, encoding="utf-8")
        compile_picture(book, "light", source, target, "line/fit.tex.j2", preloaded=book.format("light"))
        with pikepdf.open(target) as pdf:
            return [p.box for p in Page(pdf.pages[0]).paints if p.kind == "area"], float(pdf.pages[0].mediabox[2])

    return compiled


def edges(boxes):
    return [round(x, 1) for box in boxes for x in (box[0], box[2])]


@pytest.mark.parametrize(
    ("text", "lefts", "right"),
    [
        (SQUARE, [0], 36),
        (f"{LIBRARIES}\n{PREAMBLE}\n{SQUARE}\n\\def\\x{{4}} \n{LIBRARIES} \n\n", [0], 36),
        (f"{SQUARE}%\n{BETWEEN}{SQUARE}", [0, 36], 72),
        (f"{SQUARE}\n{SQUARE}\n", [0, 36 + SPACE], 72 + SPACE),
        (f"{SQUARE}\n\n\n{SQUARE}\n", [0, 36 + SPACE], 72 + SPACE),
        (f"\\hspace*{{9bp}}{SQUARE}%\n\\hspace{{9bp}}{SQUARE}\n\\hspace{{9bp}}\n", [9, 54], 99 + SPACE),
        (f"\\rlap{{{SQUARE}}}%\n\\hspace{{9bp}}{SQUARE}", [0, 9], 45),
        (f"{SQUARE}\\\\\n{SQUARE}", [0, 36], 72),  # it is one row, as always
    ],
)
def test_where_pictures_stand(page, text, lefts, right):
    boxes, width = page(text)
    assert edges(boxes[-len(lefts) :]) == pytest.approx([x + RIM + w for x in lefts for w in (0, 36)], abs=0.1)
    assert width == pytest.approx(right + 2 * RIM, abs=0.1)


MEASURE = 5.1 * 72  # bp
AXIS = r"\begin{tikzpicture}\begin{axis}[width=%s, height=3cm, ylabel=$y$]\addplot[domain=0:1] {x};\end{axis}\end{tikzpicture}"
HALF = r"\halffigure"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        (AXIS % r"\linewidth", MEASURE),  # labels and all
        (AXIS % r"\measure", MEASURE),
        (AXIS % r"0.99\textwidth", MEASURE),
        (f"{AXIS}%%\n{AXIS}" % (r"0.5\linewidth", r"0.5\columnwidth"), MEASURE),
        (f"{HALF}{AXIS}" % r"\linewidth", (MEASURE - 14 * 72 / 72.27) / 2),
        (rf"\newlength{{\gap}}\newcounter{{piece}}{AXIS}" % r"\linewidth", MEASURE),  # each is made once
        (r"\begin{tikzpicture}\draw (0,0) -- (\linewidth,0) node[right] {end};\end{tikzpicture}", MEASURE),
    ],
)
def test_what_is_drawn_as_wide_as_the_line_fits_with_its_labels(page, text, width):
    assert page(text)[1] == pytest.approx(width + 2 * RIM, abs=2 * RIM)


def test_what_fits_is_set_as_it_stands(page):
    """The line is as long as the measure: nothing is made narrower for its sake."""
    assert page(r"\hbox{\vrule width \linewidth height 1pt}")[1] == pytest.approx(MEASURE + 2 * RIM, abs=0.1)
    narrow = page(AXIS % "100bp")[1]
    assert page(AXIS % r"0.271\linewidth")[1] == pytest.approx(narrow, abs=0.6)  # 0.271 of it is 99.5 bp


def test_what_is_too_wide_for_its_own_sake_is_refused(page):
    with pytest.raises(AuthorError, match="width is"):
        page(AXIS % "16cm")
    with pytest.raises(AuthorError, match="width is"):  # a tenth of the line would have to make room for all
        page(r"\tikz\draw (0,0) -- (370pt,0) -- +(0.1\linewidth,0);")


def test_a_dense_plot_that_is_made_to_fit_is_the_layer_that_it_would_be(book, page):
    """It is set twice, and both times its keys are noted."""
    rows = "\n".join(f"{k} {k * k % 17}" for k in range(60))
    path = f"{book.tables('line/fit')}/data.dat"
    with open(path, "w", encoding="utf-8") as table:
        table.write(f"# Points\nx y\n{rows}\n")
    plot = rf"\begin{{tikzpicture}}\begin{{axis}}[width=\linewidth, height=3cm, ylabel=$y$]\addplot[%s] table {{{path}}};\end{{axis}}\end{{tikzpicture}}"

    def drawn(options):
        source, target = book.build / "picture.tex", book.build / "out.pdf"
        source.write_text(plot % options, encoding="utf-8")
        told = compile_picture(
            book, "light", source, target, "line/fit.tex.j2", book.tables("line/fit"), preloaded=book.format("light")
        )
        with pikepdf.open(target) as pdf:
            return told, [(p.kind, p.box) for p in Page(pdf.pages[0]).paints if p.kind == "mark"]

    (told, layer), (_, plain) = drawn("big points=target"), drawn("big points=target, layer=never")
    assert told == ["layer: data"] and len(layer) == len(plain) == 60
    for (_, one), (_, other) in zip(layer, plain, strict=True):
        assert one == pytest.approx(other, abs=0.02)
    told, layer = drawn("big points=target, filter discard warning=false, x filter/.code={}")
    assert "layer: data" not in told  # a key that is not proven is noted in the second setting, too


TWO = r"\tikz[remember picture, baseline]\node[draw] (%s) {%s};"


def test_a_picture_learns_where_things_stand_on_its_page(page, book):
    """An arrow from one picture to another, over the 60 bp between them."""
    arrow = r"\tikz[remember picture, overlay]\fill[target] (a.east) rectangle ([yshift=3bp]b.west);"
    text = f"{TWO % ('a', 'A')}\\hspace{{60bp}}{TWO % ('b', 'B')}{arrow}"
    boxes, _ = page(text)
    assert boxes[-1][2] - boxes[-1][0] == pytest.approx(60, abs=1)


@pytest.mark.parametrize(
    "text",
    [
        r"\usepgfplotslibrary{dateplot}\begin{tikzpicture}\begin{axis}[date coordinates in=x, width=6cm, height=3cm]"
        r"\addplot coordinates {(2026-01-01,1) (2026-01-09,3)};\end{axis}\end{tikzpicture}",
        r"\usetikzlibrary{calendar}\tikz\calendar[dates=2026-01-01 to 2026-01-31, week list];",
        r"\usetikzlibrary{external}\tikzexternalize\tikzset{external/force remake}\tikz\draw (0,0) -- (1,1);",
        r"\usepgfplotslibrary{external}\tikzexternalize[prefix=figures/]\tikzsetnextfilename{it}\tikz\draw (0,0) -- (1,1);",
        r"\tikz\node {\sffamily Sans \textbf{bold} $\mathsf{A}\mathtt{x}$};",
        r"\tikz\draw[variable=\t, domain=0:3, samples=9] plot ({\t}, {\t*\t/4});",
        r"\tikz\draw (0,0) to[out=60, in=120, distance=4cm] (2,0);",
        r"\begin{tikzpicture}\begin{axis}[width=4cm, height=4cm]\addplot[arrows=->, domain=0:6] {x};\end{axis}\end{tikzpicture}",
    ],
)
def test_what_plain_latex_draws(page, text):
    _, width = page(text)
    assert 20 < width < MEASURE
