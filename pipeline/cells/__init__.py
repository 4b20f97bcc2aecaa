"""A chapter's notebook before it is run: what of the chapter's text and of the book's code stands in which cell."""

from pipeline.cells.cells import Cell, cells, edition, figures, models

__all__ = ["Cell", "cells", "edition", "figures", "models"]
