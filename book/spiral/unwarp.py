"""How the classifier unwarps the arms.

Four panels of the five arms in the net's embedding, after 0, 300, 1,000 and 2,000 epochs. At first all points lie in
one narrow strip. Then the arms come apart, still curled, and the straight borders between the sectors cut them. In the
end each arm is a cluster in a sector of its own, and the embedding has grown many times over: the bars give each
panel's scale.
"""

import torch

from book.spiral.data import arms
from book.spiral.sectors import LABELS, roomiest, view
from pipeline.table import Values


def tables(embedding):
    x, y = arms()
    results, values = {}, {}
    for epoch, net in embedding.snapshots.items():
        tables, found = view(f"epoch-{epoch}", net, x, y, every=8)
        results |= tables
        for name, value in found.items():
            values.setdefault(name, []).append(value)
    windows = {name: torch.stack(values[name]) for name in ("lower", "upper")}
    names = roomiest(net, x, windows["lower"][-1], windows["upper"][-1])
    return results | {"values": Values(**values | windows, epochs=list(embedding.snapshots), names=names)}


def preview(axes, tables):
    values = tables["values"]
    for ax, epoch, share in zip(axes.panels(2, 2), values["epochs"], values["accuracy"], strict=True):
        axes.plane(ax)
        ax.margins(0)
        for kind in ("sector", "arm"):
            for k in range(5):
                if table := tables.get(f"epoch-{epoch}-{kind}-{k}"):
                    axes.draw(ax, table, roles=[f"class{k}"])
        axes.label(ax, **LABELS, title=f"epoch {epoch}, accuracy {100 * share:.1f} %")
