"""What has colours of its own kind in every edition: light on a ball, fadings, heights; and letters that a face lacks."""

import unicodedata

import numpy as np
import pytest

import pdfs
from pipeline.errors.author import AuthorError
from pipeline.style.stylesheet import Stylesheet
from pipeline.tex.picture import compile_picture

EDITIONS = ("dark", "light")


@pytest.fixture
def drawn(book):
    """drawn(edition, picture) gives the path of its PDF."""

    def drawn(edition, text):
        source, target = book.build / "light.tex", book.build / "light.pdf"
        source.write_text(text, encoding="utf-8")
        compile_picture(book, edition, source, target, "line/light.tex.j2", preloaded=book.format(edition))
        return target

    return drawn


def colour(book, edition, name):
    """(r, g, b) in 0…255 of a colour's name."""
    return np.array([*bytes.fromhex(Stylesheet.read(book.edition_file(edition)).colours[name][1:])])


@pytest.mark.parametrize("edition", EDITIONS)
def test_light_falls_on_a_ball_from_above(drawn, edition):
    ball = pdfs.pixels(drawn(edition, r"\tikz \shade[ball color=blue] circle (1cm);"))
    rows, columns, _ = ball.shape
    lit, dim = ball[int(0.33 * rows), int(0.33 * columns)], ball[int(0.8 * rows), int(0.8 * columns)]
    assert lit.min() > 190 and dim.mean() < 0.6 * lit.mean()


FADE = {
    "of a library": r"\usetikzlibrary{fadings}\tikz \fill[blue, path fading=east] (0,0) rectangle (4,1);",
    "of a shading": r"\usetikzlibrary{fadings}\tikzfading[name=f, left color=transparent!0, right color=transparent!100]"
    r"\tikz \fill[blue, path fading=f] (0,0) rectangle (4,1);",
    "of a picture": r"\usetikzlibrary{fadings}\begin{tikzfadingfrompicture}[name=f]\fill[white]"
    r" (0,0) rectangle (2,1); \fill[black] (2,0) rectangle (4,1);\end{tikzfadingfrompicture}\tikz \fill[blue, path fading=f] (0,0) rectangle (4,1);",
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("text", FADE.values(), ids=FADE)
def test_a_fading_hides_the_same_in_each_edition(book, drawn, edition, text):
    bar = pdfs.pixels(drawn(edition, text))
    middle, left, right = bar.shape[0] // 2, int(0.1 * bar.shape[1]), int(0.95 * bar.shape[1])
    assert np.abs(bar[middle, left] - colour(book, edition, "blue")).max() < 40
    assert np.abs(bar[middle, right] - colour(book, edition, "paper")).max() < 40
    white = r"\tikz \fill[white] (0,0) rectangle (1,1);\tikz \fill[black] (0,0) rectangle (1,1);"
    after = pdfs.pixels(drawn(edition, text.split(r"\tikz")[0] + white))
    assert (after[10, 10] == colour(book, edition, "paper")).all() and (
        after[10, 40] == colour(book, edition, "ink")
    ).all()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_plot_that_asks_for_no_colours_goes_from_blue_to_red(book, drawn, edition):
    text = r"""\begin{tikzpicture}\begin{axis}[hide axis, view={0}{90}, width=4cm, height=4cm, enlargelimits=false, %s]
        \addplot3[surf, shader=flat, domain=0:1, samples=12] {x};\end{axis}\end{tikzpicture}"""
    plot = pdfs.pixels(drawn(edition, text % ""))
    middle = plot[plot.shape[0] // 2]
    assert np.abs(middle[6] - colour(book, edition, "blue")).max() < 60
    assert np.abs(middle[-6] - colour(book, edition, "red")).max() < 60
    asked = pdfs.pixels(drawn(edition, text % "colormap/viridis"))
    assert np.abs(asked[asked.shape[0] // 2, 6] - [68, 1, 84]).max() < 40


def test_greek_capitals_are_letters_in_any_alphabet(drawn):
    text = pdfs.text(drawn("light", r"\tikz \node {$\Omega\mathrm{\Omega}\mathbf{\Omega}$ $\mathrm{\Delta\Gamma}$};"))
    assert unicodedata.normalize("NFKC", text).split() == ["ΩΩΩ", "∆Γ"]


def test_a_figure_of_which_nothing_is_on_its_page_is_refused(drawn):
    with pytest.raises(AuthorError, match=r"light\.tex\.j2: the figure's page is empty"):
        drawn("light", r"\tikz[overlay] \node {outside};")
