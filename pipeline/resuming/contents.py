"""What the objects that a loop can reach hold at some time, as plain numbers and tensors that torch.save() keeps."""

from collections import defaultdict
from types import FunctionType
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pipeline.resuming.reached import (
    CHANCE,
    DICTS,
    LISTS,
    PLAIN,
    TENSORS,
    Reached,
    Unknown,
    attributes,
    digest,
    is_object,
    is_own,
    parts,
    shared,
)


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
            known = isinstance(value, (*TENSORS, np.generic)) or type(value) in (np.ndarray, *LISTS, *DICTS)
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
        if type(value) is np.ndarray or isinstance(value, np.generic):
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
            cells = [self.encode(part) for part in shared(value)]
            return ("function", cells, [(k, self.encode(v)) for k, v in vars(value).items()])
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
        self.check_memory(value.untyped_storage().data_ptr() if value.numel() else 0, value, new=not path)
        grad = self.encode(value.grad) if value.is_leaf else None
        kind = TENSORS.index(type(value))
        needs = value.requires_grad and value.is_leaf
        return ("tensor", value.detach().to("cpu", copy=True), grad, needs, str(value.device), kind)

    def check_memory(self, memory: int, value: Any, new: bool) -> None:
        """Raises Unknown for what has been made since and shares memory: it would not when it is made again."""
        if memory:
            other, other_new = self.storages.setdefault(memory, (id(value), new))
            if other != id(value) and (new or other_new):
                raise Unknown(f"is a {type(value).__name__} that shares its memory with another")
            self.held.append(value)

    def array(self, value: Any, path: str) -> Any:
        part = not path and isinstance(value, np.ndarray) and value.base is not None
        if value.dtype.kind not in "biufc" or part:
            raise Unknown(f"is an array of {value.dtype}, or a part of another")
        if isinstance(value, np.ndarray):
            self.check_memory(value.__array_interface__["data"][0] if value.size else 0, value, new=not path)
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
