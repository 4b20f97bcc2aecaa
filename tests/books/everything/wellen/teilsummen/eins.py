"""Ein Glied.

Eine Sinuswelle über einer eckigen Stufe von −1 auf 1, der sie nur ungefähr folgt: sie ragt in der Mitte jeder
Hälfte deutlich über die Stufe hinaus.
"""

from book.wellen.teilsummen.reihe import preview_of, tables_of


def tables():
    return tables_of(1)


def preview(axes, tables):
    preview_of(axes, tables)
