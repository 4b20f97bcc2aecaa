"""One seed for every generator: what a book draws is the same in every process, wherever it draws it."""

import json
import os
import subprocess
import sys

import pytest

from conftest import MINIMAL
from pipeline import seeds

# Each way to draw, as an expression: the global generators, new ones without a seed, and the order of a set's words.
DRAWS = """
import random

import numpy as np


def draw():
    import torch

    words = sorted({"adam", "sgd", "lbfgs", "adagrad", "lion"}, key=hash)
    return [
        random.random(),
        float(np.random.rand()),
        float(np.random.default_rng().random()),
        float(np.random.Generator(np.random.PCG64()).random()),
        torch.rand(1).item(),
        torch.rand(1, generator=torch.Generator()).item(),
        ["adam", "sgd", "lbfgs", "adagrad", "lion"].index(list(dict.fromkeys(words))[0]),
    ]
"""
DATA = f"{DRAWS}\n\nIMPORTED = draw()\n"
MODEL = """
import torch

from book.line.draws import draw
from book.line.drawn import IMPORTED as DATA

OWN = draw()


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("built", torch.tensor(draw(), dtype=torch.float64))


def build():
    return Net()


def train(net, seed):
    return {"data": DATA, "own": OWN, "built": net.built, "trained": draw(), "again": draw()}, {}
"""
FIGURE = '''"""Draws."""

from book.line.draws import draw
from book.line.models.drawing import OWN
from book.line.drawn import IMPORTED
from pipeline.table import Values

HERE = draw()


def tables(drawing):
    numbers = {"data_here": IMPORTED, "own_here": OWN, "module": HERE, "tables": draw(), "rebuilt": drawing.net.built}
    return {"v": Values(**drawing.history, **numbers)}
'''
PLACES = {"data", "own", "built", "trained", "again", "module", "tables"}


def overlay(project):
    for name, text in {
        "line/draws.py": DRAWS,
        "line/drawn.py": DATA,
        "line/models/drawing.py": MODEL,
        "line/shown.py": FIGURE,
        "line/shown.tex.j2": "x",
    }.items():
        project.write(name, text)


def values(project):
    return json.loads((project.build / "tables/line/shown/values.json").read_text(encoding="utf-8"))


def by_hand(project, hashes, *options):
    for words in (["pipeline.train", "line/drawing"], ["pipeline.tables", "line/shown"]):
        done = subprocess.run(
            [sys.executable, *options, "-m", *words, "--book", str(MINIMAL)],
            cwd=project.root,
            env=os.environ | {"PYTHONHASHSEED": hashes},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
    return values(project)


@pytest.mark.slow
def test_each_place_draws_the_same_in_every_process(project):
    overlay(project)
    first = by_hand(project, "1")
    assert first["data"] == first["data-here"] and first["own"] == first["own-here"]
    assert first["built"] == first["rebuilt"]
    draws = [tuple(first[place][:5]) for place in PLACES]  # each place its own numbers, by each generator
    assert all(len(set(column)) == len(PLACES) for column in zip(*draws, strict=True))
    (project.build / "models/line/drawing.pt").unlink()
    project.make(f"build/{MINIMAL}/tables/line/shown/SHA256SUMS")
    assert values(project) == first
    # After an edit that changes nothing of the model, its figure sees the data that it has seen.
    project.edit("line/shown.py", '"""Draws."""', '"""Draws."""\n\nMORE = 1')
    project.edit("line/shown.py", "from book.line.models.drawing import OWN\n", "")
    project.edit("line/shown.py", "HERE =", "from book.line.models.drawing import OWN\n\nHERE =")
    project.make(f"build/{MINIMAL}/tables/line/shown/SHA256SUMS")
    assert values(project) == first


ORDER = """
import sys
from pipeline.project.book import Book

book = Book(sys.argv[1])
for name in sys.argv[2:]:
    __import__(name) if name == "torch" else book.load(book.root / name)
m = sys.modules
print(m["book.line.first"].NUMBERS, m["book.line.second"].NUMBERS)
"""


@pytest.mark.slow
def test_neither_the_order_of_imports_nor_when_torch_is_imported_matters(project):
    project.write("line/first.py", f"{DRAWS}\nNUMBERS = draw()\nimport book.line.second\nNUMBERS += draw()\n")
    project.write("line/second.py", f"import torch\n{DRAWS}\nNUMBERS = draw()\n")
    said = set()
    for order in (["line/first.py"], ["line/second.py", "line/first.py"], ["torch", "line/first.py"]):
        command = [sys.executable, "-c", ORDER, str(MINIMAL), *order]
        environment = os.environ | {"PYTHONHASHSEED": "0"}
        said.add(
            subprocess.run(
                command, cwd=project.root, env=environment, capture_output=True, encoding="utf-8", check=True
            ).stdout
        )
    assert len(said) == 1


def test_a_block_under_a_seed_disturbs_nothing():
    seeds.begin(3)
    first = [draw() for draw in drawing()]
    seeds.begin(3)
    with seeds.seeded(4):
        other = [draw() for draw in drawing()]
        with seeds.seeded(4):
            assert [draw() for draw in drawing()] == other
    assert [draw() for draw in drawing()] == first and not set(first) & set(other)


def drawing():
    import random

    import numpy as np
    import torch

    return random.random, np.random.rand, lambda: np.random.default_rng().random(), lambda: torch.rand(1).item()
