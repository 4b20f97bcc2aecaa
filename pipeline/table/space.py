"""Tables of what lies in space."""

from pipeline.table.kinds import Path2D


class Path3D(Path2D):
    """Lines in space, with blank lines between them.

    pieces : a line each, of shape (n, 3), where n may differ; more : further columns, a list each, in which every piece
    has one number, or a vector of shape (n,).
    """

    AXES = along = "xyz"
