"""Three losses for a pair of energies.

Three curves against the energy of the right answer less that of a wrong one, from −3 to 3. The energy loss is a
straight line that goes on falling to the left. The hinge is zero up to minus the margin, −1, and rises from there at
an angle of 45°. The log loss runs along the hinge far from the corner and rounds it off.
"""

import torch

from pipeline.table import Curve, Values

HALF, MARGIN = 3, 1


def tables():
    """LeCun et al. (2006), section 2.2: the energy loss, the hinge loss and the log loss."""
    d = torch.linspace(-HALF, HALF, 121, dtype=torch.float64)  # F of the right answer, less that of the wrong one
    labels = {
        "x": r"$\Fcold(\vycheck) - \Fcold(\vyhat)$",
        "y": r"$\loss$",
        "energy": "energy loss",
        "hinge": "hinge loss",
        "log": "log loss",
    }
    curves = Curve(d, labels, energy=d, hinge=(MARGIN + d).clamp(min=0), log=torch.nn.functional.softplus(d))
    return {"losses": curves, "values": Values(half=HALF, margin=MARGIN)}
