"""Even and odd.

Four circles at the corners of a square, joined by arrows to and fro: along the rows for the letter a, along the
columns for the letter b. The first circle is green, the others blue.
"""

from pipeline.table import Graph

CORNERS = {"even": (0, 1), "a odd": (1, 1), "b odd": (0, 0), "both odd": (1, 0)}
PAIRS = {"a": [("even", "a odd"), ("b odd", "both odd")], "b": [("even", "b odd"), ("a odd", "both odd")]}


def tables():
    moves = {way: letter for letter, pairs in PAIRS.items() for a, b in pairs for way in ((a, b), (b, a))}
    return {"states": Graph(moves, edge_labels=moves, positions=CORNERS, groups={"even": "rest"})}
