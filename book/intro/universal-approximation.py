"""More units, more corners, less error.

Six panels over one interval. The first has a bumpy function alone, dashed. In the others it lies over the bold answer
of a net with one hidden layer of 1, 2, 4, 8 and 32 units; faint lines, each flat up to a corner and straight from
there, are what each unit adds to it. One unit makes a single corner, two make one bump, eight all of them but the
smallest, and 32 cover the dashed line. The error in the titles falls with each panel.
"""

import torch

from book.intro.models.approximators import HALF, SIZES, STEPS, TRIES, bumpy, sample
from pipeline.table import Curve, Values

TOP = 2.4  # of the windows
LABELS = {"x": r"$\cx$", "y": r"$\cy$"}


def tables(approximators):
    x = torch.linspace(-HALF, HALF, 361, dtype=torch.float64)
    at, y = sample()
    results, values = {}, {"errors": [], "greatest": []}
    for size, net in zip(SIZES, approximators.net, strict=True):
        errors = (net(at) - y).square().mean(dim=1).sqrt()
        best = errors.argmin()
        parts = net.parts(x)[best]
        units = {f"unit{k}": part for k, part in enumerate(parts)}
        results[f"net-{size}"] = Curve(x, LABELS, answer=net(x)[best], **units)
        values |= {f"error_{size}": errors[best], f"error_{size}_worst": errors.max()}
        values["errors"].append(errors[best])
        values["greatest"].append(parts.abs().max())
    return results | {
        "target": Curve(x, LABELS, y=bumpy(x)),
        "values": Values(
            half=HALF, top=TOP, sizes=SIZES, tries=TRIES, steps=STEPS, answer_greatest=bumpy(x).abs().max(),
            part_greatest=max(values["greatest"]), **values,
        ),
    }  # fmt: skip


def preview(axes, tables):
    values, target, panels = (
        tables["values"],
        tables["target"],
        axes.panels(3, 2, size=(6.5, 3.8), sharex=True, sharey=True),
    )
    for ax in panels:
        ax.set(xlim=(-HALF, HALF), ylim=(-TOP, TOP), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
        ax.grid(visible=False)
    panels[0].plot(target.x, target.y, color=axes.colour("target"), linewidth=1.4, linestyle=(0, (4, 2)))
    axes.label(panels[0], title="function")
    for ax, size, error in zip(panels[1:], values["sizes"], values["errors"], strict=True):
        net = tables[f"net-{size}"]
        for k in range(size):
            ax.plot(net.x, net.columns[f"unit{k}"], color=axes.mixed("hidden", 0.88), linewidth=0.5)
        ax.plot(net.x, net.answer, color=axes.colour("reconstruction"), linewidth=2)
        ax.plot(target.x, target.y, color=axes.colour("target"), linewidth=1, linestyle=(0, (4, 2)))
        axes.label(ax, title=f"$K={size}$, error {error:.2f}")
    for ax in panels[3:]:
        axes.label(ax, x=LABELS["x"])
    for ax in panels[::3]:
        axes.label(ax, y=LABELS["y"])
    axes.outer()
