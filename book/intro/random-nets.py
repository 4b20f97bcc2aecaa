"""Ten nets that nobody has trained.

Two rows of five planes, each with the outputs of a net with random weights for one round cloud of a thousand points,
whose dots keep the colours of where they started: blue on the left and orange on the right, dark below and pale above.
Above, nets with one hidden layer of five and tanh bend the cloud into smooth sheets and leaves. Below, nets with four
hidden layers of five and the positive part fold it along straight creases, until little but fans and crooked lines is
left. A bar in each plane tells its scale: the deep nets' outputs lie much closer together.
"""

import torch
from torch import nn

from book.intro.data import cloud, moved
from pipeline.table import Values

SEEDS = {"tanh": [0, 1, 2, 3, 4], "relu": [0, 1, 2, 3, 4]}  # of the nets' weights
KINDS = {"tanh": ((2, 5, 2), nn.Tanh), "relu": ((2, 5, 5, 5, 5, 2), nn.ReLU)}
ROOM = 1.12  # of a window, by what its points need


def net(sizes, activation, seed):
    """A net of affine layers as PyTorch begins with them, with the activation between them."""
    layers = []
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        for inner, outer in zip(sizes[:-1], sizes[1:], strict=True):
            layers += [nn.Linear(inner, outer).double(), activation()]
    return nn.Sequential(*layers[:-1]).requires_grad_(False)


def window(xy):
    """The square about points (n, 2) with some room: its middle (2,) and half its side."""
    low, high = xy.amin(dim=0), xy.amax(dim=0)
    return (low + high) / 2, ROOM * (high - low).max() / 2


def round_length(most):
    """The greatest of 1, 2 and 5 times a power of ten that is no longer than this."""
    power = 10 ** torch.floor(torch.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def tables():
    x, results, values = cloud(), {}, {"lower": [], "upper": [], "bar": []}
    for kind, (sizes, activation) in KINDS.items():
        spreads = []
        for k, seed in enumerate(SEEDS[kind]):
            y = net(sizes, activation, seed)(x)
            middle, half = window(y)
            results[f"{kind}-{k}"] = moved(y, x)
            values["lower"].append(middle - half)
            values["upper"].append(middle + half)
            values["bar"].append(round_length(0.7 * half))
            spreads.append(y.std(dim=0).norm())
        values |= {f"spread_{kind}": torch.stack(spreads).mean(), f"spread_{kind}_least": min(spreads)}
    ends = {name: torch.stack(values.pop(name)) for name in ("lower", "upper", "bar")}
    return results | {"values": Values(points=len(x), nets=len(SEEDS["tanh"]), kinds=[*KINDS], **ends, **values)}


NAMES = {"tanh": r"$\tanh$, 2–5–2", "relu": r"$\relu{\cdot}$, 2–5–5–5–5–2"}


def preview(axes, tables):
    values, panels = tables["values"], axes.panels(5, 2, size=(7.5, 3.3))
    for k, ax in enumerate(panels):
        kind = values["kinds"][k // 5]
        (left, bottom), (right, top) = values["lower"][k], values["upper"][k]
        axes.plane(ax, xlim=(left, right), ylim=(bottom, top))
        axes.charted(ax, tables[f"{kind}-{k % 5}"], size=1.4)
        axes.scale_bar(ax, values["bar"][k])
        if k % 5 == 0:
            axes.label(ax, y=NAMES[kind])
