"""The closure of imports: exactly the project files that a file needs, without running anything."""

import os
from pathlib import Path

import pytest

from conftest import ROOT
from pipeline.engine.stages import STAGES
from pipeline.project import modules
from pipeline.project.modules import closure, imported_names, is_carrier, module

FILES = {
    "book/a/fig.py": "import numpy\nfrom book.a import data\nfrom book.b.names import VALUE\nfrom pipeline.table import Points\n",
    "book/a/data.py": "from . import sibling\nfrom ..b import up as renamed\n",
    "book/a/sibling.py": "import book.a.data\n",
    "book/b/names.py": "def late():\n    if True:\n        import book.b.lazy\n",
    "book/b/up.py": "import pipeline.errors as e, os\n",
    "book/b/lazy.py": "",
    "book/b/broken.py": "from book.b import lazy\nthis is no Python\n",
    "book/b/uses-broken.py": "import book.b.broken\n",
    "book/b/unused.py": "import bookish, book_b\n",
    "pipeline/__init__.py": "",
    "pipeline/table.py": "from pipeline.errors import AuthorError\n",
    "pipeline/errors.py": "",
}


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("file", "imports"),
    [
        ("book/a/fig.py", "book/a/data.py book/a/sibling.py book/b/lazy.py book/b/names.py book/b/up.py "
                          "pipeline/__init__.py pipeline/errors.py pipeline/table.py"),  # all kinds at once
        # a cycle, relative imports
        ("book/a/sibling.py", "book/a/data.py book/b/up.py pipeline/__init__.py pipeline/errors.py"),
        ("book/b/names.py", "book/b/lazy.py"),  # in a function
        ("book/b/uses-broken.py", "book/b/broken.py"),  # what does not parse is there, and imports nothing
        ("book/b/unused.py", ""),  # other packages of similar names
    ],
)  # fmt: skip
def test_closure(tree, file, imports):
    assert closure(file, "book") == sorted([file, *imports.split()])


def test_a_book_may_lie_anywhere(tree, tmp_path):
    (tmp_path / "book").rename(tmp_path / "elsewhere")
    assert closure("elsewhere/b/names.py", "elsewhere") == ["elsewhere/b/lazy.py", "elsewhere/b/names.py"]


@pytest.mark.parametrize("step", ["picture", "figure", "contents", "book", "chapter"])
def test_rendering_and_typesetting_never_import_torch(step, monkeypatch):
    monkeypatch.chdir(ROOT)
    names = {
        name.split(".")[0]
        for file in closure(f"pipeline/{step}.py", "book")
        for name in imported_names(file, "pipeline")
    }
    assert "torch" not in names
    assert "pipeline" in names


def test_what_carries_a_result_is_no_part_of_it(monkeypatch):
    monkeypatch.chdir(ROOT)
    for step in STAGES:
        found = closure(f"pipeline/{step}.py", "book")
        assert f"pipeline/{step}.py" in found and not [file for file in found if is_carrier(file)]


SAME = [
    "def f():\n    return 1\n",
    "def f():  # one\n\n    return (1)\n",
    '"""A title."""\n\ndef f():\n    """Returns."""\n    return 1\n',
]


def test_a_file_is_what_it_does(tmp_path):
    """Comments, docstrings and layout are no part of it; what it does is, and so is an assertion."""
    path = tmp_path / "a.py"

    def digest(text):
        path.write_text(text, encoding="utf-8")
        return module(path).digest

    assert len({digest(text) for text in SAME}) == 1
    other = [
        "def f():\n    return 2\n",
        "def f():\n    assert 0\n    return 1\n",
        "",
        "def f(:",
        "def f():\n    return 'A title.'\n",
    ]
    assert len({digest(text) for text in [SAME[0], *other]}) == 1 + len(other)


def test_what_is_known_is_kept_for_the_next_build(tree, monkeypatch):
    for name in FILES:
        os.utime(name, (1, 1))
    monkeypatch.setattr(modules, "SETTLED", -1)  # the time of the last change of a file's state is now
    found = {name: module(name) for name in FILES}
    modules.keep()
    modules.known.clear()
    modules.remember()
    assert {name: module(name) for name in FILES} == found == modules.known
    monkeypatch.setattr(modules, "parsed", None)
    assert module("book/a/fig.py") == found["book/a/fig.py"]  # it was not parsed again
    for broken in ("", "{}", "[]", '{"key": 1'):
        Path(modules.KEPT).write_text(broken, encoding="utf-8")
        modules.known.clear()
        modules.remember()
        assert not modules.known


def test_what_has_just_been_changed_is_not_kept(tree):
    """It may change again before the clock moves on, without a sign."""
    module("book/a/fig.py")
    modules.keep()
    modules.known.clear()
    modules.remember()
    assert not modules.known


def test_a_file_is_parsed_once_until_it_changes(tree):
    first = module("book/a/fig.py")
    assert module("book/a/fig.py") is first
    size = len(FILES["book/a/fig.py"])
    Path("book/a/fig.py").write_text("import torch".ljust(size), encoding="utf-8")  # of equal length
    assert list(imported_names("book/a/fig.py", "book.a")) == ["torch"]
