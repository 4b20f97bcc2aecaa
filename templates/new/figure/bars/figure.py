"""What an orchard bears.

Pairs of bars for four fruits, this year's beside last year's: more apples and cherries, fewer plums, and as many
pears as before.
"""

from pipeline.table import Bars

FRUITS = ["apples", "pears", "plums", "cherries"]


def tables():
    labels = {"y": "harvest in kg", "before": "last year", "now": "this year"}
    return {"harvest": Bars(FRUITS, labels, before=[310, 190, 240, 65], now=[370, 190, 150, 110])}
