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
    values, energy, manifold = tables["values"], tables["energy"], tables["manifold"]
    x0, x1, y0, y1 = values["window"]
    axes.plane_axes(right, **LABELS, xlim=(x0, x1), ylim=(y0, y1))
    axes.reference(left, y=values["energy-end"], role="cold")
    left.plot(energy.x, energy.energy, ".-", color=axes.colour("energy"), linewidth=0.6, markersize=3)
    right.plot(manifold.x, manifold.y, ".-", color=axes.colour("reconstruction"), linewidth=0.6, markersize=3)
    for end, role in (("y-tilde", "energy"), ("y-check", "cold")):
        axes.distance(right, values["y"], values[end], role)
    ends = {left: [(values[f"z-{w}"], values[f"energy-{e}"]) for w, e in (("tilde", "start"), ("check", "end"))]}
    ends[right] = [values["y-tilde"], values["y-check"]]
    for ax, way in ((left, tables["way"]), (right, tables["arc"])):
        (x, y), (start, end) = list(way.columns.values())[:2], ends[ax]
        ax.plot(x[:-1], y[:-1], color=axes.colour("latent"), linewidth=2.2)
        arrow = {"arrowstyle": "-|>", "color": axes.colour("latent"), "shrinkA": 0, "shrinkB": 2}
        ax.annotate("", (x[-1], y[-1]), (x[-3], y[-3]), arrowprops=arrow)
        ax.plot(*start, "o", color=axes.colour("latent"), markersize=5)
        ax.plot(*end, "x", color=axes.colour("cold"), zorder=4)
    right.plot(*values["y"], "o", color=axes.colour("target"), markersize=4)
    for ax, label, at, role, place in (
        (left, r"$\cztilde$", ends[left][0], "latent", (9, 7)),
        (left, r"$\czcheck$", ends[left][1], "cold", (0, 12)),
        (left, r"$\Fcold(\vy)$", (5.4, values["energy-end"]), "cold", (0, 9)),
        (right, r"$\vy$", values["y"], "target", (0, 9)),
        (right, r"$\vytilde$", values["y-tilde"], "reconstruction", (-3, 11)),
        (right, r"$\vycheck$", values["y-check"], "cold", (13, 5)),
    ):
        axes.note(ax, label, at, role, place, size=None)
    for end, share, place in (("tilde", 0.7, (-4, 9)), ("check", 0.5, (20, 0))):
        at = [a + share * (b - a) for a, b in zip(values[f"y-{end}"], values["y"], strict=True)]
        axes.note(right, rf"$\lVert\vy-\vy{end}\rVert$", at, place=place)
    axes.scale_bar(right, 1)
    turn(left)
    left.set(ylim=(0, values["top"]), yticks=range(0, values["top"] + 1, 4))
    axes.label(left, **OVER_Z)
