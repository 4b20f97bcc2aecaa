"""The minimal book from end to end: what is in its two editions."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import pdfs
from conftest import MINIMAL, Project
from pipeline.style.stylesheet import Stylesheet

FACES = ("TeXGyrePagella", "URWPalladioL", "CMSY10")  # text, maths, the minus sign
MEASURE = 5.1 * 72 + 2  # in big points, with room for the outer halves of the outermost lines


@pytest.fixture(params=["dark", "light"])
def edition(request):
    return request.param


@pytest.fixture
def pdf(built, edition):
    return built.build / f"book-{edition}.pdf"


@pytest.fixture
def style(built, edition):
    return Stylesheet.read(built.path(f"editions/{edition}.tex"), built.path("templates"))


def figures(built, edition):
    found = sorted((built.build / "figures" / edition).rglob("*.pdf"))
    assert [f.stem for f in found] == ["fit", "net"]
    return found


def test_pages_are_7_by_10_inches(pdf):
    assert set(pdfs.sizes(pdf)) == {(504, 720)}


def test_fonts_are_embedded_and_none_is_a_bitmap(built, pdf, edition):
    for path in (pdf, *figures(built, edition)):
        with pikepdf.open(path) as opened:
            fonts = pdfs.fonts(opened)
            assert fonts and {str(font.Subtype) for font in fonts} == {"/Type1"}
            assert all("/FontFile" in font.FontDescriptor for font in fonts)


def test_a_figures_type_is_the_books(built, pdf, edition):
    for path in (pdf, *figures(built, edition)):
        assert [name for name in pdfs.font_names(path) if not name.startswith(FACES)] == []
    assert pdfs.scales(pdf) == {(1, 1)}  # figures are never scaled


def test_figures_fit_the_measure(built, edition):
    for path in figures(built, edition):
        [(width, height)] = pdfs.sizes(path)
        assert 50 < width <= MEASURE and 50 < height < 600


def test_the_words_are_there(pdf):
    text = " ".join(pdfs.text(pdf).split())
    for words in ("A minimal book", "Nobody", "A line", "Figure 1.1 A linear predictor. The predictor sends x to the cost.",
                  "Figure 1.2 A fitted line.", "a slope of 2.03", "(Gauss, 1809)", "Theoria motus", "List of Figures"):  # fmt: skip
        assert words in text
    with pikepdf.open(pdf) as opened:
        assert (str(opened.docinfo.Title), str(opened.docinfo.Author)) == ("A minimal book", "Nobody")


def test_every_page_and_figure_stands_on_its_paper(built, pdf, edition, style):
    paper = style.colours["paper"]
    assert paper == {"dark": "#000000", "light": "#FFFFFF"}[edition]
    assert {pdfs.corner(pdf, page + 1) for page in range(len(pdfs.sizes(pdf)))} == {paper}
    assert {pdfs.corner(figure) for figure in figures(built, edition)} == {paper}


def test_colours_are_the_editions_own(pdf, style):
    used = pdfs.colours(pdf)
    assert used <= set(style.colours.values())
    assert {
        style.colours[role] for role in ("ink", "input", "target", "energy", "predictor", "reconstruction", "grid")
    } <= used


def test_links_are_there_and_coloured_on_a_screen_only(pdf, edition, style):
    with pikepdf.open(pdf) as opened:
        links = [a for page in opened.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
        assert len(links) >= 8 and len(opened.open_outline().root) > 0
    assert (style.colours["citation"] in pdfs.colours(pdf)) == (edition == "dark")


def test_figures_are_described_to_those_who_do_not_see_them(pdf):
    with pikepdf.open(pdf) as opened:
        content = [instruction for page in opened.pages for instruction in pikepdf.parse_content_stream(page)]
    marked = [operands[1] for operands, operator in content if str(operator) == "BDC"]
    alts = [str(properties["/Alt"]) for properties in marked if "/Alt" in properties]
    assert [alt.split()[:3] for alt in alts] == [["An", "observed", "input"], ["Fifty", "points", "near"]]


def test_a_chapter_is_a_pdf_of_its_own(built, edition):
    text = " ".join(pdfs.text(built.build / f"chapters/{edition}/line.pdf").split())
    assert "A line" in text and "Figure 1.2 A fitted line." in text and "List of Figures" not in text


def test_previews_stand_on_the_editions_paper(built, edition, style):
    image = Image.open(built.build / f"previews/{edition}/line/fit.png").convert("RGB")
    seen = {"#{:02X}{:02X}{:02X}".format(*colour) for _, colour in image.getcolors(2**24)}
    assert "#{:02X}{:02X}{:02X}".format(*image.getpixel((0, 0))) == style.colours["paper"]
    assert {style.colours[role] for role in ("ink", "target")} <= seen and image.width > 300


def test_the_authors_edition_names_figures_and_labels_in_the_margin(built):
    words = pdfs.text(built.build / "book-proof.pdf").split()
    assert {"fig:line/net", "fig:line/fit"} <= {"".join(pair) for pair in pairwise(words)} | set(words)


def test_the_press_gets_trim_and_bleed_and_no_links(built):
    with pikepdf.open(built.build / "book-print.pdf") as opened:
        assert opened.pdf_version == "1.4" and str(opened.docinfo.GTS_PDFXVersion) == "PDF/X-1a:2003"
        assert [intent.OutputConditionIdentifier for intent in opened.Root.OutputIntents] == ["FOGRA39"]
        assert opened.Root.OutputIntents[0].DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"
        bleed = 3 / 25.4 * 72
        for page in opened.pages:
            width, height = (float(page.trimbox[k + 2] - page.trimbox[k]) for k in (0, 1))
            assert (width, height) == pytest.approx((504, 720), abs=0.01)
            assert [float(v) for v in page.bleedbox] == pytest.approx(
                [0, 0, 504 + 2 * bleed, 720 + 2 * bleed], abs=0.01
            )
            assert "/Annots" not in page
        assert "/Outlines" not in opened.Root


def test_the_list_of_figures_is_in_order_of_appearance(built):
    assert (built.build / "contents.txt").read_text(
        encoding="utf-8"
    ) == "line/net: A linear predictor\nline/fit: A fitted line\n"


def test_after_a_build_there_is_nothing_to_be_done(built):
    assert "Nothing to be done" in built.make("all", "figures", "preview", "line").stderr


def test_targets_are_listed_with_their_titles(built):
    listed = built.make("--list").stdout.splitlines()
    assert {"line (chapter: A line)", "line-fit (A fitted line)", "line-net (A linear predictor)",
            "print (the print edition of the book, and its preflight)",
            "preview-line-fit (A fitted line, by Matplotlib)",
            "all (the book, in every edition, and their preflight)"} <= set(listed)  # fmt: skip


def digests(folder):
    return {f: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.slow
def test_equal_builds_give_equal_bytes(project):
    file = project.build / "book-light.pdf"
    before = file.read_bytes()
    file.unlink()
    (project.build / "figures/light/line/net.pdf").unlink()
    project.make(f"build/{MINIMAL}/book-light.pdf")
    assert file.read_bytes() == before


@pytest.mark.slow
def test_two_books_never_overwrite_each_other(project):
    before = digests(project.build)
    other = Project(project.root, Path("book"))
    (project.root / MINIMAL).rename(project.root / "kept")
    (project.root / "kept").rename(project.root / "book")
    other.edit("line/net.tex.j2", "A linear predictor", "Another predictor")
    other.make("line-net")
    (other.root / "book").rename(project.root / MINIMAL)
    assert (project.root / "build/figures/dark/line/net.pdf").is_file()
    assert digests(project.build) == before
    assert "line-net (Another predictor)" in project.make("--list").stdout


@pytest.mark.slow
def test_bookmarks_have_formulas_as_words(project):
    """Without the names of colours, and with the letter of a vector."""
    project.edit("line/chapter.tex", r"\chapter{A line}", r"\chapter{A line by $\pink{\vect{x}}_1$ and $\blue{y}'$}")
    project.make(f"build/{MINIMAL}/book-dark.pdf")
    with pikepdf.open(project.build / "book-dark.pdf") as opened, opened.open_outline() as outline:
        assert outline.root[0].title == "1 A line by x1 and y'"
