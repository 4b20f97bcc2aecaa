"""From cold to hot.

Six panels of the free energy over the plane, dark where it is low, with the trained model's manifold as a line and
common levels. At β = ∞ a narrow dark ring follows the manifold around a hill in the middle. At β = 10 the ring is
wider, at β = 1 it has come apart into two hollows, one left and one right, which draw inwards; at β = 0.32 they have
almost met in one flat trough. At β = 0.1 there is one round hollow in the middle, and the rings around it are nearly
those of the last panel, the paraboloid |y|² + |w|²/2, the limit β → 0, which are circles. Crosses mark the lowest
points; but at β = ∞, thin white lines go around them, a little above their level.
"""

import math

import torch

from book.ellipse.energy import decode, force, free_energy, gibbs, paraboloid
from book.ellipse.fields import WINDOW, bands, draw, window
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Contours, Points, Values

BETAS = [math.inf, 10, 1, 10**-0.5, 0.1]  # then the paraboloid
TITLES = [rf"$\cbeta={beta}$" for beta in (r"\infty", "10", "1", "10^{-1/2}", "10^{-1}")] + [r"$\cbeta\to 0$"]
TITLES[0], TITLES[-1] = f"cold: {TITLES[0]}", f"hot: {TITLES[-1]}"
LEVELS = [*(k / 2 for k in range(21)), math.inf]  # what is above 10 is of one colour
NEAR_ZERO = 0.01
FINE = 145, 97  # points of the grid for the lines about the hollows
ABOVE = [0.02, 0.1]  # the lowest point: there lie the lines about the hollows


def hollow(w, beta):
    """Where F_β is least, (2,): on the longer axis, where the force vanishes, y = Σ_z p(z) g(z); found by iterating
    that."""
    y = w.abs() * (w.abs() == w.abs().max())
    for _ in range(500):
        y = y + force(y, w, beta) / 2
    return y.round(decimals=9)  # nought is nought


def flat(w, axis):
    """The β below which the centre is no hump along an axis: there ∂²F_β/∂yᵢ² = 2 − 4β Σ_z p(z) gᵢ(z)² is nought; by
    bisection."""
    low, high, centre = torch.zeros_like(w[0]), torch.ones_like(w[0]), torch.zeros_like(w)
    for _ in range(50):
        beta = (low + high) / 2
        flatter = 2 * beta * (gibbs(centre, w, beta) * decode(w)[:, axis].square()).sum() < 1
        low, high = (beta, high) if flatter else (low, beta)
    return high


def about(point, w, beta):
    """Lines just above the level of a lowest point (2,), on a fine grid; of the paraboloid, where β is None."""

    def field(y):
        return paraboloid(y, w) if beta is None else free_energy(y, w, beta)

    x, y, plane = window(*FINE)
    return Contours(x, y, field(plane), [field(point) + above for above in ABOVE], LABELS)


def tables(cold):
    w = cold.net.w
    x, y, plane = window(37, 25)
    fields = [free_energy(plane, w, beta) for beta in BETAS] + [paraboloid(plane, w)]
    hollows = torch.stack([hollow(w, beta) for beta in BETAS])
    centre = torch.zeros_like(w)
    humps = [
        (free_energy(centre, w, beta) - free_energy(at, w, beta)).clamp(min=0)
        for beta, at in zip(BETAS, hollows, strict=True)
    ]
    results = {"manifold": manifold(w)}
    lowest = [decode(w), *torch.stack([hollows, -hollows], dim=1)[1:], centre[None]]  # at β = ∞ all of the manifold
    for k, (field, points) in enumerate(zip(fields, lowest, strict=True)):
        results |= bands(f"panel-{k}", x, y, field, LEVELS)
        if k:
            results[f"hollow-{k}"] = about(points[0], w, BETAS[k] if k < len(BETAS) else None)
        results[f"lowest-{k}"] = Points(*points.T, LABELS | {"title": TITLES[k]})
    return results | {
        "values": Values(
            window=WINDOW, levels=LEVELS[:-1], above_1=ABOVE[0], above_2=ABOVE[1], near_zero=NEAR_ZERO,
            difference=(free_energy(plane, w, NEAR_ZERO) - paraboloid(plane, w)).abs().max(),
            humps=humps, hump_cold=humps[0], hump_hot=humps[-1], hollows=hollows[:, 0],
            flat_1=flat(w, 0), flat_2=flat(w, 1), floor=paraboloid(centre, w),
        ),
    }  # fmt: skip


def preview(axes, tables):
    for k, ax in enumerate(axes.panels(3, 2, size=(6.5, 3.8), sharex=True, sharey=True)):
        draw(axes, ax, tables, f"panel-{k}", len(LEVELS) - 1, xticks=[-2, 0, 2], yticks=[-1, 0, 1])
        lowest = tables[f"lowest-{k}"]
        if k:
            for piece in (lines := tables[f"hollow-{k}"]).pieces():
                ax.plot(lines.x[piece], lines.y[piece], color=axes.colour("shine"), linewidth=0.6)
            style = {"markersize": 6.5, "markeredgecolor": axes.colour("paper"), "markeredgewidth": 0.6}
            ax.plot(lowest.x, lowest.y, "X", color=axes.colour("cold"), **style)
        axes.label(ax, **LABELS, title=lowest.labels["title"])
    axes.level_bar(LEVELS, *axes.all, label=r"$\Fwarm$")
    axes.outer()
