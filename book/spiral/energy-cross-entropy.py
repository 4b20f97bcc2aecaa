"""The energy of each class.

Five panels, one a class y: the cross-entropy F(x, y) of the trained classifier over the plane in bands of colour, low
(dark) where x belongs to the class. The points of that class lie in the valley. A bar gives the energies of the bands.
"""

import torch
from torch.nn.functional import cross_entropy

from book.spiral.data import LABELS, arms, by_arm, square
from pipeline.table import Region, Values

HALF, RESOLUTION = 1.25, 90
LEVELS = [0, 0.1, 1, 2.5, 5, 7.5, 10, 15, 20, 25, 30]  # in nats; what is above the last lies in the band below it


def energies(s):
    """F(x, y) = −log softargmax(s)[y] for s of shape (n, 5): shape (n, 5)."""
    classes = torch.arange(s.shape[1])
    return torch.stack([cross_entropy(s, k.expand(len(s)), reduction="none") for k in classes], dim=1)


def tables(classifier):
    x, y = arms()
    axis, plane = square(RESOLUTION, HALF)
    results = by_arm(x, y, every=8)
    for k, energy in enumerate(energies(classifier(plane)).T):
        results |= Region.bands(f"energy-{k}", axis, axis, energy.reshape(RESOLUTION, RESOLUTION), LEVELS, LABELS)
    s = classifier(x)
    own = energies(s).gather(1, y[:, None])[:, 0]
    identity = s.logsumexp(dim=1) - s.gather(1, y[:, None])[:, 0]
    return results | {
        "values": Values(
            half=HALF, levels=LEVELS, energy_mean=own.mean(), identity_error=(own - identity).abs().max()
        )
    }  # fmt: skip


def preview(axes, tables):
    levels = tables["values"]["levels"]
    panels = axes.panels(3, 2)
    axes.plane(*panels)
    for k in range(5):
        axes.bands(panels[k], [tables[f"energy-{k}-{b}"] for b in range(len(levels) - 1)])
        axes.draw(panels[k], tables[f"arm-{k}"], roles=["ink"])
        axes.label(panels[k], title=rf"$\energy(\vx, \cy={k + 1})$")
    panels[5].set_visible(False)
