"""What books import of the pipeline reads well by itself: `python -m pydoc pipeline.table` is an author's manual."""

import importlib
import inspect
import pydoc
import re

import pytest

from conftest import ROOT
from pipeline.project.modules import module
from pipeline.table import Table

FOLDERS = ("book", "tests/books/everything", "tests/books/minimal", "tests/books/pictures", "tests/books/reference")


PUBLIC = ("pipeline.linear", "pipeline.models", "pipeline.table", "pipeline.training")


def imported():
    """The modules of the pipeline that the books' own modules import, by what is in the books."""
    paths = [path for folder in FOLDERS for path in ROOT.glob(f"{folder}/**/*.py")]
    found = [name for path in paths if path.parent.name != "tests" for _, name, _ in module(path).imports]
    return {name for name in found if name.startswith("pipeline.")}


def public():
    """(module, name, what it is) of all that is for authors."""
    for name in PUBLIC:
        there = importlib.import_module(name)
        yield from ((name, each, getattr(there, each)) for each in there.__all__)


THINGS = [(f"{name}.{each}", thing) for name, each, thing in public() if inspect.isclass(thing) or callable(thing)]
THINGS = [(name, thing) for name, thing in THINGS if getattr(thing, "__module__", "").startswith("pipeline.")]
everything = pytest.mark.parametrize("thing", [thing for _, thing in THINGS], ids=[name for name, _ in THINGS])


def members(thing):
    """The public functions of a class, its own and those that it has of the pipeline's; of a function itself."""
    if not inspect.isclass(thing):
        return {"": thing}
    found = {"__init__": thing.__dict__["__init__"]} if "__init__" in vars(thing) else {}
    for kind in (kind for kind in reversed(thing.__mro__) if kind.__module__.startswith("pipeline.")):
        for name, each in vars(kind).items():
            function = each.fget if isinstance(each, property) else getattr(each, "__func__", each)
            if inspect.isfunction(function) and not name.startswith("_"):
                found[name] = function
    return found


def test_books_import_what_is_meant_for_them():
    assert {*PUBLIC} >= imported() >= {"pipeline.linear", "pipeline.table", "pipeline.training"}


@everything
def test_all_has_a_docstring(thing):
    assert thing.__doc__
    for name in members(thing):
        assert name == "__init__" or inspect.getdoc(getattr(thing, name) if name else thing), f"{thing}: {name}"


@everything
def test_all_has_type_hints(thing):
    for name, function in members(thing).items():
        hints = {parameter: hint.annotation for parameter, hint in inspect.signature(function).parameters.items()}
        bare = [each for each, hint in hints.items() if hint is inspect.Parameter.empty and each not in ("self", "cls")]
        assert (name, bare) == (name, []) and inspect.signature(
            function
        ).return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize(
    "thing", [thing for _, thing in THINGS if inspect.isclass(thing)], ids=lambda thing: thing.__name__
)
def test_what_a_constructor_takes_is_told_by_its_class(thing):
    told = f"{inspect.getdoc(thing)}\n{inspect.getdoc(Table) if issubclass(thing, Table) else ''}"
    taken = [
        p for p in inspect.signature(members(thing).get("__init__", lambda: 0)).parameters.values() if p.name != "self"
    ]
    named = [p.name for p in taken if p.kind is not inspect.Parameter.VAR_KEYWORD]  # an example shows what these are
    assert [name for name in named if not re.search(rf"\b{name}\b", told)] == []
    assert len(named) == len(taken) or re.search(r"\w=\S", told) or re.search(rf"\b{taken[-1].name} :", told)


@pytest.mark.parametrize("name", ["pipeline.table", "pipeline.linear"])
def test_a_module_of_many_begins_with_a_list_of_them(name):
    there = importlib.import_module(name)
    beside = {"TYPES", "Array", "Labels", "Numbers", "digits", "text"}  # for who makes a type of his own
    assert [each for each in there.__all__ if each not in beside and not re.search(rf"\b{each}\b", there.__doc__)] == []


def test_the_manual_is_no_heap():
    text = pydoc.plain(pydoc.render_doc("pipeline.table", renderer=pydoc.plaintext))
    assert "numpy._typing" not in text.partition("\nDATA\n")[0]  # signatures name types, and do not spell them out
    assert not re.search(r"^ +(?:ended|hold_memory|terminal)\(", pydoc.render_doc("pipeline.training"), re.MULTILINE)
