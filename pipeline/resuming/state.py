"""What the objects hold that a training loop can reach, as plain numbers and tensors, and how it is put back.

What is there when the loop begins is found by its path, in this process and in the one that goes on; its contents are
put back in place, so that all who hold it see them. What the loop has made since is made again. Only what is known to
be told in full by these contents is taken: for anything else there is Unknown.
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
TENSORS = (Tensor, nn.Parameter, nn.Buffer)


class Unknown(Exception):
    """An object whose state cannot be told; its argument says which."""


def is_object(value: object) -> bool:
    """Whether a value is all that its attributes are."""
    kind = type(value)
    if isinstance(value, Tensor | torch.jit.ScriptModule | tuple | set | frozenset | str | int | float | list | dict):
        return False
    slots = any(vars(base).get("__slots__") for base in kind.__mro__)
    own = isinstance(value, nn.Module | torch.optim.Optimizer | SimpleNamespace)
    return (own or kind.__module__.split(".")[0] in ROOTS) and hasattr(value, "__dict__") and not slots


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
            yield from (cell.cell_contents for cell in cells(value))
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


def cells(function: FunctionType) -> list[CellType]:
    """The variables that a function shares with the one that it was made in, as far as they are set."""
    found = []
    for cell in function.__closure__ or ():
        try:
            _ = cell.cell_contents
            found.append(cell)
        except ValueError:
            continue
    return found


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
        known = (*TENSORS, np.ndarray, np.generic, FunctionType, MethodType, partial, type, complex, *FIXED, *CHANCE)
        return not (isinstance(value, known) or type(value) in (*LISTS, *DICTS, tuple) or is_object(value))


class Contents:
    """What the reached objects hold now. states : {path: contents}; new : what has been made since."""

    def __init__(self, reached: Reached) -> None:
        self.reached, self.states, self.new = reached, {}, []  # type: ignore[var-annotated]
        self.numbers: dict[int, int] = {}
        self.storages: dict[int, tuple[int, bool]] = {}  # {memory: (the tensor that has it, whether it is new)}
        self.held: list[Any] = []  # so that no other object gets an id that was seen

    def encode(self, value: Any, loose: bool = False) -> Any:
        """A value as something plain; loose : a tensor's graph does not matter."""
        if type(value) in PLAIN:
            return value
        if type(value) is complex:
            return ("complex", value.real, value.imag)
        if path := self.reached.paths.get(id(value)):
            if path not in self.states:
                self.states[path] = None
                self.states[path] = self.contents(value, path, loose)
            return ("there", path)
        if type(value) is tuple:
            return ("tuple", [self.encode(part) for part in value])
        if id(value) not in self.numbers:
            known = isinstance(value, (*TENSORS, np.ndarray, np.generic)) or type(value) in (*LISTS, *DICTS)
            if not known or isinstance(value, defaultdict):
                raise Unknown(f"is a {type(value).__name__}")
            number = self.numbers[id(value)] = len(self.new)
            self.held.append(value)
            self.new.append(None)
            self.new[number] = self.contents(value, "", loose)
        return ("new", self.numbers[id(value)])

    def contents(self, value: Any, path: str, loose: bool) -> Any:
        if isinstance(value, self.reached.opaque):
            return None
        if isinstance(value, Tensor):
            return self.tensor(value, path, loose)
        if isinstance(value, np.ndarray | np.generic):
            return self.array(value, path)
        if type(value) in LISTS:
            return (type(value).__name__, [self.encode(part) for part in value], getattr(value, "maxlen", None))
        if type(value) in DICTS:
            pairs = [(self.encode(k), self.encode(v)) for k, v in value.items()]
            more = [(k, self.encode(v)) for k, v in getattr(value, "__dict__", {}).items()]  # a state dict's versions
            return (type(value).__name__, pairs, more)
        if isinstance(value, CHANCE):
            return ("chance", self.plain(chance(value)))
        if isinstance(value, FunctionType) and is_own(value):
            for part in parts(value):
                self.encode(part)
            shared = [self.encode(cell.cell_contents) for cell in cells(value)]
            return ("function", shared, [(k, self.encode(v)) for k, v in vars(value).items()])
        if is_object(value) or (isinstance(value, type) and is_own(value)):
            return ("object", [(name, self.encode(part)) for name, part in attributes(value).items()])
        if path in self.reached.digests and (digest(value) or "") != self.reached.digests[path]:
            raise Unknown(f"is a {type(value).__name__}")
        for part in parts(value):
            self.encode(part)
        return None

    def tensor(self, value: Tensor, path: str, loose: bool) -> Any:
        if type(value) not in TENSORS or value.layout != torch.strided or value.is_quantized:
            raise Unknown(f"is a {type(value).__name__} of its own kind")
        if value.grad_fn is not None and not loose:
            raise Unknown("is a tensor with its graph")
        self.check_memory(value, new=not path)
        grad = self.encode(value.grad) if value.is_leaf else None
        kind = TENSORS.index(type(value))
        needs = value.requires_grad and value.is_leaf
        return ("tensor", value.detach().to("cpu", copy=True), grad, needs, str(value.device), kind)

    def check_memory(self, value: Tensor, new: bool) -> None:
        """Raises Unknown for what has been made since and shares memory: it would not when it is made again."""
        if value.numel():
            memory = value.untyped_storage().data_ptr()
            other, other_new = self.storages.setdefault(memory, (id(value), new))
            if other != id(value) and (new or other_new):
                raise Unknown("is a tensor that shares its memory with another")
            self.held.append(value)

    def array(self, value: Any, path: str) -> Any:
        part = not path and isinstance(value, np.ndarray) and value.base is not None
        if value.dtype.kind not in "biufc" or part:
            raise Unknown(f"is an array of {value.dtype}, or a part of another")
        words = torch.from_numpy(np.array(value).reshape(-1).view(np.uint8))
        return ("array", words, str(value.dtype), value.shape, isinstance(value, np.generic))

    def plain(self, value: Any) -> Any:
        """A generator's state, which nobody else holds."""
        if isinstance(value, Tensor):
            return ("state", value.clone())
        if isinstance(value, np.ndarray):
            return ("words", value.tolist(), str(value.dtype))
        if isinstance(value, dict):
            return {key: self.plain(part) for key, part in value.items()}
        return tuple(map(self.plain, value)) if isinstance(value, tuple) else value


def chance(value: Any) -> Any:
    """A generator's state."""
    if isinstance(value, torch.Generator):
        return value.get_state()
    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    return value.get_state(legacy=False) if isinstance(value, np.random.RandomState) else value.getstate()


def unplain(value: Any) -> Any:
    """The inverse of Contents.plain()."""
    match value:
        case ("state", Tensor() as state):
            return state
        case ("words", list() as words, str() as dtype):
            return np.array(words, dtype=dtype)
        case dict():
            return {key: unplain(part) for key, part in value.items()}
        case tuple():
            return tuple(map(unplain, value))
    return value


class Restorer:
    """Puts contents back. states, new : those of Contents."""

    def __init__(self, reached: Reached, states: dict[str, Any], new: list[Any]) -> None:
        self.reached, self.states, self.new = reached, states, new
        self.made: dict[int, Any] = {}

    def restore(self) -> None:
        for path, contents in self.states.items():
            if contents is not None:
                self.fill(self.reached.objects[path], contents)

    def decode(self, data: Any) -> Any:
        match data:
            case ("complex", real, imaginary):
                return complex(real, imaginary)
            case ("there", path):
                return self.reached.objects[path]
            case ("tuple", items):
                return tuple(map(self.decode, items))
            case ("new", number):
                return self.made[number] if number in self.made else self.make(number)
        return data

    def make(self, number: int) -> Any:
        match contents := self.new[number]:
            case ("tensor", value, grad, needs, device, kind):
                made = value.to(device)
                made = made if kind == 0 else TENSORS[kind](made)
                made.requires_grad_(needs)
                made.grad = self.decode(grad)
            case ("array", words, dtype, shape, scalar):
                made = words.numpy().view(dtype).reshape(shape)
                made = made[()] if scalar else made.copy()
            case (kind, _, more):
                kinds = {each.__name__: each for each in (*LISTS, *DICTS)}
                made = deque(maxlen=more) if kind == "deque" else kinds[kind]()
        self.made[number] = made
        if contents[0] not in ("tensor", "array"):
            self.fill(made, contents)
        return made

    def fill(self, value: Any, contents: Any) -> None:
        match contents:
            case ("tensor", data, grad, needs, _, _):
                self.fill_tensor(value, data, needs)
                if value.is_leaf:
                    value.grad = self.decode(grad)
            case ("array", words, dtype, shape, False):
                value[...] = words.numpy().view(dtype).reshape(shape)
            case ("chance", state):
                put_chance(value, unplain(state))
            case ("function", shared, own):
                for cell, part in zip(cells(value), shared, strict=True):
                    cell.cell_contents = self.decode(part)
                vars(value).update({name: self.decode(part) for name, part in own})
            case ("object", own):
                for name, part in own:
                    if isinstance(value, type):
                        setattr(value, name, self.decode(part))
                    else:
                        vars(value)[name] = self.decode(part)
            case ("list" | "deque", items, _):
                value.clear()
                value.extend(map(self.decode, items))
            case (_, pairs, more) if isinstance(value, dict):
                value.clear()
                value.update({self.decode(key): self.decode(part) for key, part in pairs})
                getattr(value, "__dict__", {}).update({name: self.decode(part) for name, part in more})

    def fill_tensor(self, value: Tensor, data: Tensor, needs: bool) -> None:
        if value.shape != data.shape or value.dtype != data.dtype:
            value.data = data.to(value.device)
        elif not same_bits(value, data):
            value.detach().copy_(data)
        if value.is_leaf:
            value.requires_grad_(needs)


def same_bits(value: Tensor, data: Tensor) -> bool:
    """Whether nothing need be copied: into a tensor that was expanded nothing can be."""
    bits = [each.detach().cpu().resolve_conj().contiguous().reshape(-1).view(torch.uint8) for each in (value, data)]
    return torch.equal(*bits)


def put_chance(value: Any, state: Any) -> None:
    if isinstance(value, np.random.Generator):
        value.bit_generator.state = state
    elif isinstance(value, random.Random):
        value.setstate(state)
    else:
        value.set_state(state)
