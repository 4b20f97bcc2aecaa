"""Pictures for pages: a small SVG looks as the large one does."""

import re
import subprocess

import pytest

from pipeline.html.outlines import Matrix, joined, outline, uniform
from pipeline.html.svg import small

TOP = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40pt" height="40pt" viewBox="0 0 40 40" version="1.1">'
DISC = "M {0} 10 C {1} 12 {0} 14 {2} 14 C 2 14 1 12 1 10 Z M {0} 10 "


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 1 2 L 3.124 2 L 3.124 5 Z M 1 2 ", "M1 2h2.12v3z"),
        ("M 0.001 0 L -0.5 0.25 L 0.5 0.25 ", "M0 0l-.5.25h1"),
        ("M 1 1 L 2 3 M 5 5 L 6 6 ", "M1 1l1 2m3 2l1 1"),
        ("M 0 0 C 1 1 2 2 3 0 ", "M0 0c1 1 2 2 3 0"),
    ],
)
def test_outlines_are_steps(path, short):
    assert outline(path) == short


def test_roundings_of_a_long_line_do_not_add_up():
    steps = outline("M 0 0 " + "".join(f"L {0.1234 * k} {0.3333 * k} " for k in range(1, 301)))
    numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", steps.removeprefix("M0 0"))]
    assert len(numbers) == 600
    assert (sum(numbers[::2]), sum(numbers[1::2])) == pytest.approx((0.1234 * 300, 0.3333 * 300), abs=0.01)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([3.5, -2, 0.25], "3.5-2 .25"),
        ([0.5, 0.25, -0.125], ".5.25-.12"),
        ([1, 0.5, 0, 10], "1 .5 0 10"),
        ([-0.001, 100], "0 100"),
    ],
)
def test_numbers_stand_as_close_as_can_be_read(numbers, text):
    assert joined(numbers) == text


def test_a_matrix_is_uniform_where_lines_keep_their_width():
    assert uniform(Matrix(2, 0, 0, -2, 5, 5)) == 2 and uniform(Matrix(0, 3, -3, 0, 0, 0)) == 3
    assert uniform(Matrix(2, 0, 0, 1, 0, 0)) is None and uniform(Matrix(1, 0, 1, 1, 0, 0)) is None


def test_what_is_drawn_often_is_drawn_once():
    path = '<path style="fill-rule:nonzero;fill:rgb(100%,0%,0%);fill-opacity:1;" d="M {0} 10 C {0} 11 {0} 12 {0} 13 C {0} 14 {0} 15 {0} 16 C {0} 17 {0} 18 {0} 19 Z M {0} 10 "/>'
    text = small(TOP + "".join(path.format(k) for k in range(5)) + "</svg>")
    assert text.count("<path") == 1 and text.count("<use") == 5 and text.count("#ff0000") == 1


@pytest.mark.slow
def test_it_looks_the_same(gallery, browser, tmp_path):
    """In a browser, pixel by pixel."""
    from PIL import Image, ImageChops

    page = browser.new_page(viewport={"width": 700, "height": 700})
    for name in ("line/net", "line/fit"):
        pdf = gallery.build / f"figures/dark/{name}.pdf"
        large = subprocess.run(["pdftocairo", "-svg", pdf, "-"], capture_output=True, encoding="utf-8").stdout
        shots = []
        for k, text in enumerate((large, small(large))):
            file = tmp_path / f"{k}.svg"
            file.write_text(text, encoding="utf-8")
            (tmp_path / "page.html").write_text(
                f'<body style="margin:0"><img src="{k}.svg" width="690">', encoding="utf-8"
            )
            page.goto((tmp_path / "page.html").as_uri())
            page.screenshot(path=tmp_path / f"{k}.png")
            shots.append(Image.open(tmp_path / f"{k}.png").convert("L"))
        assert len(small(large)) < 0.6 * len(large)
        assert len(set(shots[0].get_flattened_data())) > 20
        off = [value for value in ImageChops.difference(*shots).get_flattened_data() if value > 60]
        assert len(off) < 150, name
    page.close()
