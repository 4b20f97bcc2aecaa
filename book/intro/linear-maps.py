"""Six linear maps of one cloud.

On the left a round cloud of a thousand dots, blue on the left and orange on the right, dark below and pale above. An
arrow leads from it to two rows of three planes, the same dots under six maps, with two singular values each: one cloud
is turned and hardly stretched, others are drawn out, three show the colours in the order of a mirror, and one has
fallen onto what is nearly a line.
"""

import torch

from book.intro.data import LABELS, cloud, moved, share_within
from pipeline.table import Values

SEED = 9917  # of the maps: with this one there is one of each kind among six
HALF = 4.0  # of the windows
LINE = 0.1  # a map with a singular value below this leaves hardly more than a line


def maps(count=6):
    """Matrices with entries from N(0, 1), of shape (count, 2, 2)."""
    generator = torch.Generator().manual_seed(SEED)
    return torch.randn(count, 2, 2, generator=generator, dtype=torch.float64)


def turns(w):
    """The angles by which maps (n, 2, 2) turn the plane, in degrees: of the rotation that is nearest to each."""
    return torch.rad2deg(torch.atan2(w[:, 1, 0] - w[:, 0, 1], w[:, 0, 0] + w[:, 1, 1]))


def tables():
    x, w = cloud(), maps()
    sigma, determinant = torch.linalg.svdvals(w), torch.linalg.det(w)
    images = x @ w.transpose(1, 2)  # (map, point, component)
    flat = sigma[:, 1].argmin()
    results = {f"map-{k}": moved(image, x) for k, image in enumerate(images)}
    return results | {
        "start": moved(x, x, LABELS),
        "values": Values(
            half=HALF, points=len(x), maps=len(w), sigma_1=sigma[:, 0], sigma_2=sigma[:, 1],
            mirrors=(determinant < 0).sum(), flat=flat + 1, flat_1=sigma[flat, 0], flat_2=sigma[flat, 1],
            flat_maps=(sigma[:, 1] < LINE).sum(), greatest=sigma.max(),
            outside=1 - share_within(images.reshape(-1, 2), HALF), turns=turns(w),
        ),
    }  # fmt: skip


def preview(axes, tables):
    values = tables["values"]
    start, *panels = axes.mosaic("0123;0456", (7, 3.9))
    ends = {"xlim": (-HALF, HALF), "ylim": (-HALF, HALF), "xticks": [-3, 0, 3], "yticks": [-3, 0, 3]}
    axes.plane(start, *panels, **ends)
    axes.charted(start, tables["start"])
    axes.label(start, title=r"$\vx$")
    axes.note(start, r"$\mW\rightarrow$", (1.02, 0.5), place=(0, 0), xycoords="axes fraction", ha="left", size=None)
    for k, ax in enumerate(panels):
        axes.charted(ax, tables[f"map-{k}"])
        axes.label(ax, title=rf"$\sigma={values['sigma-1'][k]:.2f},\ {values['sigma-2'][k]:.2f}$")
        ax.tick_params(labelleft=False, labelbottom=k > 2)
