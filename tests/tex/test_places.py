"""Where the lines of pages come from, of what SyncTeX notes."""

import gzip
import re
import shutil
import subprocess

import pytest

from conftest import MINIMAL
from pipeline.tex.places import for_viewers, nearest, places

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


def test_viewers_are_told_of_the_authors_own_files(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book/chapter.tex").touch()
    told = gzip.decompress(
        for_viewers(NOTES + "Input:3:/scratch/1a2b/./generated.tex\n", lambda name: str(tmp_path / name))
    )
    names = [line for line in told.decode().splitlines() if line.startswith("Input")]
    assert names == [
        f"Input:1:{tmp_path}/book/chapter.tex",
        "Input:2:/usr/share/texmf/article.cls",
        "Input:3:/scratch/1a2b/./generated.tex",
    ]


def asked(built, *words):
    """What synctex answers: the first of its results."""
    done = subprocess.run(["synctex", *words], capture_output=True, encoding="utf-8", check=True, cwd=built.root)
    return dict(line.split(":", 1) for line in reversed(done.stdout.splitlines()) if ":" in line)


@pytest.mark.slow  # TeX
@pytest.mark.skipif(not shutil.which("synctex"), reason="there is no synctex")
def test_a_line_of_the_text_leads_to_its_page_and_back(built):
    pdf, text = built.build / "book-dark.pdf", (built.root / MINIMAL / "line/chapter.tex").resolve()

    for line in (2, 3):
        place = asked(built, "view", "-i", f"{line}:1:{text}", "-o", str(pdf))
        found = asked(built, "edit", "-o", f"{place['Page']}:{float(place['x']) + 1}:{float(place['y']) - 1}:{pdf}")
        assert (found["Input"], int(found["Line"])) == (str(text), line)


@pytest.mark.slow  # TeX
@pytest.mark.skipif(not shutil.which("synctex"), reason="there is no synctex")
def test_a_click_in_a_figure_leads_to_its_template_and_one_on_its_caption_to_the_text(built):
    pdf, book = built.build / "book-dark.pdf", (built.root / MINIMAL).resolve()
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    pages = boxes.split("<page ")[1:]
    for name in ("net", "fit"):
        title = {"net": "predictor.", "fit": "fitted"}[name]  # a word of its caption
        word = re.compile(rf'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">{re.escape(title)}<')
        number, (left, top, right, bottom) = next(
            (k, map(float, found[-1])) for k, page in reversed([*enumerate(pages, 1)]) if (found := word.findall(page))
        )
        on_caption = asked(built, "edit", "-o", f"{number}:{(left + right) / 2}:{(top + bottom) / 2}:{pdf}")
        above = asked(built, "edit", "-o", f"{number}:200:{top - 40}:{pdf}")
        assert on_caption["Input"] == str(book / "line/chapter.tex")
        assert above["Input"] == str(book / f"line/{name}.tex.j2")


@pytest.mark.slow  # TeX
def test_no_place_is_the_houses(built):
    """Not even in the bibliography, which the frame of all books sets."""
    for edition in ("dark", "light"):
        with gzip.open(built.build / f"book-{edition}.synctex.gz", "rt", encoding="utf-8") as notes:
            files = dict(line.rstrip().split(":", 2)[1:] for line in notes if line.startswith("Input:"))
        own = {number for number, name in files.items() if name.startswith(f"{(built.root / MINIMAL).resolve()}/")}
        with gzip.open(built.build / f"book-{edition}.synctex.gz", "rt", encoding="utf-8") as notes:
            named = {found[1] for line in notes if (found := re.match(r"[xkgr$](\d+),", line))}
        assert named and named <= own
