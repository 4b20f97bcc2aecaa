"""A third palette: one file, which an edition names; what it leaves out is derived, and all renderers agree."""

from pathlib import Path

import pytest

from conftest import MINIMAL
from pdfs import colours
from pipeline.errors.author import AuthorError
from pipeline.inks import inks
from pipeline.project.book import Book
from pipeline.style.colour import contrast
from pipeline.style.palettes import reaching
from pipeline.style.stylesheet import Stylesheet
from pipeline.tex.picture import compile_picture
from pipeline.web import web

SEPIA = "\\tone{paper}{F4E8D0}\n\\tone{ink}{3B2A1A}  % brown\n\\tone{accent}{8C3B12}\n"


@pytest.fixture
def sepia(project, book):
    project.write("palettes/sepia.tex", SEPIA)
    project.write("editions/sepia.tex", "\\input{\\bookdir/editions/light}\n\\renewcommand{\\palette}{sepia}\n")
    project.edit("book.yaml", "[print, proof]", "[print, proof, sepia]")
    return Book(MINIMAL)


def test_what_is_left_out_has_the_contrast_that_it_has_in_light(sepia):
    style, light = (Stylesheet.read(sepia.edition_file(name)) for name in ("sepia", "light"))
    assert style.colours["paper"] == "#F4E8D0" and style.colours["accent"] == "#8C3B12"
    assert {"pink", "grid", "axis"} <= set(style.derived) and not {"paper", "ink", "rim"} & set(style.derived)
    for name in style.derived:
        was, now = (contrast(s.colours[name], s.colours["paper"]) for s in (light, style))
        assert was <= now < was + 0.15, name


@pytest.mark.parametrize("paper", ["#FFFFFF", "#F4E8D0", "#808080", "#0B1D33", "#000000"])
@pytest.mark.parametrize("wanted", [1.2, 4.5, 7])
def test_a_colour_is_moved_until_it_stands_out_as_it_should(paper, wanted):
    got = contrast(reaching(wanted, "#C50D81", paper), paper)
    possible = max(contrast(end, paper) for end in ("#000000", "#FFFFFF"))
    assert got == possible if wanted > possible else wanted <= got < wanted + 0.3


def test_tex_and_the_web_paint_with_it_and_the_note_is_told_once(sepia, capfd):
    inks(sepia, "sepia")
    note = capfd.readouterr().out
    assert note.startswith(f"note: {MINIMAL}/palettes/sepia.tex: derived from light") and note.count("\n") == 1
    style = Stylesheet.read(sepia.edition_file("sepia"))
    source, target = sepia.build / "own.tex", sepia.build / "own.pdf"
    source.write_text(r"\textcolor{accent}{x}\textcolor{target}{y}\pink{z}", encoding="utf-8")
    compile_picture(sepia, "sepia", source, target, "own")
    assert {style.colours[name] for name in ("accent", "blue", "pink", "paper")} <= set(colours(target))
    web(sepia)
    text = Path(sepia.css).read_text(encoding="utf-8")
    assert '[data-theme="sepia"] {\n  color-scheme: light;\n' in text and "--paper: #F4E8D0;" in text
    assert '[data-theme="sepia"] {\n  --accent: #8C3B12;\n}' in text


def test_a_misspelt_palette_is_told_at_the_editions_line(project, sepia):
    project.edit("editions/sepia.tex", "{sepia}", "{sepa}")
    with pytest.raises(AuthorError, match=rf"^{MINIMAL}/editions/sepia\.tex:2: \\palette is 'sepa'") as told:
        Book(MINIMAL)
    assert told.value.hint == "'sepia'"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("\\tone{papr}{FFFFFF}", "there is no colour or role 'papr'"),
        ("\\tone{paper}{FFF}", "a palette has nothing but lines such as"),
    ],
)
def test_a_fault_in_a_palette_is_told_at_its_line(project, sepia, line, what):
    project.write("palettes/sepia.tex", f"% A palette\n{line}\n")
    with pytest.raises(AuthorError, match=rf"^{MINIMAL}/palettes/sepia\.tex:2: {what}"):
        _ = Stylesheet.read(sepia.edition_file("sepia")).colours


@pytest.mark.slow
def test_the_whole_edition_keeps_its_promises(project, sepia):
    project.make("sepia")
