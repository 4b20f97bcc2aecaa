"""Which page is shown, and what is served: pages of PDFs as vector graphics, by names that nobody can guess."""

import asyncio
import json

from pipeline.desk.pictures import MOST, PNG, Picture, Pictures, on_page


def test_a_line_is_on_the_page_that_it_begins(tmp_path):
    """A page's head and foot have the line at which it was full."""
    places = tmp_path / "places.json"
    pages = {"0": [["a.tex", 7, 0, 0, 0], ["a.tex", 1, 0, 0, 9]], "1": [["a.tex", 9, 0, 0, 0], ["a.tex", 7, 0, 0, 9]]}
    places.write_text(json.dumps(pages), encoding="utf-8")
    found = [on_page(str(places), "a.tex", line) for line in (1, 3, 7, 8, 40)]
    assert found == [1, 1, 2, 2, 2]
    assert on_page(str(places), "b.tex", 1) is on_page(str(tmp_path / "none.json"), "a.tex", 1) is None


def test_a_page_is_drawn_once_and_the_last_where_there_are_fewer(built):
    async def drawn():
        pictures, path = Pictures(), str(built.build / "chapters/dark/line.pdf")
        first, again = await pictures.page(path), await pictures.page(path)
        return pictures, first, again, await pictures.page(path, 99), await pictures.page("nothing.pdf")

    pictures, first, again, last, none = asyncio.run(drawn())
    assert first is again and none is None and last.page == last.pages > 1
    kind, content = pictures.get(first.name)
    assert kind == "image/svg+xml" and b"<svg" in content[:400] and first.height > first.width > 300
    assert pictures.get("../book.yaml") is None


def test_only_the_last_pictures_are_kept():
    pictures = Pictures()
    for number in range(MOST + 5):
        pictures.keep(Picture(str(number), 1, 1), PNG, b"")
    assert len(pictures.kept) == MOST and pictures.get("0") is None and pictures.get(str(MOST)) is not None
