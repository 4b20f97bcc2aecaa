"""What an orchard bears, by name.

Five bars that lie beside their names, the longest on top: apples, pears, quinces, cherries, and figs & medlars, of
which there are few. Dots beside them are the yield of the year before, when quinces failed.
"""

from pipeline.table import Bars, Points

FRUITS = {
    "apples": (412, 350),
    "pears": (268, 300),
    "quinces": (131, None),
    "cherries": (96, 120),
    "figs & medlars": (23, 18),
}


def tables():
    this, last = zip(*FRUITS.values(), strict=True)
    return {
        "harvest": Bars([*FRUITS], kg=this, labels={"kg": "harvest in kg"}),
        "before": Points([*FRUITS], last),
    }
