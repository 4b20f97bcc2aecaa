"""How samples pull at the manifold, cold and warm.

Four planes with the samples as dots and the model's closed curve: untrained on the left, where it is too narrow,
trained on the right, where it passes through the samples. Above, cold: a thread ties each sample to the one nearest
point of the curve. Below, warm: an arrow leads from each sample towards the weighted mean of the curve's points,
inwards nearly everywhere, and for three samples a fan of lines, thicker where the weight is greater, shows the
regions of the curve that take part.
"""

import math
from itertools import pairwise

import torch

from book.ellipse.data import samples
from book.ellipse.energy import UNTRAINED, decode, force, free_energy, gibbs
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Arrows, Path2D, Points, Values

BETA = 1.0
CHOSEN = (0, 9, 18)  # samples whose votes are drawn
NAMED = 22  # the sample that carries its name
FORCE = (0.55, -1.2)  # where the warm force's name stands
WIDTHS = 4  # classes of line widths
HALF = (2.45, 1.75)  # of the window
LEAST = 0.2  # of the greatest weight: what is less is not drawn


def fan(y, points, p):
    """Lines from y (2,) to the points (k, 2), in classes of their weights p (k,) against the greatest, thinnest first."""
    share = p / p.max()
    edges = torch.linspace(0, 1, WIDTHS + 1, dtype=p.dtype).clamp(min=LEAST)
    return [[torch.stack([y, g]) for g in points[(share > a) & (share <= b)]] for a, b in pairwise(edges)]


def panel(name, y, w, beta):
    """The manifold of weights w (2,), and what ties each of the samples y (n, 2) to it."""
    half = force(y, w, beta) / 2
    results = {f"{name}-manifold": manifold(w), f"{name}-latents": Points(*decode(w).T)}
    if beta is math.inf:
        results[f"{name}-ties"] = Path2D(torch.stack([y, y + half], dim=1))
        return results | {f"{name}-nearest": Points(*(y + half).T)}
    fans = [fan(y[n], decode(w), gibbs(y[n], w, beta)) for n in CHOSEN]
    for k in range(WIDTHS):
        if pieces := [line for each in fans for line in each[k]]:
            results[f"{name}-fan-{k}"] = Path2D(pieces)
    return results | {f"{name}-arrows": Arrows(*y.T, *half.T)}


def taking_part(p):
    """How many latents have a say: exp of the weights' entropy, for p of shape (…, k)."""
    return torch.special.entr(p).sum(dim=-1).exp()


def cosine(y, w):
    """The cosines between the ties of y (n, 2) and −∇F∞ as autograd has it."""
    y = y.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(free_energy(y, w).sum(), y)
    return torch.nn.functional.cosine_similarity(-gradient, force(y.detach(), w), dim=1)


def tables(cold, warm):
    y = samples()
    nets = {"untrained-cold": (UNTRAINED, math.inf), "trained-cold": (cold.net.w, math.inf)}
    nets |= {"untrained-warm": (UNTRAINED, BETA), "trained-warm": (warm.net.w, BETA)}
    results = {"samples": Points(*y.T, labels=LABELS)}
    for name, (w, beta) in nets.items():
        results |= panel(name, y, w, beta)
    numbers = Values(
        half=HALF,
        beta=BETA,
        named=y[NAMED],
        named_force=FORCE,
        widths=WIDTHS,
        cosine_least=min(cosine(y, w).min() for w in (UNTRAINED, cold.net.w)),
        latents_warm=taking_part(gibbs(y, warm.net.w, BETA)).mean(),
        latents_warm_untrained=taking_part(gibbs(y, UNTRAINED, BETA)).mean(),
    )
    return results | {"values": numbers}


def preview(axes, tables):
    panels = axes.panels(2, 2)
    axes.plane(*panels)
    for ax, (beta, state) in zip(panels, [(b, s) for b in ("cold", "warm") for s in ("untrained", "trained")], strict=True):
        own = {name.removeprefix(f"{state}-{beta}-"): table for name, table in tables.items() if name.startswith(f"{state}-{beta}-")}
        axes.draw(ax, *(table for name, table in own.items() if name.startswith("fan")), roles=["axis"])
        axes.draw(ax, own["manifold"], own["latents"], roles=["reconstruction"])
        axes.draw(ax, own["ties" if beta == "cold" else "arrows"], roles=[beta])
        axes.draw(ax, tables["samples"], roles=["target"])
        axes.label(ax, title=f"{beta}, {state}")
