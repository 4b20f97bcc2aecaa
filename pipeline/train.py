"""Trains one model and saves its weights, history and snapshots."""

import inspect
import time
from collections.abc import Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

from pipeline import models, seeds
from pipeline.cli import run
from pipeline.errors.author import AuthorError, UsageError, raise_all
from pipeline.errors.hints import nearest
from pipeline.files import whole
from pipeline.linear import quick
from pipeline.project.book import Book
from pipeline.project.device import check_device, device
from pipeline.project.figures import models_of
from pipeline.project.modules import place
from pipeline.records.git import circumstances
from pipeline.records.interrupted import key
from pipeline.records.reads import taken_down, unchanged
from pipeline.records.record import merge, of_model, trained_by
from pipeline.records.sidecar import keep
from pipeline.resuming.checkpoints import Checkpoints
from pipeline.training import Run, going_on_by, hold_memory, not_fallen

SHAPE = "a model has build() and train(net, seed), whose further parameters ask for trained models"
TWO = "return two dicts, the history and the snapshots; a Run has both"
Fitted = tuple[nn.Module, dict[str, list[float]], dict[int, dict[str, Tensor]]]  # net, history, snapshots


def call(path: Path, module: ModuleType, name: str, *arguments: object, **asked: object) -> Any:
    """What build() or train(net, seed, …) of a model's module returns."""
    if not hasattr(module, name):
        raise AuthorError(f"{path}:1: there is no function {name}()", SHAPE)
    function = getattr(module, name)
    try:
        bound = inspect.signature(function).bind(*arguments, **asked)
    except TypeError as error:
        raise AuthorError(f"{place(path, name)}: {name}() cannot be called: {error}", SHAPE) from None
    return function(*bound.args, **bound.kwargs)


def fit(book: Book, name: str) -> Fitted:
    """A model's net, history and snapshots: its module's build() and train(), checked."""
    models.repeatable()
    hold_memory()
    path, seed = book.models[name], book.seed(name)
    module, where = book.load(path), place(path, "train")
    asked = models.ask(book, models_of(name, path, book.models), f"{where}: train()", device(book))
    seeds.begin(seed)
    Run.name = name
    net = call(path, module, "build")
    if not isinstance(net, nn.Module):
        message = f"{place(path, 'build')}: build() returns a {type(net).__name__}"
        raise AuthorError(message, "return a torch.nn.Module")
    # Initial weights, too, are drawn on the CPU: all devices begin with the same.
    result = call(path, module, "train", quick(net).to(device(book)), seed, **asked)
    match result:
        case (Mapping() as history, Mapping() as snapshots):
            try:
                return net, models.history_of(history), models.snapshots_of(snapshots, net)
            except AuthorError as error:
                raise error.at(where) from None
    raise AuthorError(f"{where}: train() returns a {type(result).__name__}", TWO)


def check_file(book: Book, name: str, file: Path, net: nn.Module) -> None:
    """AuthorError where the net that a figure would load from a file is not the one that was trained."""
    path = book.models[name]
    where = place(path, "train")
    try:
        trained = models.load(file, book.load(path).build, book.seed(name))
    except (RuntimeError, ValueError) as error:  # torch's, of several lines
        message = f"{where}: what train() returns does not fit the net that build() makes: {error}"
        raise AuthorError(" ".join(message.split()), models.SAME) from None
    raise_all(
        [
            AuthorError(
                f"{where}: the model's file would lose {part} of the trained net: it is {what}", hint.format(part)
            )
            for part, what, hint in islice(models.lost(net, quick(trained.net)), 3)
        ]
    )


def train(book: Book, name: str) -> None:
    if name not in book.models:
        *chapter, stem = name.split("/")
        file = Path(book.root, *chapter, "models", f"{stem}.py")
        raise UsageError(f"there is no model '{name}': no {file}", nearest(name, book.models))
    book.in_order([name])
    check_device(book)
    record, started = of_model(book, name, {}), time.perf_counter()
    with taken_down(book, book.model(name), trained_by(book, name)) as reads:
        same = partial(unchanged, book)
        kept = Checkpoints(Path(book.checkpoint(name)), key(book, name), reads.files, same)
        with going_on_by(kept):
            net, history, snapshots = fit(book, name)
    for what in filter(None, (kept.resumed, kept.note)):
        print(f"note: {book.models[name]}: {what}")
    for what in not_fallen(history):
        print(f"note: {book.models[name]}: {what}")
    with whole(book.model(name)) as aside:
        models.save(aside, net, history, snapshots)
        check_file(book, name, aside, net)
    kept.end()
    made = circumstances(book) | {"seconds": round(kept.before + time.perf_counter() - started, 3)}
    if device(book) == "cuda":
        made["machine"] += f", {torch.cuda.get_device_name()}"
    keep(book.model(name), merge(record, {"sources": reads.sources}), made=made)


if __name__ == "__main__":
    run(train, __doc__, "model")
