"""What a model's file keeps besides the net: numbers for the history, state dicts for the snapshots."""

import math
import operator
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pipeline.errors.author import AuthorError

NUMBERS = "a history has a list of numbers for each name, and None where one is missing"
STATES = "snapshots are {completed epochs: state dict}: Run(net, epochs, keep=(0, 300)) makes them"


def history_of(history: Mapping[Any, Any]) -> dict[str, list[float]]:
    """A history as plain numbers: those of NumPy and torch become Python's. Raises an AuthorError for anything else."""
    for name in history:
        if not isinstance(name, str):
            raise AuthorError(f"the history has the name {name!r}, which is no string", NUMBERS)
    return {name: plain(values, name) for name, values in history.items()}


def plain(value: Any, name: str) -> Any:
    """A number, or a list of them, whatever it was; `name` tells of it."""
    if isinstance(value, Tensor | np.ndarray | np.generic):
        return plain(value.tolist(), name)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Real):
        if not math.isfinite(value):
            raise AuthorError(f"training diverged: {name} is {float(value)}")
        return float(value)
    if isinstance(value, Mapping):
        return {key: plain(each, f"{name}[{key!r}]") for key, each in value.items() if check_key(key, name)}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain(each, f"{name}[{k}]") for k, each in enumerate(value)]
    raise AuthorError(f"the history cannot be kept: {name} is {shown(value)}", NUMBERS)


def check_key(key: object, name: str) -> bool:
    if not isinstance(key, str | int):
        raise AuthorError(f"the history cannot be kept: {name} has the key {shown(key)}", NUMBERS)
    return True


def shown(value: object) -> str:
    return f"a {type(value).__name__}, {value!r:.40}"


def snapshots_of(snapshots: Mapping[Any, Any], net: nn.Module) -> dict[int, dict[str, Any]]:
    """Snapshots as the CPU's tensors by whole numbers. Raises an AuthorError for what are none.

    net : the trained one, whose tensors a snapshot must not share: it would be the net at the end.
    """
    own = {value.data_ptr() for value in net.state_dict().values() if isinstance(value, Tensor) and value.numel()}
    found: dict[int, dict[str, Any]] = {}
    for key, state in snapshots.items():
        try:
            epoch = operator.index(key)
        except TypeError:
            raise AuthorError(f"a snapshot has the key {shown(key)}", STATES) from None
        if not isinstance(state, Mapping) or not all(isinstance(name, str) for name in state):
            raise AuthorError(f"snapshot {epoch} is a {type(state).__name__}", STATES)
        if any(isinstance(value, Tensor) and value.data_ptr() in own for value in state.values()):
            hint = f"copy.deepcopy(net.state_dict()), or a Run's keep=({epoch},)"
            raise AuthorError(f"snapshot {epoch} is no copy: it is the net itself, as it is at the end", hint)
        found[epoch] = {name: on_cpu(value) for name, value in state.items()}
    return found


def on_cpu(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return torch.as_tensor(value)
    return value.detach().cpu() if isinstance(value, Tensor) else value
