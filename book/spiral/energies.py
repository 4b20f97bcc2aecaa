"""Energies of the five classes over the plane: what the chapter's energy figures share."""

import math

from book.spiral.data import LABELS, arms, by_arm, ends, square
from pipeline.table import Points, Region

HALF, RESOLUTION = 1.25, 55
FINER = 163  # resolution of the sixth field, whose ridges are narrow
ENDS = ends(5, radius=1.12)  # of the arms, where their numbers stand


def plane(resolution=RESOLUTION):
    """A grid over the figures' square: shape (resolution², 2)."""
    return square(resolution, HALF)[1]


def cross_entropies(s):
    """F(x, y) = −log softargmax(s)[y] for s of shape (n, 5): shape (n, 5)."""
    return -s.log_softmax(dim=1)


def of(energies, y):
    """Each sample's energy, of shape (n,), at its own class y (n,)."""
    return energies.gather(1, y[:, None])[:, 0]


def identity_error(s, y):
    """The greatest difference of −log softargmax(s)[y] and logsumexp(s) − s_y, which are equal by algebra."""
    return (of(cross_entropies(s), y) - (s.logsumexp(dim=1) - of(s, y))).abs().max()


def panels(energies, levels, sixth, title):
    """Bands of five energies (n, 5) over plane(), of a sixth field with its title over plane(FINER), and the arms."""
    titles = [rf"$\energy(\vx, \cy={k + 1})$" for k in range(5)] + [title]
    results = by_arm(*arms(), every=8)
    for k, field in enumerate([*energies.T, sixth]):
        reached = [levels[0], *(level for level in levels[1:-1] if level < field.max()), levels[-1]]
        labels = LABELS | {"title": titles[k]}
        axis, _ = square(math.isqrt(len(field)), HALF)
        results |= Region.bands(f"energy-{k}", axis, axis, field.reshape(len(axis), len(axis)), reached, labels)
    return results


def draw(axes, tables, levels, zero=""):
    """The six panels and their bar; zero : the name of the tables of the level of nought, which both show as a line."""
    shine = {"color": axes.colour("shine"), "linewidth": 0.6}
    values, bands, ticks = tables["values"], len(levels) - 1, [-1, 0, 1]
    limits = -values["half"], values["half"]
    panels = axes.panels(3, 2, size=(6.5, 4.6), sharex=True, sharey=True)
    axes.plane(*panels, xlim=limits, ylim=limits, xticks=ticks, yticks=ticks)
    for k, ax in enumerate(panels):
        axes.bands(ax, [tables[name] for b in range(bands) if (name := f"energy-{k}-{b}") in tables], of=bands)
        for piece in line.pieces() if (line := tables.get(f"{zero}-{k}")) else []:
            ax.plot(line.x[piece], line.y[piece], **shine)
        for arm in range(5) if k == 5 else [k]:
            x, y = (tables[f"arm-{arm}"].columns[name][:: 8 if k == 5 else 3] for name in "xy")
            axes.draw(ax, Points(x, y), roles=[f"class{arm}"])
        axes.rimmed(ax)
        axes.label(ax, **LABELS, title=tables[f"energy-{k}-0"].labels["title"])
    axes.number(panels[5], values["ends"], "class", over="field")
    axes.level_bar(levels, *panels, label="nats", even=not zero)
    if zero:
        axes.figure.axes[-1].axhline(0, **shine)
    axes.outer()
