"""A template has its share of time and memory, and no more."""

import signal
import subprocess
import sys

import pytest

from conftest import MINIMAL
from pipeline.errors.author import AuthorError
from pipeline.templating import resources
from pipeline.templating.environment import render

FIT = "line/fit.tex.j2"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\n((( 'x' * 10**10 )))", "takes more than 1 GB of memory"),
        ("\n((( 'x' | center(10**11) )))", "takes more than 1 GB of memory"),
        (
            "\n((* for a in range(99999) *))((* for b in range(99999) *))((* endfor *))((* endfor *))",
            "takes longer than 1 s",
        ),
    ],
)
def test_a_template_has_no_more_than_its_share_of_time_and_memory(project, book, monkeypatch, text, what):
    monkeypatch.setattr(resources, "SECONDS", 1)
    project.write(FIT, text)
    with pytest.raises(AuthorError) as error:
        render(book, book.find("line/fit"))
    assert str(error.value) == f"{MINIMAL}/{FIT}:2: {what}"


def test_what_python_cannot_interrupt_the_system_ends(project, book):
    nested = "((* set n = namespace(a=[1], b=[1]) *))((* for k in range(60) *))((* set n.a = [n.a, n.a] *))((* set n.b = [n.b, n.b] *))"
    project.write(FIT, nested + "((* endfor *))((( n.a == n.b )))")
    code = "from pipeline import picture; from pipeline.project.book import Book; from pipeline.templating import resources; "
    code += f"resources.SECONDS = resources.GRACE = 1; picture.picture(Book('{MINIMAL}'), 'line/fit')"
    done = subprocess.run([sys.executable, "-c", code], cwd=project.root)
    assert done.returncode == -signal.SIGXCPU
