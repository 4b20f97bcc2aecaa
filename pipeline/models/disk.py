"""Trained models on disk: a state dict, a history and snapshots, read with weights_only=True."""

import os
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

# use_deterministic_algorithms() imports it, which takes 0.9 s; the server of a build's jobs imports it once for all.
import torch._inductor.config  # noqa: F401
from torch import Tensor, nn

from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.project.book import Book
from pipeline.seeds import seeded


class Trained:
    """A trained net as a figure gets it, without gradients: call it like the net.

    net : the nn.Module itself; history : {name: a value for each epoch};
    snapshots : {completed epochs: the net as it was then}.
    """

    def __init__(
        self,
        net: nn.Module,
        history: dict[str, list[float]],
        snapshots: dict[int, nn.Module],
    ) -> None:
        self.net, self.history, self.snapshots = net, history, snapshots

    def __call__(self, *inputs: Any) -> Any:
        return self.net(*inputs)


def repeatable() -> None:
    """Makes torch compute on one thread, by deterministic algorithms, so that equal builds give equal bytes."""
    os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"  # which these algorithms need on a GPU
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def save(
    path: str | Path,
    net: nn.Module,
    history: Mapping[str, list[float]],
    snapshots: Mapping[int, Mapping[str, Tensor]],
) -> None:
    """Writes a trained net, on whatever device it is, as CPU tensors; history and snapshots are a Run's."""
    state = net.state_dict()
    weights = {name: value.cpu() if isinstance(value, Tensor) else value for name, value in state.items()}
    with open(path, "wb") as file:  # given a path, torch would write its name into the file
        torch.save({"net": weights, "history": history, "snapshots": snapshots}, file)


def load(path: str | Path, build: Callable[[], nn.Module], seed: int, device: str = "cpu") -> Trained:
    """The trained net in a file, on a device.

    build() makes a net of its shape, under the seed that it was trained by: what it draws is what it drew then.
    Raises an AuthorError where the file holds no model, a RuntimeError of torch's where that does not fit the net.
    """
    try:
        saved = torch.load(Path(path), weights_only=True)
    except FileNotFoundError:
        raise AuthorError(f"{path}: the model has not been trained yet", f"`snakemake {path}` trains it") from None
    except (pickle.UnpicklingError, EOFError, RuntimeError):  # more than numbers; cut short; not torch's
        message = f"{path}: is no model that this pipeline saved, and was not read; delete it and build again"
        raise AuthorError(message) from None

    def restored(state: Mapping[str, Tensor]) -> nn.Module:
        with seeded(seed):
            net = build()
        net.load_state_dict(state)  # gives layers their shapes that are built without
        return net.requires_grad_(False).eval().to(device)

    snapshots = {epoch: restored(state) for epoch, state in saved["snapshots"].items()}
    return Trained(restored(saved["net"]), saved["history"], snapshots)


def trained(book: Book, name: str, device: str = "cpu") -> Trained:
    """A book's model by its name, as it was trained."""
    return load(book.model(name), book.load(book.models[name]).build, book.seed(name), device)


def ask(book: Book, asked: Mapping[str, str], where: str, device: str = "cpu") -> dict[str, Trained]:
    """{parameter: trained model} of what a function asks for. Raises an AuthorError for a model that is not there.

    asked : {parameter: model}; where : 'file:line: function()'.
    """
    for parameter, name in asked.items():
        if name not in book.models:
            message = f"{where} asks for '{parameter}', but there is no model '{name}'"
            raise AuthorError(message, nearest(name, book.models))
    return {parameter: trained(book, name, device) for parameter, name in asked.items()}
