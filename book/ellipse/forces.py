"""How samples pull at the manifold, cold and warm.

Four planes with samples as dots and the model's closed curve. Above, cold: a thread ties each sample to the one
nearest point of the curve, a cross; untrained on the left, where the curve is too narrow, trained on the right, where
it passes through the samples, and a frame in its middle shows some of them close to, with their short threads. Below,
warm and trained: on the left a fan of hairlines spreads from one sample towards the points of the curve, each as long,
of its way, as the point's weight is against the greatest, so that a whole region of the curve takes part; a bold arrow
leads to the weighted mean of the points. On the right such an arrow for each sample: they lead inwards nearly
everywhere.
"""

import math

import torch

from book.ellipse.data import radii, samples
from book.ellipse.energy import LATENTS, UNTRAINED, decode, energy, force, free_energy, gibbs, slope
from book.ellipse.plane import LABELS, manifold
from pipeline.table import Arrows, Path2D, Points, Values

BETA = 1.0
NAMED = 22  # the sample that carries its name, and whose fan is drawn
HALF = (2.45, 1.75)  # of the window
NEAR = 0.29  # of its size: the window around the sample whose fan is drawn
SHIFT = (-0.25, -0.18)  # of its middle from the sample
CLOSE = (-2.2, -1.6, 0.06, 0.72)  # the window around samples whose threads are seen close to: left, right, bottom, top
TITLES = [
    r"cold, untrained: $-\frac{1}{2}\nabla\Fcold(\vy)$",
    r"cold, trained: $-\frac{1}{2}\nabla\Fcold(\vy)$",
    "warm: the votes for one sample",
    r"warm, trained: $-\frac{1}{2}\nabla\Fwarm(\vy)$",
]
LEAST = 0.1  # of the greatest weight: what is less is not drawn


def fans(y, w, beta):
    """Lines (m, 2, 2) from each of y (n, 2) towards each g(z): of the way, the share that its Gibbs weight is of the
    greatest."""
    p = gibbs(y, w, beta)
    share = p / p.amax(dim=-1, keepdim=True)  # (n, k)
    start = y[:, None].expand(-1, share.shape[1], -1)
    ends = start + share[..., None] * (decode(w) - start)
    return torch.stack([start, ends], dim=2)[share > LEAST]


def panel(name, y, w, beta):
    """The manifold of weights w (2,), and what ties each of the samples y (n, 2) to it."""
    half = force(y, w, beta) / 2
    results = {f"{name}-manifold": manifold(w), f"{name}-latents": Points(*decode(w).T)}
    if beta is math.inf:
        results[f"{name}-ties"] = Path2D(torch.stack([y, y + half], dim=1))
        return results | {f"{name}-nearest": Points(*(y + half).T)}
    one = y[NAMED, None]
    fan = {f"{name}-votes": Path2D(fans(one, w, beta)), f"{name}-arrow": Arrows(*one.T, *half[NAMED, None].T)}
    return results | fan | {f"{name}-arrows": Arrows(*y.T, *half.T)}


def taking_part(p):
    """How many latents have a say: exp of the weights' entropy, for p of shape (…, k)."""
    return torch.special.entr(p).sum(dim=-1).exp()


def shared(y, w):
    """How many of the samples y (n, 2) each latent's point is nearest to: shape (k,)."""
    return torch.bincount(energy(y, w).argmin(dim=-1), minlength=len(LATENTS))


def cosine(y, w):
    """The cosines between the ties of y (n, 2) and −∇F∞ as autograd has it."""
    y = y.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(free_energy(y, w).sum(), y)
    return torch.nn.functional.cosine_similarity(-gradient, force(y.detach(), w), dim=1)


def tables(cold, warm):
    y = samples()
    nets = {"untrained-cold": (UNTRAINED, math.inf), "trained-cold": (cold.net.w, math.inf)}
    nets |= {"trained-warm": (warm.net.w, BETA)}
    results = {"samples": Points(*y.T, labels=LABELS)}
    for name, (w, beta) in nets.items():
        results |= panel(name, y, w, beta)
    numbers = Values(
        half=HALF,
        near=[y[NAMED, i] + SHIFT[i] + side * NEAR * HALF[i] for i in (0, 1) for side in (-1, 1)],
        close=CLOSE,
        beta=BETA,
        named=y[NAMED],
        most_shared=shared(y, UNTRAINED).max(),
        nearest_untrained=(shared(y, UNTRAINED) > 0).sum(),
        nearest_trained=(shared(y, cold.net.w) > 0).sum(),
        slope_1=slope(y, radii(y.new_zeros(())), BETA)[:, 0].mean(),  # of the loss, at the data's own radii
        slope_2=slope(y, radii(y.new_zeros(())), BETA)[:, 1].mean(),
        cosine_least=min(cosine(y, w).min() for w in (UNTRAINED, cold.net.w)),
        latents_warm=taking_part(gibbs(y, warm.net.w, BETA)).mean(),
        latents_warm_untrained=taking_part(gibbs(y, UNTRAINED, BETA)).mean(),
    )
    return results | {"values": numbers}


def preview(axes, tables):
    panels, values = axes.panels(2, 2, size=(6.5, 5)), tables["values"]
    untrained, trained, one, every = panels
    (right, top), near, close = values["half"], values["near"], values["close"]
    axes.plane(*panels, xlim=(-right, right), ylim=(-top, top))
    one.set(xlim=near[:2], ylim=near[2:])
    inset = axes.close_to(trained, close, [0.29, 0.25, 0.42, 0.5])
    for ax, name in ((untrained, "untrained-cold"), (trained, "trained-cold"), (inset, "trained-cold")):
        axes.draw(ax, tables[f"{name}-ties"], roles=["cold"])
        nearest = curve(axes, ax, tables, name)[f"{name}-nearest"]
        size = {"markersize": 5, "markeredgewidth": 1.2} if ax is inset else {"markersize": 3, "markeredgewidth": 0.7}
        ax.plot(nearest.x, nearest.y, "x", color=axes.colour("cold"), **size)
    axes.draw(one, tables["trained-warm-votes"], roles=["warm"])
    for line in one.lines:
        line.set_linewidth(0.6)
    for ax, arrows in ((one, "arrow"), (every, "arrows")):
        curve(axes, ax, tables, "trained-warm")
        axes.draw(ax, tables[f"trained-warm-{arrows}"], roles=["ink"])
    for ax in (untrained, one):
        axes.note(ax, r"$\vy$", values["named"], place=(7, 7), size=None)
    axes.note(untrained, r"$\vytilde$", (0, 0), size=None)
    axes.frame(every, near)
    for ax, title in zip(panels, TITLES, strict=True):
        axes.label(ax, title=title)


def curve(axes, ax, tables, name):
    """Draws a manifold with the points of its latents, and the samples; returns the tables."""
    manifold, latents, samples = tables[f"{name}-manifold"], tables[f"{name}-latents"], tables["samples"]
    axes.draw(ax, manifold, roles=["reconstruction"])
    ax.plot(latents.x, latents.y, "o", color=axes.colour("reconstruction"), markersize=2.4)
    ax.plot(samples.x, samples.y, "o", color=axes.colour("target"), markersize=3)
    return tables
