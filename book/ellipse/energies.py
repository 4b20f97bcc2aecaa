"""The energy of every sample against the latent.

Twenty-four small panels with common axes, one for each sample: its energy E(y, z) in the untrained model over a full
turn of the latent z, and a cross at the lowest point. Most curves have one valley, with steep sides where the sample
lies far to the left or right; six, those of the samples above and below the middle, have two, and a ring marks the
higher one.
"""

from book.ellipse.data import samples
from book.ellipse.energy import LATENTS, UNTRAINED, energy, free_energy, minimiser
from book.ellipse.plane import OVER_Z, TURN, turn
from pipeline.table import Curve, Points, Values


def valleys(e):
    """Which of the energies (…, k) around the circle are lower than both neighbours."""
    return (e < e.roll(1, -1)) & (e <= e.roll(-1, -1))


def tables():
    y = samples()
    e, f, check = energy(y, UNTRAINED), free_energy(y, UNTRAINED), minimiser(y, UNTRAINED)
    n, k = valleys(e).nonzero().T
    higher = LATENTS[k] != check[n]
    return {
        "energies": Curve(TURN, OVER_Z, **{f"sample-{i}": row for i, row in enumerate(energy(y, UNTRAINED, TURN), 1)}),
        "minima": Points(check, f, OVER_Z),
        "higher": Points(LATENTS[k][higher], e[n, k][higher], OVER_Z, sample=n[higher] + 1),
        "values": Values(
            samples=len(y), two_valleys=len(n) - len(y), coldest=f.argmin() + 1, hottest=f.argmax() + 1,
            f_least=f.min(), f_greatest=f.max(), greatest=e.max(), top=12,
        ),
    }  # fmt: skip


def preview(axes, tables):
    panels = axes.panels(6, 4, size=(6.5, 5), sharex=True, sharey=True)
    energies, minima = tables["energies"], tables["minima"]
    for n, (ax, curve) in enumerate(zip(panels, energies.series.values(), strict=True)):
        ax.plot(energies.x, curve, color=axes.colour("energy"))
        ax.plot(minima.x[n], minima.y[n], "x", color=axes.colour("cold"), zorder=3, clip_on=False)
        for z, e, sample in zip(*tables["higher"].columns.values(), strict=True):
            if sample == n + 1:
                ax.plot(z, e, "o", color=axes.colour("energy"), fillstyle="none", markersize=4)
        axes.label(ax, **OVER_Z, title=rf"$\vy^{{({n + 1})}}$")
    panels[0].set(ylim=(0, 1.03 * tables["values"]["greatest"]), yticks=[0, 4, 8, 12])
    turn(panels[0])
    axes.outer()
