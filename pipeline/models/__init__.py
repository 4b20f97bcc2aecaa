"""Trained models: as they lie on disk, as they are asked for, and what of them a file can keep."""

from pipeline.models.disk import Trained, ask, load, repeatable, save, trained
from pipeline.models.kept import history_of, snapshots_of
from pipeline.models.lost import SAME, lost

__all__ = ["SAME", "Trained", "ask", "history_of", "load", "lost", "repeatable", "save", "snapshots_of", "trained"]
