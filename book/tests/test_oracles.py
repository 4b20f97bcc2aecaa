"""Every computed figure is held to something that is independent of the code that draws it; the page on trust says to
what."""

import importlib
import inspect
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

import pipeline

KINDS = {"closed form", "brute force", "autograd", "SciPy", "scikit-learn", "published value"}
TIGHT = 0.01  # a golden tolerance above this, of a column's spread or in its unit, does not hold a formula


@pytest.fixture(scope="module")
def oracles():
    """{figure: {kind: tests}} by the marks of the tests beside this one."""
    found = defaultdict(lambda: defaultdict(list))
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = importlib.import_module(f"{__package__}.{path.stem}")
        for test in vars(module).values():
            for mark in getattr(test, "pytestmark", ()):
                if mark.name == "oracle":
                    figure, by = mark.args
                    found[figure][by].append(test)
    return found


def test_every_computed_figure_has_an_oracle(book, oracles):
    assert set(oracles) == set(book.computed)
    assert {kind for kinds in oracles.values() for kind in kinds} <= KINDS


def test_what_trained_nets_draw_is_held_given_the_net(book, oracles):
    """Whatever asks for a model: one of its oracles looks at the tables of the last build and at the net they show."""
    asking = {figure for figure in book.computed if book.find(figure).models}
    given = {
        figure
        for figure, kinds in oracles.items()
        for tests in kinds.values()
        for test in tests
        if "shown" in inspect.signature(test).parameters
    }
    assert given == asking
    rules = yaml.safe_load((book.root / "expected/tolerances.yaml").read_text(encoding="utf-8"))
    loose = {"/".join(name.split("/")[:2]) for name, rule in rules.items() if max(map(number, rule.values())) > TIGHT}
    assert loose <= given


def number(value):
    return value if isinstance(value, int | float) else 0


def test_the_page_on_trust_lists_them(book, oracles):
    page = Path(pipeline.__file__).parents[1] / "docs/trust.md"
    rows = re.findall(r"^\| `(\w+/[\w-]+)` \| (.*?) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {figure: kinds.split(", ") for figure, kinds in rows} == {f: sorted(kinds) for f, kinds in oracles.items()}
