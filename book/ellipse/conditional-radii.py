"""The radii that the predictor has learnt.

Left, over the input x, the two outputs of the predictor as absolute values, thick, with the radii of the data dashed
on top: the curves coincide to the eye and cross near the middle. Right, the relative errors of both outputs, within a
few per cent, made of arcs that meet in corners; thin and grey, those of the nets that began elsewhere, some of which
stray much farther.
"""

import torch

from book.ellipse.conditional import best
from book.ellipse.data import horn, radii
from pipeline.table import Curve, Path2D, Values


def errors(f, x):
    """|f|/ρ(x) − 1 for f of shape (seeds, n, 2) at x (n,): the same shape."""
    return f.abs() / radii(x) - 1


def tables(conditional):
    seed, _ = best(conditional.net, *horn())
    x = torch.linspace(0, 1, 101)
    f = conditional.net(x)
    error = errors(f, x)
    mean, greatest = error.abs().mean(dim=(1, 2)), error.abs().amax(dim=(1, 2))
    percent = 100 * error
    others = [torch.stack([x, each], dim=1) for k in range(len(f)) if k != seed for each in percent[k].T]
    labels = {
        "x": r"$\cx$",
        "f1": r"$|\cf_1(\cx)|$",
        "f2": r"$|\cf_2(\cx)|$",
        "r1": r"$\rho_1(\cx)$",
        "r2": r"$\rho_2(\cx)$",
    }
    f1, f2, r1, r2 = *f[seed].abs().T, *radii(x).T
    numbers = Values(
        seeds=len(f),
        shown=seed + 1,
        error_mean=100 * mean[seed],
        error_greatest=100 * greatest[seed],
        within=((mean < 0.03) & (greatest < 0.1)).sum(),
        top=16,
        widest=20,
    )
    return {
        "radii": Curve(x, labels, f1=f1, f2=f2, r1=r1, r2=r2),
        "errors": Curve(x, labels | {"y": r"relative error, \%"}, f1=percent[seed, :, 0], f2=percent[seed, :, 1]),
        "others": Path2D(others),
        "values": numbers,
    }


def preview(axes, tables):
    left, right = axes.panels(2)
    axes.draw(left, tables["radii"], roles=["predictor", "predictor", "ink", "ink"])
    axes.draw(right, tables["others"], tables["errors"], roles=["axis", "predictor"])
    widest = tables["values"]["widest"]
    right.set(ylim=(-widest, widest))
    axes.label(left, x=tables["radii"].labels["x"])
    axes.label(right, x=tables["radii"].labels["x"], y="relative error, %")
