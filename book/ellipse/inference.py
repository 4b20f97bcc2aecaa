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
    left, right = axes.panels(2, size=(7.5, 2.9), width_ratios=[1, 1.35])
    values = tables["values"]
    axes.draw(left, tables["energy"], tables["way"], roles=["energy", "latent"])
    left.axhline(values["energy-end"], color=axes.colour("cold"), linestyle="--")
    axes.draw(right, tables["manifold"], tables["arc"], tables["sample"], roles=["reconstruction", "latent", "target"])
    for end, role in (("y-tilde", "energy"), ("y-check", "cold")):
        right.plot(*zip(values["y"], values[end], strict=True), color=axes.colour(role), linestyle="--", linewidth=0.7)
    for ax, x, y in ((left, values["z-check"], values["energy-end"]), (right, *values["y-check"])):
        ax.plot(x, y, "x", color=axes.colour("cold"))
    for ax, x, y in ((left, values["z-tilde"], values["energy-start"]), (right, *values["y-tilde"])):
        ax.plot(x, y, "o", color=axes.colour("latent"), markersize=5)
    for ax, label, at, role, place in (
        (left, r"$\cztilde$", (values["z-tilde"], values["energy-start"]), "latent", (9, 7)),
        (left, r"$\czcheck$", (values["z-check"], values["energy-end"]), "cold", (0, 11)),
        (left, r"$\Fcold(\vy)$", (5.4, values["energy-end"]), "cold", (0, 8)),
        (right, r"$\vy$", values["y"], "target", (0, 9)),
        (right, r"$\vytilde$", values["y-tilde"], "reconstruction", (-3, 11)),
        (right, r"$\vycheck$", values["y-check"], "cold", (13, 3)),
    ):
        axes.note(ax, label, at, role, place)
    turn(left)
    left.set(ylim=(0, values["top"]), yticks=range(0, values["top"] + 1, 4))
    axes.plane(right)
    right.margins(0.12)
    axes.label(left, **OVER_Z)
    axes.label(right, **LABELS)
