"""Where the lines of pages come from, of what SyncTeX notes."""

import pytest

from pipeline.tex.places import nearest, places

NOTES = """SyncTeX Version:1
Input:1:/view/./book/chapter.tex
Input:2:/usr/share/texmf/article.cls
Content:
{1
[2,9:4736286,46220574:26673152,41484288,0
(1,9:6553600,6553600:13107200,0,0
x1,3:6553600,6553600
g1,4:13107200,6553600
g1,6:6553600,13107200
k2,8:19660800,13107200:3
}1
{2
}2
"""


@pytest.mark.parametrize(
    ("page", "across", "down", "line"),
    [(0, 90, 98, 3), (0, 210, 105, 4), (0, 120, 190, 6), (0, 300, 200, 6), (1, 100, 100, None), (2, 100, 100, None)],
)
def test_what_stands_on_a_page_has_the_line_nearest_to_it(tmp_path, page, across, down, line):
    """Also where the book lies elsewhere than the project."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/chapter.tex").touch()
    found = nearest(places(NOTES, lambda name: str(tmp_path / name)), page, across, down)
    assert found == (line and f"{tmp_path}/book/chapter.tex:{line}")
