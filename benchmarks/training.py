"""Training as the pipeline does it against the plain loop of a notebook: same models, data, epochs and initial weights.

The plain loop: PyTorch's default threads, allocator and optimisers, nn.Linear and cross_entropy as they come, the nets
of an ensemble one by one, and item() at each step. It is derived from the models' own modules, by taking away what the
pipeline adds.

    python -m benchmarks.training --repeats 5
"""

import argparse
import json
import subprocess
import sys
import time
from statistics import median

COLUMNS = ("model", "epochs", "cpu", "plain cpu", "times less", "wall", "plain wall", "us a step", "loss", "plain loss")


def make_plain():
    """Takes away what the pipeline adds; before the book's modules are imported."""
    import torch
    from torch import nn

    from pipeline import linear, train, training

    class OneByOne(nn.ModuleList):
        """What linear.Linears computes, by as many nn.Linear."""

        def forward(self, x):
            return torch.stack(
                [layer(each.T).T for layer, each in zip(self, x if x.ndim == 3 else len(self) * [x], strict=True)]
            )

    def cross_entropy(s, y):
        outputs = s if s.ndim == 3 else [s]
        return torch.stack([nn.functional.cross_entropy(each, y) for each in outputs]).mean()

    def by_default(optimiser):
        return lambda *arguments, fused=None, foreach=None, **more: optimiser(*arguments, **more)

    def record(run, **values):
        for name, value in values.items():
            run.settled.setdefault(name, []).append(value.item())

    train.models.repeatable, train.hold_memory, train.quick = lambda: None, lambda: None, lambda net: net
    torch.set_num_threads = lambda number: None
    linear.Linears, linear.cross_entropy = OneByOne, cross_entropy
    training.Run.moved, training.Run.record = lambda run, *tensors: [tensor.contiguous() for tensor in tensors], record
    for name in ("Adam", "SGD"):
        setattr(torch.optim, name, by_default(getattr(torch.optim, name)))


def child(book, name, plain):
    """Trains one model in this process and prints what it took."""
    from pipeline import train
    from pipeline.project.book import Book

    book = Book(book)
    if plain:
        make_plain()
    book.load(book.models[name])
    cpu, wall = time.process_time(), time.perf_counter()
    _, history, _ = train.fit(book, name)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu": cpu, "wall": wall, "epochs": len(history["loss"]), "loss": history["loss"][-1]}))


def run(book, name, *more):
    command = [sys.executable, "-m", "benchmarks.training", "--book", book, "--child", name, *more]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout)


def measure(repeats=5, book="book"):
    """[{column: value}] of each model and their sum: medians of CPU seconds (user and system) and seconds, without
    torch's import."""
    from pipeline.project.book import Book

    names = list(Book(book).models)
    runs = [(name, run(book, name), run(book, name, "--plain")) for _ in range(repeats) for name in names]
    rows = []
    for name in names:
        ours, plain = ([pair[k] for pair in runs if pair[0] == name] for k in (1, 2))
        cpu, plain_cpu, wall, plain_wall = (
            median(r[key] for r in side) for key in ("cpu", "wall") for side in (ours, plain)
        )
        epochs = ours[0]["epochs"]
        values = (
            name,
            epochs,
            cpu,
            plain_cpu,
            plain_cpu / cpu,
            wall,
            plain_wall,
            cpu / epochs * 1e6,
            ours[0]["loss"],
            plain[0]["loss"],
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    total = {key: sum(row[key] for row in rows) for key in ("epochs", "cpu", "plain cpu", "wall", "plain wall")}
    return [*rows, {"model": "all", **total, "times less": total["plain cpu"] / total["cpu"]}]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5, help="runs of each, of which the median counts (default: 5)")
    parser.add_argument("--book", default="book", help="the book's folder (default: book)")
    parser.add_argument("--child", metavar="MODEL", help=argparse.SUPPRESS)
    parser.add_argument("--plain", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        return child(arguments.book, arguments.child, arguments.plain)
    print("\t".join(COLUMNS))
    for row in measure(arguments.repeats, arguments.book):
        print(
            "\t".join(
                f"{row.get(key, ''):.4g}" if isinstance(row.get(key), float) else str(row.get(key, ""))
                for key in COLUMNS
            )
        )


if __name__ == "__main__":
    main()
