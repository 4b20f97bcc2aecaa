"""What a model's file would lose of a trained net: where the net that is loaded from it is another one."""

import math
from collections import deque
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.parameter import is_lazy

# What each module has: its parts are compared by their names; whether it is training, a figure need not know.
OWN = {*vars(nn.Module()), "_compiled_call_impl"}
HOOKS = ("_forward_hooks", "_forward_pre_hooks")  # which change what a net computes
ABSENT = SimpleNamespace()  # stands for what is not there
BUFFER = "self.register_buffer('{0}', torch.tensor(…)) where the net is made keeps it; what is learned is a parameter"
LAYERS = "layers belong into an nn.ModuleList or nn.ModuleDict, whose parameters are trained and kept"
SAME = "build() makes the net as train() leaves it, with its layers, their types and shapes"
Lost = tuple[str, str, str]  # dotted name, what is different, what to try


def lost(net: nn.Module, copy: nn.Module) -> Iterator[Lost]:
    """What is not the same in a trained net and in its copy that was loaded from the file."""
    yield from of_module("", net, copy, BUFFER, set())


def of_module(name: str, net: nn.Module, copy: Any, advice: str, seen: set[int]) -> Iterator[Lost]:
    lazy = isinstance(copy, LazyModuleMixin)  # it becomes another with its first input, and has one hook less
    if kind(net) != kind(copy) and not lazy:
        yield name or "the net", f"a {type(net).__name__}, and {shown(copy)} when it is loaded", SAME
        return
    for tensors in ("_parameters", "_buffers"):
        theirs = getattr(copy, tensors)
        for key, value in getattr(net, tensors).items():
            yield from differing(dotted(name, key), value, theirs.get(key, ABSENT), advice, seen)
    for hooks in () if lazy else HOOKS:
        if len(getattr(net, hooks)) != len(getattr(copy, hooks)):
            hint = "register it where the net is made, or remove it when training ends"
            yield name or "the net", f"with {hooks.strip('_').replace('_', ' ')} that would be lost", hint
    for key, layer in net.named_children():
        yield from differing(dotted(name, key), layer, getattr(copy, key, ABSENT), advice, seen)
    if not lazy:
        for key in vars(net).keys() - OWN:
            yield from differing(dotted(name, key), vars(net)[key], vars(copy).get(key, ABSENT), advice, seen)


def differing(name: str, value: Any, other: Any, advice: str, seen: set[int]) -> Iterator[Lost]:
    """The same of any value: of tensors, numbers, words, containers of these, and objects of the book's own classes;
    what is none of these is not compared."""
    if id(value) in seen:
        return
    if isinstance(value, Tensor | np.ndarray | np.generic | bool | int | float | complex | str | bytes | type(None)):
        if not equal(value, other):
            yield name, f"{shown(value)}, and {shown(other)} when it is loaded", advice
        return
    seen.add(id(value))
    if isinstance(value, nn.Module):
        yield from of_module(name, value, other, LAYERS if "[" in name else advice, seen)
    elif isinstance(value, Mapping | list | tuple | deque):
        yield from of_parts(name, value, other, advice, seen)
    elif isinstance(value, set | frozenset):
        if value != other:
            yield name, f"{shown(value)}, and {shown(other)} when it is loaded", advice
    elif type(value).__module__.split(".")[0] == "book" or isinstance(value, SimpleNamespace):
        parts = vars(other) if type(other) is type(value) else {}
        for key, each in getattr(value, "__dict__", {}).items():
            yield from differing(dotted(name, key), each, parts.get(key, ABSENT), advice, seen)
    elif callable(value) and getattr(value, "__qualname__", None) != getattr(other, "__qualname__", None):
        yield name, f"{shown(value)}, and {shown(other)} when it is loaded", SAME


def of_parts(name: str, value: Any, other: Any, advice: str, seen: set[int]) -> Iterator[Lost]:
    keys = list(value) if isinstance(value, Mapping) else range(len(value))
    if type(value) is not type(other) or len(value) != len(other):
        yield name, f"{shown(value)}, and {shown(other)} when it is loaded", advice
        return
    for key in keys:
        there = not isinstance(value, Mapping) or key in other
        yield from differing(f"{name}[{key!r}]", value[key], other[key] if there else ABSENT, advice, seen)


def equal(value: Any, other: Any) -> bool:
    """Whether two plain values are the same, bit by bit; the device does not matter."""
    if type(value) is not type(other):
        return isinstance(value, Tensor) and isinstance(other, Tensor) and same(value, other)
    if isinstance(value, Tensor):
        return same(value, other)
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype == other.dtype and value.shape == other.shape and value.tobytes() == other.tobytes()
    return value == other or (isinstance(value, float) and math.isnan(value) and math.isnan(other))


def same(value: Tensor, other: Tensor) -> bool:
    if is_lazy(value) or is_lazy(other):  # a layer that has seen no input
        return is_lazy(value) and is_lazy(other)
    try:
        torch.testing.assert_close(value.detach(), other.detach(), rtol=0, atol=0, equal_nan=True, check_device=False)
    except AssertionError:
        return False
    return True


def kind(value: object) -> tuple[str, str]:
    """A class by its name: torch makes a class for each net that it parametrizes."""
    return type(value).__module__, type(value).__qualname__


def dotted(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def shown(value: Any) -> str:
    if value is ABSENT:
        return "nothing"
    if isinstance(value, Tensor) and is_lazy(value):
        return f"a {type(value).__name__}"
    if isinstance(value, Tensor | np.ndarray):
        numbers = f" {value.tolist()}" if math.prod(value.shape) <= 2 else ""
        return f"a {type(value).__name__} of {str(value.dtype).removeprefix('torch.')}, {tuple(value.shape)}{numbers}"
    return f"{value!r:.60}" if not callable(value) else getattr(value, "__qualname__", f"a {type(value).__name__}")
