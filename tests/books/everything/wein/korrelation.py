"""Was mit wem geht: alle Korrelationen $r$.

Ein Dreieck aus Feldern: in jedem ein Quadrat, dessen Fläche der Betrag des Korrelationskoeffizienten zweier
Messgrößen ist; gefüllt, wenn beide miteinander steigen, hohl, wenn die eine steigt und die andere fällt. Die Namen der
dreizehn Größen stehen auf der Diagonalen. Das größte Quadrat verbindet Phenole und Flavonoide.
"""

import torch

from book.wein.data import NAMES, column, wines
from pipeline.table import Path2D, Points, Region, Values

FULL = 0.46  # half the side of the square of r = 1, in cells


def correlations(x):
    """The matrix (13, 13) of Pearson's r."""
    z = (x - x.mean(dim=0)) / x.std(dim=0, correction=0)
    return z.T @ z / len(z)


def squares(pairs):
    """Outlines (5, 2) around the cells of pairs (row, column, r); the area of each is |r| of a cell's."""
    corners = torch.tensor([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]], dtype=torch.float64)
    return [torch.tensor([c, -r], dtype=torch.float64) + FULL * abs(v) ** 0.5 * corners for r, c, v in pairs]


def tables():
    x, _ = wines()
    r = correlations(x)
    n = len(r)
    pairs = [(i, j, r[i, j].item()) for i in range(n) for j in range(i)]
    strongest = max(pairs, key=lambda pair: abs(pair[2]))
    opposite = min(pairs, key=lambda pair: pair[2])
    phenols = r[column("total_phenols"), column("flavanoids")]
    lines = [torch.tensor([[-0.5, -k - 0.5], [k + 0.5, -k - 0.5], [k + 0.5, -n + 0.5]]) for k in range(n - 1)]
    return {
        "plus": Region.inside(squares([p for p in pairs if p[2] > 0])),
        "minus": Region.inside(squares([p for p in pairs if p[2] < 0])),
        "netz": Path2D(lines),
        "ecken": Points([0, n - 1], [0, 1 - n]),
        "values": Values(
            number=n, pairs=len(pairs), strongest=strongest[2], opposite=opposite[2], phenols=phenols, full=FULL
        ),
    }


def preview(axes, tables):
    axes.plane(axes[0])
    axes.draw(axes[0], tables["plus"], tables["minus"], roles=["gleichsinnig", "gegensinnig"])


assert len(NAMES) == 13
