"""Training at zero temperature.

Above, the model's closed curve before training, after one and after three times through the samples, and at the end,
when it passes through them. Below, on the left, a map of the mean free energy over the two weights: four dark basins,
one in each corner, and the path of the weights from its start, a ring at the left, near the horizontal axis, to a dot
in the basin at the upper left. On the right the loss against the step, which falls at once and then stays where it is.
"""

import math

import torch

from book.ellipse.data import samples
from book.ellipse.energy import LATENTS, free_energy
from book.ellipse.models.cold import KEEP, STEPS
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Curve, Path2D, Points, Region, Values

WINDOW = ((-2.6, 2.6), (-2.2, 2.2))  # of w₁ and of w₂
LEVELS = [(k / 6) ** 2 for k in range(12)]  # nothing is above 3.36

FINE = torch.arange(100 * len(LATENTS), dtype=torch.float64) * 2 * math.pi / (100 * len(LATENTS))


def landscape(y):
    """Axes of shapes (columns,) and (rows,), and the mean F∞ of y (n, 2) over them, (rows, columns)."""
    w1, w2 = (torch.linspace(*ends, n, dtype=y.dtype) for ends, n in zip(WINDOW, (79, 67), strict=True))
    w = torch.stack(torch.meshgrid(w1, w2, indexing="xy"), dim=-1)
    return w1, w2, free_energy(y, w[:, :, None]).mean(dim=-1)


def tables(cold, warm):
    y, history = samples(), cold.history
    w = torch.tensor([history["w1"], history["w2"]]).T  # (step, weight)
    results = {"samples": Points(*y.T, LABELS)}
    results |= {f"manifold-{k}": manifold(cold.snapshots[step].w) for k, step in enumerate(KEEP)}
    *axes, field = landscape(y)
    results |= Region.bands("loss", *axes, field, LEVELS, {"x": "$w_1$", "y": "$w_2$", "title": r"$\Loss(\vw)$"})
    ends = torch.stack([w[0], cold.net.w])
    numbers = Values(
        steps=STEPS,
        epochs=STEPS // len(y),
        kept=KEEP,
        passes=[step // len(y) for step in KEEP],
        levels=LEVELS,
        greatest=field.max(),
        window=[*WINDOW[0], *WINDOW[1]],
        w1=cold.net.w[0],
        w2=cold.net.w[1],
        left_by_noise=free_energy(y, cold.net.w, z=FINE).mean(),
        warm_w1=warm.net.w[0],
        warm_w2=warm.net.w[1],
        loss_start=history["loss"][0],
        loss_final=free_energy(y, cold.net.w).mean(),
        left_by_gaps=free_energy(y, cold.net.w).mean() - free_energy(y, cold.net.w, z=FINE).mean(),
        warm_loss_start=warm.history["loss"][0],
        warm_loss_final=warm.history["loss"][-1],
    )
    curve = Curve(torch.arange(STEPS), {"x": "step", "y": r"$\Loss$"}, loss=history["loss"])
    return results | {"path": Path2D([w]), "ends": Points(*ends.T), "history": curve, "values": numbers}


def preview(axes, tables):
    passes, bands, samples = tables["values"]["passes"], len(LEVELS) - 1, tables["samples"]
    *curves, plane, loss = axes.mosaic("0123/aaab;aaab;aaab", (6.5, 5))
    axes.flush(curves, [plane, loss])
    window = {f"{axis}lim": [1.3 * f(samples.columns[axis]) for f in (min, max)] for axis in "xy"}
    axes.plane(*curves, **window)
    for k, (ax, count) in enumerate(zip(curves, passes, strict=False)):
        axes.draw(ax, tables[f"manifold-{k}"], tables["samples"], roles=["reconstruction", "target"])
        axes.label(ax, title={0: "untrained", 1: "1 pass"}.get(count, f"{count} passes"))
    axes.plane(plane, xlim=WINDOW[0], ylim=WINDOW[1], xticks=[-2, 0, 2], yticks=[-1.5, 0, 1.5])
    axes.bands(plane, [tables[f"loss-{k}"] for k in range(bands)])
    axes.over_field(plane, tables["path"], "shine")
    (x0, x1), (y0, y1) = tables["ends"].columns.values()
    shine, rim = axes.colour("shine"), axes.colour("rim")
    plane.plot(x0, y0, "o", color=rim, markersize=8)
    plane.plot(x0, y0, "o", color=rim, markeredgecolor=shine, markeredgewidth=1.3, markersize=5.5)
    plane.plot(x1, y1, "o", color=shine, markeredgecolor=rim, markeredgewidth=0.4, markersize=5.5)
    axes.label(plane, x="$w_1$", y="$w_2$")
    axes.level_bar(LEVELS, plane, label=r"$\Loss(\vw)$")
    axes.draw(loss, tables["history"], roles=["loss"])
    loss.set(yscale="log", xlim=(0, tables["values"]["steps"]), xticks=[0, 200, 400])
    axes.label(loss, x=tables["history"].labels["x"])
    step = tables["values"]["steps"] // 10
    axes.note(loss, tables["history"].labels["y"], (step, tables["history"].loss[step]), "loss", (10, 8), size=None)
