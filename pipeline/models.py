"""Trained models on disk: a state dict, a history and snapshots, read with weights_only=True."""

import os
import pickle
from pathlib import Path

import torch
import torch._inductor.config  # noqa: F401  # use_deterministic_algorithms() imports it, in 0.9 s that a server of jobs has spent

from pipeline.errors.author import AuthorError


class Trained:
    """A trained net as a figure gets it: call it like the net.

    history : {name: [value an epoch]}; snapshots : {epoch: net as it was after that many epochs}.
    """

    def __init__(self, net, history, snapshots):
        self.net, self.history, self.snapshots = net, history, snapshots

    def __call__(self, *inputs):
        return self.net(*inputs)


def repeatable():
    """One thread a job and deterministic algorithms: equal builds give equal bytes."""
    os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"  # what these algorithms ask of a GPU
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def save(path, net, history, snapshots):
    """Writes CPU tensors, wherever the net is."""
    weights = {name: value.cpu() for name, value in net.state_dict().items()}
    with open(path, "wb") as file:  # given a path, torch would write its name into the file
        torch.save({"net": weights, "history": history, "snapshots": snapshots}, file)


def load(path, build):
    """The Trained in a file; `build` makes the net's shape."""
    try:
        saved = torch.load(Path(path), weights_only=True)
    except (pickle.UnpicklingError, EOFError, RuntimeError):  # more than numbers; cut short; not torch's
        raise AuthorError(f"{path}: is no model that this pipeline saved, and was not read; delete it and build again") from None

    def restored(state):
        net = build().requires_grad_(False).eval()
        net.load_state_dict(state)
        return net

    return Trained(restored(saved["net"]), saved["history"], {e: restored(s) for e, s in saved["snapshots"].items()})
