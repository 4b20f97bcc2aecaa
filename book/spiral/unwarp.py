"""How the classifier unwarps the arms.

Four panels of the five arms in the net's embedding, after 0, 300, 1,000 and 2,000 epochs. At first all points lie in
one narrow strip. Then the arms come apart, still curled, and the straight borders between the sectors cut them. In the
end each arm is a cluster in a sector of its own, and the embedding has grown many times over: the bars give each
panel's scale.
"""

import torch

from book.spiral.data import arms
from book.spiral.models.embedding import PRINTED
from book.spiral.sectors import LABELS, names, view
from pipeline.table import Values

EVERY = 8  # of so many points one is shown
WIDE = 0.6  # half the side of the first window, by that of its points: three sectors are seen


def tables(embedding):
    x, y = arms()
    results, values = {}, {}
    for epoch in PRINTED:
        net = embedding.snapshots[epoch]
        tables, found = view(f"epoch-{epoch}", net, x, y, EVERY, **({} if epoch else {"half": WIDE}))
        results |= tables | {f"names-{epoch}": names(net, x[::EVERY], found["lower"], found["upper"])}
        for name, value in found.items():
            values.setdefault(name, []).append(value)
    windows = {name: torch.stack(values[name]) for name in ("lower", "upper")}
    return results | {"values": Values(**values | windows, epochs=PRINTED)}


def preview(axes, tables):
    values, panels = tables["values"], axes.panels(2, 2, size=(6, 6))
    for k, (ax, epoch) in enumerate(zip(panels, values["epochs"], strict=True)):
        (left, bottom), (right, top) = values["lower"][k], values["upper"][k]
        axes.plane(ax, xlim=(left, right), ylim=(bottom, top))
        for kind in ("sector", "arm"):
            for c in range(5):
                if table := tables.get(f"epoch-{epoch}-{kind}-{c}"):
                    axes.draw(ax, table, roles=[f"class{c}"])
        axes.borders(ax)
        axes.scale_bar(ax, values["bar"][k], f"class{values['under-bar'][k]}")
        for x, y, number in zip(*tables[f"names-{epoch}"].columns.values(), strict=True):
            role = f"class{round(number) - 1}"
            axes.note(ax, f"{round(number)}", (x, y), role, on=role)
        axes.label(ax, **LABELS, title=f"epoch {epoch}, accuracy {100 * values['accuracy'][k]:.1f} %")
    axes.outer()
