"""What a forest takes in and gives off.

Four lying bars, one for each season, of pieces that follow one another: to the right of zero what leaves and soil
give off, to the left what leaves take in; in summer both are longest, in winter hardly anything is taken in.
"""

from pipeline.table import Bars

SEASONS = ["spring", "summer", "autumn", "winter"]
FLOWS = {"leaves": [95, 160, 80, 25], "soil": [70, 130, 90, 40], "growth": [-210, -420, -140, -20]}  # in g of carbon


def tables():
    labels = {"y": "carbon given off, in grams a square metre", "leaves": "leaves breathe", "soil": "soil breathes",
              "growth": "leaves grow"}  # fmt: skip
    return {"flows": Bars(SEASONS, labels, stacked=True, lying=True, **FLOWS)}
