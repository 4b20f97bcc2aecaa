"""What is read of a page's content, and what is repeated there; what is not as foreseen is left to PGFPlots."""

import os
import time
from contextlib import contextmanager

import numpy as np
import pikepdf
import pytest

from pipeline.plots import dense, layers, specimen
from pipeline.plots.specimen import Unforeseen

ROWS = 31  # of a table along a diagonal; 2.4 bp apart
STATED = b"/Plot 0 /Clip 0 /Axis 1 /Geometry 1 /Low [0 0] /High [72.27 72.27] /x [0.0 30.0 0.0 30.0 1 1 1] /y [0.0 30.0 0.0 30.0 1 1 1] /O [0.0 0.0] /X [72.27 0] /Y [0 72.27]"
BOX = b"/Layer <</Axis 1 /Box [-1 -1 99 99]>> BDC EMC\n"
LINE = b"/Layer <<" + STATED + b">> BDC\nq 0.4 w\n0 0 m 2.4 2.4 l 36 36 l 72 72 l S\nQ EMC\n"


@contextmanager
def stream(text):
    """A content stream; what is read from it lives as long as the document."""
    with pikepdf.new() as pdf:
        yield pdf.make_stream(text)


@pytest.fixture
def plot(tmp_path):
    file = tmp_path / "diagonal.dat"
    file.write_text("x y\n" + "".join(f"{k} {k}\n" for k in range(ROWS)), encoding="utf-8")
    (found,) = dense.dense(rf"\addplot[curve] table {{{file}}};", os.path.isfile)
    return found


def found(text, count=1):
    """(the numbers of specimens, their operators, all that stands elsewhere)."""
    with stream(text) as content:
        parts = list(specimen.specimens(pikepdf.parse_content_stream(content), count))
        each = [s for _, s in parts if s]
        rest = "\n".join(filter(None, (specimen.written(before) for before, _ in parts)))
        return [s.number for s in each], ["".join(map(specimen.operator, s.body)) for s in each], rest


@pytest.mark.parametrize(
    ("text", "numbers", "bodies", "rest"),
    [
        (b"q /Layer <</Plot 0>> BDC 1 w EMC Q", [0], ["w"], "q\nQ"),
        (b"/Layer<</Plot\n1/Clip 0>>BDC\rEMC/Layer <</Plot 0>> BDC EMC", [1, 0], ["", ""], ""),
        # marks in a specimen have ends of their own
        (b"/Layer <</Plot 0>> BDC /Span BMC EMC /Span <</Plot 1>> BDC EMC f EMC q", [0], ["BMCEMCBDCEMCf"], "q"),
        (b"/OC /Name BDC /Layer <</Plot 0>> BDC EMC EMC", [0], [""], "/OC /Name BDC\nEMC"),
        # an author's own
        (b"/Layer BMC EMC", [], [], "/Layer BMC\nEMC"),
        (b"/Layer /Name BDC EMC", [], [], "/Layer /Name BDC\nEMC"),
        (b"/Layer <</Plot 2>> BDC EMC", [], [], "/Layer << /Plot 2 >> BDC\nEMC"),
        (b"/Layer <</Plot -1>> BDC EMC", [], [], "/Layer << /Plot -1 >> BDC\nEMC"),
        (b"/Layer <</Plot /Name>> BDC EMC", [], [], "/Layer << /Plot /Name >> BDC\nEMC"),
        (b"/Span <</Plot 0>> BDC EMC", [], [], "/Span << /Plot 0 >> BDC\nEMC"),
        (b"/Layer <</Plot 0>> BDC q", [], [], "/Layer << /Plot 0 >> BDC\nq"),
        # what only looks like one
        (b"BT (/Layer <</Plot 0>> BDC\n\\(EMC\n) Tj ET", [], [], "BT\n(/Layer <</Plot 0>> BDC\\n\\(EMC\\n) Tj\nET"),
        (b"q % /Layer <</Plot 0>> BDC\nQ EMC", [], [], "q\nQ\nEMC"),
    ],
)
def test_specimens_are_found_among_what_else_a_page_has(text, numbers, bodies, rest):
    assert found(text, 2) == (numbers, bodies, rest)


def test_an_inline_image_s_bytes_are_no_operators_and_stay_as_they_are():
    image = b"BI\n/W 4 /H 7 /BPC 8 /CS /G\nID\n/Layer <</Plot 0>> BDC EMC\nEI"
    numbers, _, rest = found(image + b"\n/Layer <</Plot 0>> BDC EMC")
    assert (numbers, rest.encode("latin-1")) == ([0], image)


def test_a_path_has_its_operators_and_what_stands_before_it():
    with stream(b"q 1 0 0 RG 0 0 m 1.5 -.5 l h S 2 w 1 2 3 4 re f* n Q") as content:
        first, second = specimen.shapes(pikepdf.parse_content_stream(content))[0]
        assert (first.state, first.path, first.paint, first.points.tolist()) == (
            "q\n1 0 0 RG",
            "mlh",
            "S",
            [[0, 0], [1.5, -0.5]],
        )
        assert (second.state, second.path, second.paint) == ("2 w", "mlllh", "f*")
        assert second.points.tolist() == [[1, 2], [4, 2], [4, 6], [1, 6]]
        assert second.drawn() == "1 2 m\n4 2 l\n4 6 l\n1 6 l\nh\nf*"


@pytest.mark.parametrize(
    "text",
    [
        b"0 m S", b"0 0 0 m S", b"/Name 0 m S", b"[0 0] m S", b"0 0 1.0e5 0 m S",  # operands
        b"1 2 3 re f", b"0 0 1 1 2 c S",
        b"0 0 m 1 1 l", b"0 0 m 1 1 l n", b"0 0 m 1 1 l W n", b"0 0 m 1 1 2 2 v S",  # paths
        b"BT ET", b"/Image Do", b"/Shade sh", b"/Span BMC EMC", b"/Point MP", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", b"odd",
    ],
)  # fmt: skip
def test_what_is_no_painted_path_is_not_foreseen(text):
    with stream(text) as content, pytest.raises(Unforeseen):
        specimen.shapes(pikepdf.parse_content_stream(content))


def test_all_rows_stand_where_the_specimen_stood(plot):
    around = b"BT /F1 9.96264 Tf (a\\(b) Tj ET", b"/Im1 Do"
    with stream(around[0] + b"\n" + LINE + BOX + around[1]) as content:
        text, page, left, lacking = layers.fill(content, [plot])
    assert not left and not lacking and page.opaque and not page.masks
    with stream(text) as content:
        names = [specimen.operator(each) for each in pikepdf.parse_content_stream(content)]
    assert names == ["BT", "Tf", "Tj", "ET", "q", "w", "m", *["l"] * (ROWS - 1), "S", "Q", "Do"]
    assert text.startswith(around[0].replace(b" /F1", b"\n/F1").replace(b"Tf (", b"Tf\n(").replace(b" ET", b"\nET"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"36 36 l", b"36 36.1 l"),  # at another place
        (b"36 36 l", b""),
        (b"36 36 l", b"36 l"),
        (b"0.4 w", b"0.4 w /Span BMC EMC"),
        (b"EMC", b""),
        (b"/Plot 0", b"/Plot 1"),
        (b"/Plot 0 /Clip 0", b"/Plot 0"),
        (b"/Clip 0", b"/Clip 0 /Filter 1"),
        (b"/Clip 0", b"/Clip /Name"),
        (b"/Clip 0", b"/Clip []"),
        (b"/x [0.0", b"/x [0.0e5"),  # pikepdf cannot parse it
        (b"/x [0.0", b"/x [null"),
        (b"/x [0.0 30.0", b"/x [30.0"),
        (b"/y [0.0 30.0 0.0 30.0 1 1 1]", b""),
        (b"/O [0.0 0.0]", b"/O 0.0"),
        (b"/O [0.0 0.0]", b"/O [/Name 0]"),
        (b"q 0.4 w", b"q 0.4 w << 0e5 >>"),
        (LINE, b""),
    ],
)
def test_a_plot_is_left_to_pgfplots_where_its_specimen_is_odd(plot, old, new):
    assert LINE.count(old) == 1
    with stream(LINE.replace(old, new) + BOX) as content:
        assert layers.fill(content, [plot])[2] == [plot]


@pytest.mark.parametrize("box", [b"", BOX.replace(b"Axis 1", b"Axis 2"), BOX.replace(b"99", b"/Name")])
def test_a_plot_is_left_to_pgfplots_where_its_axis_states_no_box(plot, box):
    with stream(LINE + box) as content:
        assert layers.fill(content, [plot])[2] == [plot]


def test_rows_that_reach_beyond_the_box_are_added_to_the_specimen(plot):
    with stream(LINE + BOX.replace(b"99 99", b"70 99")) as content:  # in pt; the rows end at 72 bp
        assert layers.fill(content, [plot])[2] == [plot]  # its last row is in the specimen already
    beyond = np.zeros((ROWS, 4))
    beyond[3, 1] = 1
    assert 3 not in plot.specimen and layers.outside(plot, beyond) == [3]
    plot.enlarge([3])
    assert 3 in plot.specimen
    with pytest.raises(Unforeseen):
        layers.outside(plot, beyond)


def test_transparent_paint_is_no_mask(plot):
    with stream(b"/ca gs " + LINE) as content:
        assert not layers.fill(content, [plot])[1].opaque
    with stream(b"BT ( gs) Tj ET " + LINE) as content:
        assert layers.fill(content, [plot])[1].opaque


def test_marks_of_many_rows_take_no_object_each(plot, tmp_path, monkeypatch):
    file, count = tmp_path / "many.dat", 100_000
    np.savetxt(file, np.repeat(np.linspace(0, 30, count), 2).reshape(-1, 2), header="x y", comments="", fmt="%.6g")
    (many,) = dense.dense(rf"\addplot[points] table {{{file}}};", os.path.isfile)
    places = (many.along[:, many.specimen].T * 2.4).tolist()
    body = "\n".join(f"{x:.4f} {y:.4f} 1 1 re f" for x, y in places)
    written, unparse = [], pikepdf.unparse_content_stream
    monkeypatch.setattr(pikepdf, "unparse_content_stream", lambda each: written.append(len(each)) or unparse(each))
    with stream(b"/Layer <<" + STATED + b">> BDC\n" + body.encode() + b"\nEMC\n" + BOX) as content:
        start = time.process_time()
        text, _, left, _ = layers.fill(content, [many])
    assert not left and text.count(b"\nf\n") == count
    assert sum(written) < 100
    assert time.process_time() - start < 5  # 0.3 s; an object a row takes twenty
