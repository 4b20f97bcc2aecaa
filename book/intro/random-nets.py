"""Ten nets that nobody has trained.

Two rows of five planes, each with the outputs of a net with random weights for one round cloud of a thousand points,
whose dots keep the colours of where they started: blue on the left and orange on the right, dark below and pale above.
Above, nets with one hidden layer of five and tanh bend the cloud into smooth sheets and leaves. Below, nets with four
hidden layers of five and the positive part fold it along straight creases, until little but fans and crooked lines is
left. A bar below each plane tells its scale: the deep nets' outputs lie much closer together.
"""

from itertools import pairwise

import torch
from torch import nn

from book.intro.data import cloud, moved
from pipeline.table import Values

FIRST = {"tanh": 231, "relu": 517}  # the seeds of the first nets; five in a row of which none is but a line
NETS, MANY = 5, 200  # nets that are shown of each kind, and those of which the spreads are told
KINDS = {"tanh": ((2, 5, 2), nn.Tanh), "relu": ((2, 5, 5, 5, 5, 2), nn.ReLU)}
ROOM = 1.15  # of a window, by what its points need


def net(sizes, activation, seed):
    """A net of affine layers as PyTorch begins with them, with the activation between them."""
    layers = []
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        for inner, outer in pairwise(sizes):
            layers += [nn.Linear(inner, outer).double(), activation()]
    return nn.Sequential(*layers[:-1]).requires_grad_(False)


def window(xy):
    """A square around points (n, 2): its middle (2,) and half its side."""
    low, high = xy.amin(dim=0), xy.amax(dim=0)
    return (low + high) / 2, ROOM * (high - low).max() / 2


def round_length(most):
    """The greatest of 1, 2 and 5 times a power of ten that is no longer than this."""
    power = 10 ** torch.floor(torch.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def spread(kind, x):
    """The root of the mean squared distance of outputs from their mean, for many nets: shape (MANY,)."""
    outputs = (net(*KINDS[kind], seed)(x) for seed in range(MANY))
    return torch.stack([y.var(dim=0, correction=0).sum().sqrt() for y in outputs])


def tables():
    x, results, values = cloud(), {}, {"lower": [], "upper": [], "bar": []}
    for kind in KINDS:
        for k in range(NETS):
            y = net(*KINDS[kind], FIRST[kind] + k)(x)
            middle, half = window(y)
            results[f"{kind}-{k}"] = moved(y, x)
            for name, value in (("lower", middle - half), ("upper", middle + half), ("bar", round_length(0.6 * half))):
                values[name].append(value)
    spreads = {kind: spread(kind, x) for kind in KINDS}
    ends = {name: torch.stack(each) for name, each in values.items()}
    return results | {
        "values": Values(
            points=len(x), nets=NETS, kinds=[*KINDS], many=MANY, **ends,
            spread_start=x.var(dim=0, correction=0).sum().sqrt(),
            **{f"spread_{kind}": each.median() for kind, each in spreads.items()},
            dead_relu=(spreads["relu"] == 0).sum(), dead_tanh=(spreads["tanh"] == 0).sum(),
        ),
    }  # fmt: skip


NAMES = {"tanh": r"$\tanh$, 2–5–2", "relu": r"$\relu{\cdot}$, 2–5–5–5–5–2"}


def preview(axes, tables):
    values, panels = tables["values"], axes.panels(5, 2, size=(7.5, 3.3))
    for k, ax in enumerate(panels):
        kind = values["kinds"][k // 5]
        (left, bottom), (right, top) = values["lower"][k], values["upper"][k]
        axes.plane(ax, xlim=(left, right), ylim=(bottom, top))
        axes.charted(ax, tables[f"{kind}-{k % 5}"], size=1.4)
        axes.scale_bar(ax, values["bar"][k], below=True)
        if k % 5 == 0:
            axes.label(ax, y=NAMES[kind])
