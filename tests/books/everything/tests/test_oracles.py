"""Every computed figure is held to something that is independent of the code that draws it."""

import importlib
from collections import defaultdict
from pathlib import Path

KINDS = {"closed form", "Fourier series", "NumPy", "SciPy", "scikit-learn"}


def test_every_computed_figure_has_an_oracle(book):
    found = defaultdict(set)
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for test in vars(importlib.import_module(f"{__package__}.{path.stem}")).values():
            for mark in getattr(test, "pytestmark", ()):
                if mark.name == "oracle":
                    figure, by = mark.args
                    found[figure].add(by)
    assert set(found) == set(book.computed)
    assert set.union(*found.values()) <= KINDS
