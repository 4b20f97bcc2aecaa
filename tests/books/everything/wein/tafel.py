"""Vier Größen, drei Sorten.

Eine Tafel mit vier Zeilen, Alkohol, Flavonoide, Farbtiefe und Prolin, und einer Spalte für jede Sorte: in jedem Feld der
Mittelwert und dahinter, kleiner, die Standardabweichung.
"""

from book.wein.data import NAMES, SORTS, column, wines
from pipeline.table import Values

ROWS = ("alcohol", "flavanoids", "color_intensity", "proline")
DIGITS = (1, 2, 1, 0)  # behind the comma


def tables():
    x, y = wines()
    own = [[x[y == k, column(row)] for k in range(len(SORTS))] for row in ROWS]
    return {
        "values": Values(
            means=[[cell.mean().item() for cell in row] for row in own],
            spreads=[[cell.std().item() for cell in row] for row in own],
            digits=DIGITS,
        )
    }


assert set(ROWS) <= set(NAMES)
