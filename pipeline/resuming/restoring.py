"""Puts contents back: in place, so that all who hold an object see them; what a loop has made since is made again."""

import random
from collections import deque
from typing import Any

import numpy as np
import torch
from torch import Tensor

from pipeline.resuming.reached import DICTS, LISTS, TENSORS, UNSET, Reached


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
                for cell, part in zip(value.__closure__ or (), shared, strict=True):
                    if part != UNSET:
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
