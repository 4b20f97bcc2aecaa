"""Eine gezupfte Saite über Ort und Zeit.

Eine Fläche im Raum: nach rechts der Ort längs der Saite, nach hinten die Zeit über eine ganze Schwingung, nach oben die
Auslenkung. Vorn steht das Dreieck, zu dem die Saite gezupft wurde; seine Spitze teilt sich in zwei Knicke, die nach beiden
Seiten laufen und an den Enden umkehren, bis nach einer halben Schwingung das Dreieck kopfüber und gespiegelt dasteht und
am Ende wieder das erste. Am Boden die Höhenlinien: Vielecke mit Ecken auf den Wegen der Knicke.
"""

import torch

from pipeline.table import Contours, Field, Values

PLUCKED = 0.3  # where, as a share of its length
POINTS, MOMENTS = 41, 61
FLOOR = -2.1
LEVELS = (-0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8)
LABELS = {"x": "Ort $x/L$", "y": "Zeit $t/T$", "value": r"$\hoehe$"}


def triangle(x):
    """The string as it is let go, 1 high, continued as an odd function of period 2."""
    x = torch.remainder(x + 1, 2) - 1
    side = x.abs()
    return x.sign() * torch.minimum(side / PLUCKED, (1 - side) / (1 - PLUCKED))


def height(x, t):
    """d'Alembert: half of it runs to the right and half to the left, twice the length in each period."""
    return (triangle(x - 2 * t) + triangle(x + 2 * t)) / 2


def tables():
    x = torch.linspace(0, 1, POINTS, dtype=torch.float64)
    t = torch.linspace(0, 1, MOMENTS, dtype=torch.float64)
    later, along = torch.meshgrid(t, x, indexing="ij")
    u = height(along, later)
    return {
        "saite": Field(x, t, u, LABELS),
        "hoehen": Contours(x, t, u, LEVELS, LABELS),
        "values": Values(floor=FLOOR, plucked=PLUCKED, mirrored=1 - PLUCKED),
    }


def preview(axes, tables):
    (ax,) = axes.panels(1, size=(5, 4), subplot_kw={"projection": "3d"})
    x, t, u = tables["saite"].grid
    ax.plot_surface(x[None, :], t[:, None], u, cmap="fell", linewidth=0)
    axes.label(ax, x=LABELS["x"], y=LABELS["y"])
