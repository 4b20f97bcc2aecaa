"""The radii that the predictor has learnt.

Left, over the input x, the two radii of the data as curves, which cross near the middle, and the two outputs of the
predictor as absolute values, in dots: these lie on the curves to the eye. Right, the relative errors of both outputs,
within a few per cent, made of arcs that meet in corners; behind them a grey band, which holds the middle half of the
errors of the nets that began elsewhere.
"""

import torch

from book.ellipse.conditional import best
from book.ellipse.data import horn, radii
from pipeline.table import Curve, Region, Values

EVERY = 10  # x is a dot


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
    others = torch.cat([percent[:seed], percent[seed + 1 :]]).movedim(1, 0).flatten(start_dim=1)  # (x, net and output)
    lower, upper = others.double().quantile(torch.tensor([0.25, 0.75], dtype=torch.float64), dim=1)
    band = torch.stack([torch.cat([x, x.flip(0)]), torch.cat([upper, lower.flip(0)])], dim=1)
    reach = 5 * (torch.cat([percent[seed].flatten(), band[:, 1]]).abs().max() / 5).ceil()
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
        range=[-reach, reach],  # of the errors and of the band
    )
    return {
        "radii": Curve(x, labels, r1=r1, r2=r2),
        "outputs": Curve(x[::EVERY], labels, f1=f1[::EVERY], f2=f2[::EVERY]),
        "errors": Curve(x, labels | {"y": r"relative error, \%"}, f1=percent[seed, :, 0], f2=percent[seed, :, 1]),
        "others": Region.inside([torch.cat([band, band[:1]])]),
        "values": numbers,
    }


def preview(axes, tables):
    left, right = axes.panels(2, size=(6.5, 3))
    radii, values = tables["radii"], tables["values"]
    axes.draw(left, radii, roles=["ink"])
    for dots in tables["outputs"].series.values():
        left.plot(tables["outputs"].x, dots, "o", color=axes.colour("predictor"), markersize=4, clip_on=False, zorder=3)
    axes.draw(right, tables["others"], tables["errors"], roles=["neutral", "predictor", "predictor"])
    right.lines[-1].set_linestyle("--")
    for name, share, place in (("r1", 0.44, (-17, 13)), ("r2", 0.22, (8, -13))):
        axes.name_curve(left, radii, name, share, place)
    outputs, errors = tables["outputs"], tables["errors"]
    for name, row, place in (("f1", 8, (14, -16)), ("f2", 8, (-23, 9))):
        axes.name_curve(left, outputs, name, row / (len(outputs.x) - 1), place, "predictor")
    for said, name, share, up in ((r"$\cf_1$", "f1", 0.67, -9), (r"$\cf_2$", "f2", 0.16, 9)):
        row = round(share * (len(errors.x) - 1))
        axes.note(right, said, (errors.x[row], errors.columns[name][row]), "predictor", (0, up))
    left.set(xlim=(0, 1), ylim=(0, values["top"]), xticks=[0, 0.5, 1], yticks=[0, 5, 10, 15])
    right.set(xlim=(0, 1), ylim=values["range"], xticks=[0, 0.5, 1], yticks=[-10, -5, 0, 5, 10])
    axes.label(left, x=radii.labels["x"])
    axes.label(right, x=radii.labels["x"], y=errors.labels["y"])
