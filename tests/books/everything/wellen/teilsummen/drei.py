"""Drei Glieder.

Die Summe aus drei Sinuswellen steigt bei null schon steil an und hat auf jeder Seite drei Buckel um die Stufe herum.
"""

from book.wellen.teilsummen.reihe import preview_of, tables_of


def tables():
    return tables_of(3)


def preview(axes, tables):
    preview_of(axes, tables)
