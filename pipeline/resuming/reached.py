"""What a training loop can reach when it begins: each object by its path, which is the same in the process that goes
on.

Only what is known to be told in full by its contents is taken: for anything else there is Unknown.
"""

import hashlib
import pickle
import random
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from functools import _lru_cache_wrapper, partial
from types import BuiltinFunctionType, CellType, FunctionType, MethodType, ModuleType, SimpleNamespace
from typing import Any
from weakref import ref

import numpy as np
import torch
from torch import Tensor, nn

PLAIN = (type(None), bool, int, float, str, bytes)
LISTS, DICTS = (list, deque), (dict, OrderedDict, defaultdict, Counter)
FIXED = (BuiltinFunctionType, ModuleType, ref, _lru_cache_wrapper)  # nothing that training changes
ROOTS = {"book", "pipeline", "torch"}  # of classes whose objects are what their attributes are
CHANCE = (torch.Generator, np.random.Generator, np.random.RandomState, random.Random)
TENSORS = (Tensor, nn.Parameter)
BARE = type("Bare", (), {}).__basicsize__  # bytes of an object that has attributes and nothing else
UNSET = "\0unset"  # stands for what a variable holds that has not been assigned


class Unknown(Exception):
    """An object whose state cannot be told; its argument says which."""


def is_object(value: object) -> bool:
    """Whether a value is all that its attributes are."""
    kind = type(value)
    own = kind.__module__.split(".")[0] in ROOTS or isinstance(value, nn.Module | torch.optim.Optimizer)
    own = (own or kind is SimpleNamespace) and not isinstance(value, torch.jit.ScriptModule)
    return own and hasattr(value, "__dict__") and kind.__basicsize__ == BARE


def attributes(value: Any) -> dict[str, Any]:
    """Of an object, a class or a module: what is told of it."""
    found = {k: v for k, v in vars(value).items() if not k.startswith("__")}
    return {k: v for k, v in found.items() if isinstance(v, PLAIN) or not isinstance(value, type) or is_data(v)}


def is_data(value: object) -> bool:
    return isinstance(value, (Tensor, np.ndarray, list, dict, tuple, *CHANCE))


def parts(value: Any) -> Iterator[Any]:
    """What a value holds."""
    if isinstance(value, TENSORS):
        yield value.grad if value.is_leaf else None
    elif type(value) in LISTS or type(value) is tuple:
        yield from value
    elif type(value) in DICTS:
        for pair in value.items():
            yield from pair
        yield from getattr(value, "__dict__", {}).values()
    elif isinstance(value, FunctionType):
        if is_own(value):
            yield from shared(value)
            yield from value.__defaults__ or ()
            yield from (value.__kwdefaults__ or {}).values()
            yield from vars(value).values()
    elif isinstance(value, MethodType):
        yield from (value.__self__, value.__func__)
    elif isinstance(value, partial):
        yield from (value.func, *value.args, *value.keywords.values())
    elif is_object(value) or (isinstance(value, type) and is_own(value)):
        yield from attributes(value).values()


def is_own(value: Any) -> bool:
    return str(value.__module__).split(".")[0] == "book"


def shared(function: FunctionType) -> list[Any]:
    """What the variables hold that a function shares with the one that it was made in."""
    return [held(cell) for cell in function.__closure__ or ()]


def held(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return UNSET


def digest(value: object) -> str | None:
    """Of all that a value is, for those that pickle knows."""
    try:
        return hashlib.sha256(pickle.dumps(value)).hexdigest()
    except Exception:
        return None


class Reached:
    """All that can be reached from some roots when a loop begins. roots : {name: value}; opaque : classes that are left
    as they are."""

    def __init__(self, roots: dict[str, Any], opaque: tuple[type, ...]) -> None:
        self.opaque = opaque
        self.objects: dict[str, Any] = {}  # {path: what is there}
        self.paths: dict[int, str] = {}
        self.digests: dict[str, str | None] = {}  # of those that only pickle can tell to be as they were
        open_ = list(roots.items())[::-1]
        while open_:
            path, value = open_.pop()
            if type(value) in PLAIN or id(value) in self.paths:
                continue
            self.objects[path], self.paths[id(value)] = value, path
            if not isinstance(value, opaque):
                found = [(f"{path}/{k}", p) for k, p in enumerate(parts(value)) if type(p) not in PLAIN]
                open_ += found[::-1]
                if self.is_strange(value):
                    self.digests[path] = digest(value)

    def is_strange(self, value: Any) -> bool:
        """Whether only pickle can tell if a value is still the same."""
        known = (*TENSORS, np.generic, FunctionType, MethodType, partial, type, complex, *FIXED, *CHANCE)
        return not (isinstance(value, known) or type(value) in (*LISTS, *DICTS, tuple, np.ndarray) or is_object(value))
