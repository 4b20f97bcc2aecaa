"""What TeX is shown of images and cells: pixels in each edition's colours, and type that can be read on any cell."""

import itertools
import subprocess

import numpy as np
import pikepdf
import pytest

from conftest import MINIMAL, ROOT
from pipeline.errors.author import AuthorError
from pipeline.pdf.page import Page
from pipeline.style.colour import contrast
from pipeline.style.editions import Edition
from pipeline.style.icc import to_inks
from pipeline.style.stylesheet import Stylesheet
from pipeline.table import Cells, Graph, Image
from pipeline.templating.environment import environment
from pipeline.tex import plates
from pipeline.tex.picture import compile_picture

EDITIONS = ("dark", "light", "print", "proof")
GREY = np.array([[0, 64], [128, 255]], np.uint8)
RANDOM = np.random.default_rng(0)


def colours(edition):
    file = ROOT / MINIMAL / f"editions/{edition}.tex"
    return plates.Colours(Stylesheet.read(file), Edition(file))


def images(path, columns=2):
    """(colour space, samples of shape (rows, columns, components)) of each page of a PDF, a pixel once."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            image = page.Resources.XObject.Pixels
            raw = np.frombuffer(image.read_bytes(), np.uint8).reshape(int(image.Height), int(image.Width), -1)
            times = int(image.Width) // columns
            assert not image.Interpolate
            assert np.array_equal(raw, raw[::times, ::times].repeat(times, axis=0).repeat(times, axis=1))  # squares
            space = image.ColorSpace
            yield list(space) if isinstance(space, pikepdf.Array) else space, raw[::times, ::times]


def shown(image, edition, way, folder):
    found = {name: rest for name, *rest in plates.ways(image, colours(edition))}
    plates.bitmap(folder / "it.pdf", *found[way])
    return list(images(folder / "it.pdf", image.pixels.shape[2]))


@pytest.mark.parametrize("edition", EDITIONS)
def test_grey_stays_grey_and_is_shown_literally(edition, tmp_path):
    ((space, samples),) = shown(Image(GREY), edition, "literal", tmp_path)
    assert space == "/DeviceGray" and np.array_equal(samples[..., 0], GREY)
    ((space, samples),) = shown(Image(GREY), edition, "negative literal", tmp_path)
    assert space == "/DeviceGray" and np.array_equal(samples[..., 0], 255 - GREY)


@pytest.mark.parametrize(("edition", "black", "white"), [("dark", 252, 0), ("light", 0, 255), ("print", 0, 255)])
def test_ink_on_paper_is_the_editions(edition, black, white, tmp_path):
    ((space, samples),) = shown(Image(GREY), edition, "ink on paper", tmp_path)
    expected = black + GREY / 255 * (white - black)
    assert space == "/DeviceGray" and np.abs(samples[..., 0] - expected).max() <= 1
    ((_, negative),) = shown(Image(GREY), edition, "negative ink on paper", tmp_path)
    assert np.abs(negative[..., 0] - (black + white - expected)).max() <= 1


@pytest.mark.parametrize(
    ("edition", "space"), [("dark", "/DeviceRGB"), ("light", "/DeviceRGB"), ("print", "/DeviceCMYK")]
)
def test_a_scale_is_a_table_of_its_colours(edition, space, tmp_path):
    ((found, samples),) = shown(Image(GREY), edition, "field", tmp_path)
    kind, base, highest, table = found
    levels = np.frombuffer(bytes(table), np.uint8).reshape(256, -1) / 255
    assert (kind, base, highest) == ("/Indexed", space, 255) and np.array_equal(samples[..., 0], GREY)
    ends = [to_inks(c, "FOGRA39L_coated.icc") for c in ("#440154", "#FDE725")] if edition == "print" else [
        np.array([0x44, 0x01, 0x54]) / 255, np.array([0xFD, 0xE7, 0x25]) / 255]  # fmt: skip
    np.testing.assert_allclose(levels[[0, -1]], ends, atol=0.003)


def test_rgb_becomes_inks_through_the_profile_and_no_more_than_are_promised(tmp_path):
    pixels = RANDOM.random((20, 30, 3))
    pixels[0] = pixels[0] / 20  # dark ones, which want most ink
    ((space, samples),) = shown(Image(pixels), "print", "literal", tmp_path)
    assert space == "/DeviceCMYK" and samples.sum(axis=-1).max() <= 3 * 255
    ((space, samples),) = shown(Image(pixels), "dark", "literal", tmp_path)
    assert space == "/DeviceRGB" and np.array_equal(samples, np.rint(255 * pixels))


def test_several_images_are_pages(tmp_path):
    several = RANDOM.integers(0, 256, (7, 4, 5), dtype=np.uint8)
    found = shown(Image(several), "light", "literal", tmp_path)
    assert all(np.array_equal(samples[..., 0], image) for (_, samples), image in zip(found, several, strict=True))


@pytest.mark.parametrize("edition", EDITIONS)
def test_type_can_be_read_on_every_cell_of_every_scale(edition):
    own = colours(edition)
    told = dict(line.removeprefix("\\typeon{").removesuffix("}").split("}{") for line in plates.type_on(own).split())
    least = {}
    for name, stops in own.style.scales.items():
        limits = [entry.split("/") for entry in told[name].split(",")]
        for share, cell in zip(np.linspace(0, 1, 256), own.ramp(stops), strict=True):
            role = next(role for limit, role in limits if share <= float(limit) + 1e-3)
            type_ = (
                np.append(np.minimum(1, cell[:3] + plates.MORE), 1)
                if own.inks and role == "rim"
                else own.components(own.style.colours[role])
            )
            least[name] = min(least.get(name, 21), contrast(own.looks(type_), own.looks(cell)))
    assert {name: least for name, least in least.items() if least < 4.5} == {}


PICTURE = r"""\begin{tikzpicture}
\begin{axis}[heat map axis=signed, width=0.5\measure]\addplot[heat map, cell digits=1] table {%s};\end{axis}
\begin{scope}[yshift=-1cm]\bitmap[width=0.3\measure, columns=2, gap=10pt, %s]{%s}\end{scope}
\end{tikzpicture}
"""


def drawn(book, edition, ways="literal"):
    tables = book.build / "tables"
    tables.mkdir(exist_ok=True)
    cells = np.array([[-0.9, 0.3, np.nan], [0, 0.5, 0.1]])
    for name, table in (("cells", Cells(cells)), ("pixels", Image(np.stack([GREY, 255 - GREY])))):
        (tables / f"{name}.dat").write_text(table.dump(), encoding="utf-8")
    source, target = book.build / "plates.tex", book.build / "plates.pdf"
    source.write_text(PICTURE % (tables / "cells.dat", ways, tables / "pixels.dat"), encoding="utf-8")
    compile_picture(book, edition, source, target, "plates", tables)
    with pikepdf.open(target) as pdf:
        return Page(pdf.pages[0])


def test_cells_lie_side_by_side_and_images_in_rows(book):
    page = drawn(book, "light")
    cells = [item for item in page.paints if item.kind == "area" and item.colour != (1.0, 1.0, 1.0)][-5:]
    widths = {round(item.box[2] - item.box[0], 1) for item in cells} | {
        round(item.box[3] - item.box[1], 1) for item in cells
    }
    assert len(widths) == 1  # squares of one size; a gap is a hole, and the one at 0 is paper
    one, other = (item.box for item in page.paints if item.kind == "image")
    measure = 5.1 * 72
    assert other[0] - one[2] == pytest.approx(10 * 72 / 72.27, abs=0.02)
    assert other[2] - one[0] == pytest.approx(0.3 * measure, abs=0.1)
    for left, bottom, right, top in (one, other):
        assert right - left == pytest.approx(top - bottom, abs=0.02)


def test_a_signed_scale_has_zero_in_its_middle(book):
    """The cell of 0 has the colour of paper, though 0.9 stands on one side alone."""
    page = drawn(book, "dark")
    contrasts = [item.contrast for item in page.paints if item.kind == "text"]
    assert min(contrasts) >= 4.5
    areas = [item.colour for item in page.paints if item.kind in ("area", "mark") and len(item.colour) == 3]
    assert (0x80 / 255, 0xB1 / 255, 0xD3 / 255) in [tuple(round(v * 255) / 255 for v in colour) for colour in areas]


def test_what_an_image_cannot_be_shown_as_is_told(book):
    with pytest.raises(AuthorError, match="cannot be shown as nosuch"):
        drawn(book, "light", "scale=nosuch")
    with pytest.raises(AuthorError, match="no key 'colour'"):
        drawn(book, "light", "colour=red")


def test_all_ways_are_there():
    names = [name for name, *_ in plates.ways(Image(GREY), colours("light"))]
    scales = ["literal", "ink on paper", *colours("light").style.scales]
    assert names == [sign + name for sign, name in itertools.product(("", "negative "), scales)]
    assert [name for name, *_ in plates.ways(Image(np.zeros((2, 2, 3))), colours("light"))] == ["literal"]


def test_names_of_images_are_tex():
    assert r"\bitmaptold{name 1}{50 \%}" in plates.described(Image(np.zeros((2, 2, 2)), names=["a", "50 %"]))


def test_long_names_of_nodes_have_boxes_with_lines(book):
    """As wide as there is room: side by side, they stand clear of one another."""
    names = ["start", "one rather long name", "two rather long names"]
    graph = Graph([(names[0], name) for name in names[1:]])
    graph.name = "net"
    template = environment(book).from_string(
        '((* from "graph.j2" import graph *))((( graph(it, width="0.3\\\\measure") )))'
    )
    source, target = book.build / "graph.tex", book.build / "graph.pdf"
    picture = rf"\begin{{tikzpicture}}{template.render(it=graph)}\end{{tikzpicture}}"
    source.write_text(picture, encoding="utf-8")
    compile_picture(book, "light", source, target, "graph")
    lines = subprocess.run(
        ["pdftotext", "-layout", target, "-"], capture_output=True, text=True, encoding="utf-8"
    ).stdout
    assert [line.split() for line in lines.splitlines() if line.strip()] == [
        ["start"], ["one", "rather", "two", "rather"], ["long", "name", "long", "names"]]  # fmt: skip
