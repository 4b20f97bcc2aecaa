"""Trains one model and saves its weights, history and snapshots."""

import time

import torch

from pipeline import model
from pipeline.errors import AuthorError
from pipeline.files import whole
from pipeline.record import circumstances, keep, of_model
from pipeline.step import run
from pipeline.training import Run


def train(book, name):
    if name not in book.models:
        chapter, stem = name.split("/")
        raise AuthorError(f"there is no model '{name}': no {book.root}/{chapter}/models/{stem}.py")
    record, started = of_model(book, name), time.perf_counter()
    model.repeatable()
    module = book.load(book.models[name])
    seed = book.seed(name)
    torch.manual_seed(seed)
    Run.name = name
    net = module.build()
    try:
        history, snapshots = module.train(net, seed)
    except AuthorError as error:
        raise AuthorError(f"{book.models[name]}: {error}") from None
    with whole(book.model(name)) as aside:
        model.save(aside, net, history, snapshots)
    keep(book.model(name), record, made=circumstances(book) | {"seconds": round(time.perf_counter() - started, 1)})


if __name__ == "__main__":
    run(train, __doc__, "name")
