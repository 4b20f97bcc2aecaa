"""Neun Glieder.

Neun Glieder folgen der Stufe mit neun kleinen Wellen auf jeder Seite; die Spitzen neben dem Sprung bleiben stehen.
"""

from book.wellen.teilsummen.reihe import preview_of, tables_of


def tables():
    return tables_of(9)


def preview(axes, tables):
    preview_of(axes, tables)
