"""Trained models: as they lie on disk, as they are asked for, and what of them a file can keep.

A figure's tables(regression) is given a Trained for each model that it asks for by a parameter's name; so is a model's
train(net, seed, teacher). All else here is the pipeline's own.
"""

from pipeline.models.disk import Trained, ask, load, repeatable, save, trained
from pipeline.models.kept import history_of, snapshots_of
from pipeline.models.lost import SAME, lost

__all__ = ["SAME", "Trained", "ask", "history_of", "load", "lost", "repeatable", "save", "snapshots_of", "trained"]
