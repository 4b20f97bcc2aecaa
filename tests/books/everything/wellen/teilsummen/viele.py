"""Dreiunddreißig Glieder.

Dreiunddreißig Glieder decken die Stufe fast ganz; nur unmittelbar neben dem Sprung steht auf jeder Seite noch eine
schmale Spitze, so hoch wie zuvor.
"""

from book.wellen.teilsummen.reihe import preview_of, tables_of


def tables():
    return tables_of(33)


def preview(axes, tables):
    preview_of(axes, tables)
