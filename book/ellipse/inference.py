"""Inference is minimisation over the latent.

Two panels. Left, the energy E(y, z) of one sample y against the latent z, with a dot for each of the 48 values that are
tried: from a first guess z̃, high on the slope, a bold piece of the curve, with an arrow on it, goes down to the lowest
dot, ž, and a dashed line marks its level, F∞(y). Right, the same in the plane: the sample y outside the untrained
model's manifold, the guess g(z̃) far from it, and g(ž), the nearest of the 48 points; the way from one to the other
follows the manifold. Dashed lines join y to both: the squares of their lengths are the energies.
"""

from book.ellipse.data import samples
from book.ellipse.energy import LATENTS, UNTRAINED, decode, energy
from book.ellipse.plane import LABELS, OVER_Z, TURN, manifold, turn
from pipeline.table import Curve, Path2D, Points, Values

SAMPLE, GUESS = 23, 5  # numbers of the sample, from 1, and of z̃ among the latents, from 0
WINDOW = [-1.8, 2.2, -0.8, 1.6]  # of the plane: left, right, bottom, top


def tables():
    y = samples()[SAMPLE - 1]
    e, g = energy(y, UNTRAINED), decode(UNTRAINED)
    best = int(e.argmin())
    way = slice(GUESS, best + 1)
    return {
        "energy": Curve(TURN, OVER_Z, energy=energy(y, UNTRAINED, TURN)),
        "way": Curve(LATENTS[way], OVER_Z, energy=e[way]),
        "manifold": manifold(UNTRAINED),
        "arc": Path2D([g[way]], LABELS),
        "sample": Points(*y[:, None], LABELS),
        "values": Values(
            sample=SAMPLE, z_tilde=LATENTS[GUESS], z_check=LATENTS[best], energy_start=e[GUESS], energy_end=e[best],
            y=y, y_tilde=g[GUESS], y_check=g[best], window=WINDOW, top=12,
        ),
    }  # fmt: skip


def preview(axes, tables):
    left, right = axes.panels(2, size=(6.5, 2.7), width_ratios=[1, 1.35])
    values, energy, manifold, arc = (tables.get(name) for name in ("values", "energy", "manifold", "arc"))
    y, guess, found, x0, x1, y0, y1 = *(values[name] for name in ("y", "y-tilde", "y-check")), *values["window"]
    start, end = (values["z-tilde"], values["energy-start"]), (values["z-check"], values["energy-end"])
    axes.plane_axes(right, **LABELS, xlim=(x0, x1), ylim=(y0, y1))
    axes.reference(left, r"$\Fcold(\vy)$", 0.86, (0, 9), y=end[1], role="cold", size=None)
    left.plot(energy.x, energy.energy, ".-", color=axes.colour("energy"), linewidth=0.6, markersize=3)
    right.plot(manifold.x, manifold.y, ".-", color=axes.colour("reconstruction"), linewidth=0.6, markersize=3)
    axes.distance(right, y, guess, "energy")
    axes.distance(right, y, found, "cold")
    axes.way(left, tables["way"].x, tables["way"].energy, "latent")
    axes.way(right, arc.x, arc.y, "latent")
    for ax, at, mark, role in (
        (left, start, "o", "latent"), (left, end, "x", "cold"),
        (right, guess, "o", "latent"), (right, found, "x", "cold"), (right, y, "o", "target"),
    ):  # fmt: skip
        ax.plot(*at, mark, color=axes.colour(role), markersize=5, zorder=4)
    for ax, label, at, place in (
        (left, r"$\cztilde$", start, (9, 6)), (left, r"$\czcheck$", end, (0, 10)), (right, r"$\vy$", y, (0, 8)),
        (right, r"$\vytilde$", guess, (-2, 10)), (right, r"$\vycheck$", found, (13, 5)),
    ):  # fmt: skip
        axes.note(ax, label, at, place=place, size=None)
    axes.note(right, r"$\lVert\vy-\vytilde\rVert$", (y[0], y[1]), place=(-50, -2))
    axes.note(right, r"$\lVert\vy-\vycheck\rVert$", (found[0], found[1]), place=(27, 24))
    axes.scale_bar(right, 1)
    turn(left)
    left.set(ylim=(0, values["top"]), yticks=range(0, values["top"] + 1, 4))
    axes.label(left, **OVER_Z)
