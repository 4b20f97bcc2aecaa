"""Seeds that keep their colours.

Three panels of the spiral of seeds: as it is, turned by an angle of 1 to the left, and folded into its upper right
quarter. A seed has the colour of its place in the first panel: blue on the left, orange on the right, dark below, pale
above.
"""

import numpy as np

from book.marks.seeds import seeds
from pipeline.table import Points, placed


def tables():
    r, turn = seeds(300)
    start = np.stack([r * np.cos(turn), r * np.sin(turn)], axis=1)
    turned = start @ [[np.cos(1), np.sin(1)], [-np.sin(1), np.cos(1)]]
    ways = {"start": start, "turned": turned, "folded": np.abs(start)}
    return {name: Points(*xy.T, **placed(start, 18)) for name, xy in ways.items()}
