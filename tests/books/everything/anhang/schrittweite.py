"""Der Preis eines Schritts: Fehler über $h$.

Auf zwei logarithmischen Achsen der Fehler dreier Rechenverfahren nach einer vollen Schwingung über der Schrittweite.
Drei Linien aus Zeichen: Euler fällt mit der Steigung eins, der Sprungschritt mit zwei, Runge-Kutta mit vier, bis unter
ein Milliardstel.
"""

import math

import torch

from pipeline.table import Curve, Values

STEPS = (16, 32, 64, 128, 256, 512, 1024)


def euler(state, h):
    """One step of ẍ = −x by Euler's method; a state is (x, v)."""
    x, v = state
    return x + h * v, v - h * x


def leapfrog(state, h):
    """The same by Störmer and Verlet's method: half a kick, a drift, half a kick."""
    x, v = state
    v = v - h / 2 * x
    x = x + h * v
    return x, v - h / 2 * x


def runge_kutta(state, h):
    """The same by the classic method of Runge and Kutta."""
    x, v = state
    k1 = (v, -x)
    k2 = (v + h / 2 * k1[1], -(x + h / 2 * k1[0]))
    k3 = (v + h / 2 * k2[1], -(x + h / 2 * k2[0]))
    k4 = (v + h * k3[1], -(x + h * k3[0]))
    return tuple(s + h / 6 * (a + 2 * b + 2 * c + d) for s, a, b, c, d in zip(state, k1, k2, k3, k4, strict=True))


def error(method, steps):
    """How far from (1, 0) one full turn ends."""
    state, h = (1.0, 0.0), 2 * math.pi / steps
    for _ in range(steps):
        state = method(state, h)
    return math.hypot(state[0] - 1, state[1])


def tables():
    h = 2 * math.pi / torch.tensor(STEPS, dtype=torch.float64)
    methods = {"euler": euler, "sprung": leapfrog, "kutta": runge_kutta}
    errors = {name: [error(method, steps) for steps in STEPS] for name, method in methods.items()}
    slopes = {f"slope_{name}": math.log(e[-3] / e[-2]) / math.log(2) for name, e in errors.items()}
    labels = {"x": "Schrittweite $h$", "y": "Fehler nach einer Schwingung"}
    return {
        "fehler": Curve(h, labels | {"euler": "Euler", "sprung": "Sprungschritt", "kutta": "Runge-Kutta"}, **errors),
        "values": Values(most=STEPS[-1], best=errors["kutta"][-1], **slopes),
    }


def preview(axes, tables):
    axes.draw(axes[0], tables["fehler"], roles=["vergleich", "messung", "modell"])
    axes[0].set(xscale="log", yscale="log")
    axes.label(axes[0], x=tables["fehler"].labels["x"], y=tables["fehler"].labels["y"])
