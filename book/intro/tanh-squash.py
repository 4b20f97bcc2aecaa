"""A cloud pushed into a square.

Six planes. In the first, a round cloud of a thousand dots, blue on the left and orange on the right, dark below and
pale above. In the others, the same dots under the hyperbolic tangent of once to five times their coordinates: the
harder they are multiplied, the fewer are left in the middle of the square, and the more crowd along its sides and into
its four corners.
"""

import torch

from book.intro.data import LABELS, cloud, moved
from pipeline.table import Values

GAINS = [1, 2, 3, 4, 5]
WIDE, HALF = 3.75, 1.15  # half the first window, and the others
NEAR = 0.9  # from here to the sides is the rim; a corner is where both coordinates are in it


def tables():
    x = cloud()
    images = [torch.tanh(gain * x) for gain in GAINS]
    results = {f"gain-{gain}": moved(image, x) for gain, image in zip(GAINS, images, strict=True)}
    rim = [(image.abs() > NEAR).any(dim=1).double().mean() for image in images]
    corners = [(image.abs() > NEAR).all(dim=1).double().mean() for image in images]
    return results | {
        "start": moved(x, x, LABELS),
        "values": Values(
            gains=GAINS, wide=WIDE, half=HALF, near=NEAR, points=len(x), rim_first=rim[0], rim_last=rim[-1],
            corners_first=corners[0], corners_last=corners[-1], corners=corners, rim=rim,
        ),
    }  # fmt: skip


def preview(axes, tables):
    panels = axes.panels(3, 2, size=(6.5, 4.7))
    axes.plane(panels[0], xlim=(-WIDE, WIDE), ylim=(-WIDE, WIDE), xticks=[-3, 0, 3], yticks=[-3, 0, 3])
    axes.charted(panels[0], tables["start"])
    axes.label(panels[0], title=r"$\vx$")
    axes.plane(*panels[1:], xlim=(-HALF, HALF), ylim=(-HALF, HALF), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    for ax, gain, share in zip(panels[1:], GAINS, tables["values"]["corners"], strict=True):
        axes.charted(ax, tables[f"gain-{gain}"])
        axes.label(ax, title=rf"$\tanh({gain if gain > 1 else ''}\vx)$: {100 * share:.0f} %")
