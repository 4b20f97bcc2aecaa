"""Two crops, three fields, four kinds of bars.

The same six numbers four times: side by side, upon one another, lying side by side, and lying upon one another.
"""

from pipeline.table import Bars

FIELDS, WHEAT, RYE = ["A", "B", "C"], [4.2, 5.1, 3.6], [2.8, 2.4, 3.1]


def tables():
    ways = {
        "bars": {},
        "stacked": {"stacked": True},
        "lying": {"lying": True},
        "both": {"stacked": True, "lying": True},
    }
    return {name: Bars(FIELDS, wheat=WHEAT, rye=RYE, **way) for name, way in ways.items()}
