"""Six shapes of one mean and one deviation.

Above, six box plots, all centred near 0, of which three look the same; below, six violins of the same numbers: a
bell, a slab, a spire with long tails, a waist between two bulges, a bottom-heavy drop and three separate beads.
"""

import numpy as np

from pipeline.table import Boxes, Violins

DRAWS = 600


def tables():
    rng = np.random.default_rng(5)
    samples = {
        "bell": rng.normal(size=DRAWS),
        "slab": rng.uniform(-1, 1, DRAWS),
        "spire": rng.laplace(size=DRAWS),
        "waist": rng.choice([-1, 1], DRAWS) + 0.3 * rng.normal(size=DRAWS),
        "drop": rng.exponential(size=DRAWS),
        "beads": rng.choice([-1, 0, 1], DRAWS) + 0.12 * rng.normal(size=DRAWS),
    }
    alike = {name: (draws - draws.mean()) / draws.std() for name, draws in samples.items()}
    labels = {"y": "deviations from the mean"}
    return {"boxes": Boxes(alike, labels), "violins": Violins(alike, labels, bandwidth=0.14)}
