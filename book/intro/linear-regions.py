"""A plane, cut by creases.

Three squares of the plane of two inputs, cut into convex pieces without gaps, each in one of 21 colours by the slope
of an output there, like stained glass. On the left, whole straight lines, one a unit of the first layer, cut it into 34
pieces. In the middle the second layer has added lines that break wherever they cross one of the first, and on the right
the third layer others that break at both: hundreds of slivers, the more the nearer to the middle.
"""

import torch

from book.intro.foldings import DEPTH, WIDTH, affine_maps, beyond, crossings, cut, layers, most, window
from pipeline.table import Path2D, Region, Values

SEED, HALF = 3558, 2.5  # of the weights; of the window
STEPS = 7  # colours of each row of the chart
CREASES = [0.6, 0.55, 0.5]  # pt, of the creases: finer where there are more


def outputs(seed):
    """For each depth the weights of an output unit, (width,), as PyTorch begins with them."""
    generator = torch.Generator().manual_seed(seed)
    return WIDTH**-0.5 * (2 * torch.rand(DEPTH, WIDTH, generator=generator, dtype=torch.float64) - 1)


def coloured(slopes):
    """Rows and columns of the chart for slopes (n, 2), by their ranks: each row and each column has as many."""
    ranks = slopes.argsort(dim=0).argsort(dim=0) / len(slopes)
    return (3 * ranks[:, 1]).long(), (STEPS * ranks[:, 0]).long()


def tables():
    net, results, values = layers(SEED), {}, {}
    pieces = window(HALF)
    for depth, ((w, b), v) in enumerate(zip(net, outputs(SEED), strict=True), 1):
        pieces = cut(pieces, w, b)
        rows, columns = coloured(torch.stack([v @ a for _, a, _ in pieces]))
        for row in range(3):
            for column in range(STEPS):
                mine = [corners for k, (corners, *_) in enumerate(pieces) if rows[k] == row and columns[k] == column]
                if mine:
                    results[f"pieces-{depth}-{row}-{column}"] = Region.inside([closed(each) for each in mine])
        results[f"outlines-{depth}"] = Path2D([closed(corners) for corners, *_ in pieces])
        values |= {f"count_{depth}": len(pieces), f"maps_{depth}": affine_maps(pieces)}
    w, b = net[0]
    whole = cut(window(beyond(crossings(w, b))), w, b)
    return results | {
        "values": Values(
            half=HALF, steps=STEPS, colours=3 * STEPS, depths=DEPTH, width=WIDTH, most=most(WIDTH), total_1=len(whole),
            creases=CREASES, titles=["one layer", "two layers", "three layers"], **values,
        ),
    }  # fmt: skip


def closed(corners):
    return torch.cat([corners, corners[:1]])


def preview(axes, tables):
    values = tables["values"]
    panels, half = axes.panels(values["depths"], size=(7, 2.7)), values["half"]
    axes.plane(*panels, xlim=(-half, half), ylim=(-half, half), xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    for depth, ax in enumerate(panels, 1):
        for row in range(3):
            for column in range(values["steps"]):
                if region := tables.get(f"pieces-{depth}-{row}-{column}"):
                    place = axes.shade(f"places{row}", column / (values["steps"] - 1))
                    region.draw(ax, iter([axes.between(place, axes.colour("paper"), 0.88)]), alpha=1)
        outlines = tables[f"outlines-{depth}"]
        for piece in outlines.pieces():
            ax.plot(outlines.x[piece], outlines.y[piece], color=axes.colour("paper"), linewidth=CREASES[depth - 1])
        what = f"of at most {values['most']}" if depth == 1 else "pieces"
        axes.label(ax, title=f"{values['titles'][depth - 1]}, {values[f'count-{depth}']} {what}")
