"""Trains one model and saves its weights, history and snapshots."""

import inspect
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

from pipeline import models
from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.errors.hints import nearest
from pipeline.files import whole
from pipeline.linear import quick
from pipeline.project.book import Book
from pipeline.project.device import check_device, device
from pipeline.project.modules import place
from pipeline.records.git import circumstances
from pipeline.records.reads import taken_down
from pipeline.records.record import merge, of_model, trained_by
from pipeline.records.sidecar import keep
from pipeline.training import Run, hold_memory, not_fallen


def call(path: Path, module: ModuleType, name: str, *arguments: object) -> Any:
    """What build() or train(net, seed) of a model's module returns."""
    if not hasattr(module, name):
        raise AuthorError(f"{path}:1: there is no function {name}()", "a model has build() and train(net, seed)")
    function = getattr(module, name)
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError as error:
        raise AuthorError(
            f"{place(path, name)}: {name}() cannot be called: {error}", "a model has build() and train(net, seed)"
        ) from None
    return function(*arguments)


def fit(book: Book, name: str) -> tuple[nn.Module, dict[str, list[float]], dict[int, dict[str, Tensor]]]:
    """(net, history, snapshots) of a model: its module's build() and train(), checked."""
    models.repeatable()
    hold_memory()
    module = book.load(book.models[name])
    seed = book.seed(name)
    torch.manual_seed(seed)
    Run.name = name
    net = call(book.models[name], module, "build")
    if not isinstance(net, nn.Module):
        raise AuthorError(
            f"{place(book.models[name], 'build')}: build() returns a {type(net).__name__}", "return a torch.nn.Module"
        )
    # Initial weights, too, are drawn on the CPU: all devices begin with the same.
    match call(book.models[name], module, "train", quick(net).to(device(book)), seed):
        case (dict() as history, dict() as snapshots):
            return net, history, snapshots
        case result:
            hint = "return two dicts, the history and the snapshots; a Run has both"
            raise AuthorError(f"{place(book.models[name], 'train')}: train() returns a {type(result).__name__}", hint)


def train(book: Book, name: str) -> None:
    if name not in book.models:
        chapter, stem = name.split("/")
        raise AuthorError(
            f"there is no model '{name}': no {book.root}/{chapter}/models/{stem}.py", nearest(name, book.models)
        )
    check_device(book)
    record, started = of_model(book, name, {}), time.perf_counter()
    with taken_down(book, book.model(name), trained_by(book, name)) as reads:
        net, history, snapshots = fit(book, name)
    for what in not_fallen(history):
        print(f"note: {book.models[name]}: {what}")
    with whole(book.model(name)) as aside:
        models.save(aside, net, history, snapshots)
    made = circumstances(book) | {"seconds": round(time.perf_counter() - started, 3)}
    if device(book) == "cuda":
        made["machine"] += f", {torch.cuda.get_device_name()}"
    keep(book.model(name), merge(record, {"sources": reads.sources}), made=made)


if __name__ == "__main__":
    run(train, __doc__, "model")
