"""The mutation runner, on a book of one module whose mutants' fates are known."""

import ast
import re
import shutil
import subprocess
import sys

import pytest

from conftest import MINIMAL, ROOT
from mutations import mutants, mutated, name

MODULE = """
from pipeline.table import Values

LIMIT = 3

def half(x):
    return x / 2

def tables():
    return {"values": Values(half=half(min(3, 2)))}

def untested(x):
    return x - 1

def unreached(x):
    return x - 1

def loop(x):
    while x > 0:
        x = x - 1
    return x

def draw(axes, x):
    axes.plot(x - 1)
"""
TESTS = """
import importlib.util, pathlib, pytest

@pytest.fixture
def module():
    path = pathlib.Path(__file__).parents[1] / "line/half.py"
    spec = importlib.util.spec_from_file_location("half", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

def test_half(module):
    assert module.half(3) == 1.5

def test_tables(module):
    assert module.tables()["values"]["half"] == 1

def test_untested(module):
    module.untested(3)

def test_loop(module):
    assert module.loop(3) == 0

@pytest.mark.built
def test_of_the_last_build(module):
    assert module.untested(3) == 2
"""


def all_of(text):
    return [name(node, other, "m") for node, other, _ in mutants(ast.parse(text))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a + b", ["a - b"]),
        ("a * 2.0", ["a / 2.0", "2.2"]),
        ("-a", ["a"]),
        ("not a", ["a"]),
        ("a < b", ["a >= b"]),
        ("y = x.amax(dim=0)", ["x.amin(dim=0)", "1"]),
        ("y = x.logsumexp(dim=-1)", ["x.amax(dim=-1)", "-2"]),
        ("y = min(a, b)", ["max(a, b)"]),
        ("y = x.sin()", ["x.cos()"]),
        ("y = x.exp()", ["x"]),
        ("y = math.exp(x)", ["x"]),
        ("x[1:]", ["2"]),
        ("a if b else c", ["c if b else a"]),
        ("a or b", ["a and b"]),
        ("f()", ["pass"]),
        ("f'{a - b}'", []),
        ("def draw(ax, a):\n    return a - 1", []),
        ("lambda axes: axes - 1", []),
        ("def f(a: 1) -> 2: ...", []),
    ],
)
def test_what_is_made_wrong(text, wrong):
    assert sorted(each.split(" → ")[1] for each in all_of(text) if "Ellipsis" not in each) == sorted(wrong)


def test_a_mutant_is_the_module_with_one_change():
    text = "def f(x):\n    return -x + 1\n"
    texts = [ast.unparse(mutated(text.encode(), k)) for k in range(3)]
    assert texts == [text.strip().replace(*edit) for edit in (("-x + 1", "-x - 1"), ("-x", "x"), ("1", "2"))]
    assert ast.unparse(mutated(text.encode(), None)) == text.strip()
    with pytest.raises(LookupError):
        mutated(text.encode(), 3)


@pytest.mark.long
def test_the_runner_tells_the_killed_from_the_living(tmp_path):
    book, page = tmp_path / "book", tmp_path / "page.md"
    shutil.copytree(ROOT / MINIMAL, book, ignore=shutil.ignore_patterns("*.py", "*.j2", "models", "tests"))
    (book / "tests").mkdir()
    for file, text in {"line/half.py": MODULE, "line/half.tex.j2": "", "tests/test_half.py": TESTS}.items():
        (book / file).write_text(text, encoding="utf-8")
    page.write_text("Before.\n<!-- mutants -->\nold\n<!-- /mutants -->\nAfter.\n", encoding="utf-8")
    command = [sys.executable, ROOT / "tests/mutants.py", "--book", book, "--jobs", "2", "--into", page]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    text = page.read_text(encoding="utf-8")
    before, after = text.split("<!-- mutants -->")[0], text.split("<!-- /mutants -->")[1]
    assert (before, after) == ("Before.\n", "\nAfter.\n") and "old" not in text
    assert "| line/half | 12 | 8 | 67 % | 2 |" in text
    alive, equivalent = (
        re.findall(r"^line/half:(\d+): (.*)$", part, re.MULTILINE) for part in text.split("Equivalent")[:2]
    )
    assert alive == [(line, each) for line in ("13", "16") for each in ("1 → 2", "x - 1 → x + 1")]
    assert equivalent == [("10", "3 → 4"), ("4", "3 → 4")]
