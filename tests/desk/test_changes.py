"""What is saved is noticed once, with the first line that differs; what only was touched is no change."""

import asyncio
import time

import pytest

from conftest import MINIMAL
from pipeline.desk.changes import Known, first_difference, saves


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a\nb\nc", "a\nx\nc", 2),
        ("a", "a\nb", 2),
        ("a\nb\nc", "a\nb", 2),
        ("", "", 1),
        ("a", "a", 1),
        ("a", "a\n\nb", 3),
    ],
)
def test_the_first_line_that_differs(old, new, line):
    assert first_difference(old, new) == line


def test_a_file_that_is_touched_is_no_change(book, project):
    known, path = Known(book), MINIMAL / "line/net.tex.j2"
    path.touch()
    assert known.look(path) == (False, None)
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    assert known.look(path) == (True, 6) and known.look(path) == (False, None)
    path.unlink()
    assert known.look(path) == (True, None)


def test_what_is_saved_together_is_one_change_and_comes_at_once(book, project):
    async def noticed():
        stop = asyncio.Event()
        notices = saves(book, stop)
        first = asyncio.create_task(anext(notices))
        await asyncio.sleep(0.5)  # until the system watches
        for name in ("line/net.tex.j2", "line/fit.tex.j2", "line/.net.swp", "line/net.tex.j2~"):
            project.write(name, "new\n")
        began = time.monotonic()
        found = await asyncio.wait_for(first, 10)
        stop.set()
        return found, time.monotonic() - began

    found, took = asyncio.run(noticed())
    assert [saved.path for saved in found] == [MINIMAL / "line/fit.tex.j2", MINIMAL / "line/net.tex.j2"]
    assert took < 2 and all(abs(saved.time - time.time()) < 20 for saved in found)
