"""Der Weg ins Tal: $\\daempf$ und $\\kreisfrequenz$.

Höhenlinien des Fehlers über der Ebene von Frequenz und Dämpfung: ein schmales Tal, in dessen Mitte ein Kreuz den tiefsten
Punkt zeigt. Ein Pfad mit Punkten alle zwanzig Schritte kommt von links oben, schießt über die Rinne hinaus und pendelt
sich ein, bis er beim Kreuz ankommt.
"""

import torch

from book.pendel.messreihe import readings
from pipeline.table import Contours, Path2D, Points, Values

EVERY, COLUMNS, ROWS = 20, 101, 81
LEVELS = [0.7, 1, 1.5, 2, 3, 4, 5, 6]  # in degrees


def best(frequency, damping):
    """The root mean square (…,) left by the best amplitude and phase at frequencies and dampings of the same shape."""
    t, theta = readings()
    envelope = torch.exp(-damping[..., None] * t)
    turn = frequency[..., None] * t
    basis = torch.stack([envelope * turn.cos(), envelope * turn.sin()], dim=-1)  # (…, t, 2)
    gram = basis.mT @ basis
    found = torch.linalg.solve(gram, basis.mT @ theta[:, None].expand(*basis.shape[:-1], 1))
    left = theta - (basis @ found)[..., 0]
    return left.square().mean(dim=-1).sqrt()


def tables(daempfung):
    path = torch.tensor([daempfung.history["frequency"], daempfung.history["damping"]], dtype=torch.float64).T
    end = torch.stack([daempfung.net.frequency, daempfung.net.damping]).detach()
    low = torch.tensor([2.85, 0.02], dtype=torch.float64)
    high = torch.tensor([3.35, 0.18], dtype=torch.float64)
    x = torch.linspace(low[0], high[0], COLUMNS, dtype=torch.float64)
    y = torch.linspace(low[1], high[1], ROWS, dtype=torch.float64)
    damping, frequency = torch.meshgrid(y, x, indexing="ij")
    labels = {"x": r"$\kreisfrequenz$ in 1/s", "y": r"$\daempf$ in 1/s"}
    return {
        "hoehen": Contours(x, y, best(frequency, damping), LEVELS, labels),
        "pfad": Path2D([torch.cat([path, end[None]])], labels),
        "schritte": Points(*path[::EVERY].T, labels=labels),
        "ziel": Points(*end[:, None], labels=labels),
        "values": Values(low=low, high=high, levels=LEVELS, every=EVERY, epochs=len(path), lowest=best(*end)),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["hoehen"], tables["pfad"], roles=["vergleich", "modell"])
    axes.label(axes[0], **tables["pfad"].labels)
