"""A page's printing plates, as Ghostscript makes them."""

import pytest

import tiny
from pipeline.pdf.separations import plates


def test_plates_hold_what_is_painted(tmp_path):
    tiny.pdf("0.2 0.4 0.6 0.8 k 0 50 100 50 re f", size=(40, 100)).save(tmp_path / "one.pdf")
    [page] = plates([str(tmp_path / "one.pdf")])
    assert page.shape == (50, 20, 4)
    assert (page[10, 10] / 255).tolist() == pytest.approx([0.2, 0.4, 0.6, 0.8], abs=0.01) and not page[40, 10].any()
