"""What a model's file would lose is told by its dotted name; what it keeps is not."""

import copy
import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

from pipeline import models
from pipeline.linear import quick


class Net(nn.Module):
    """A net with something of each kind that an author may give it."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), weight_norm(nn.Linear(2, 2)))
        self.tied = nn.Linear(2, 2)
        self.tied.weight = self.body[0].weight
        self.temperature, self.name, self.missing, self.odd = 1.0, "net", None, math.nan
        self.scale, self.grid = torch.ones(2), np.ones(2)
        self.sizes = {"in": [2, 2], "out": (2, torch.ones(1))}
        self.config = SimpleNamespace(beta=1.0)
        self.heads = [nn.Linear(2, 1)]
        self.activation = torch.relu
        self.noise = torch.Generator()
        self.register_buffer("kept", torch.zeros(2))
        self.register_buffer("passing", torch.zeros(2), persistent=False)


def trained(tmp_path, change):
    """[dotted names] of what is lost of a net that has been changed, saved and loaded."""
    torch.manual_seed(0)
    build = Net if change is not lazily else lazy
    with models.disk.seeded(3):
        net = build()
    change(quick(net))
    models.save(tmp_path / "net.pt", net, {}, {})
    found = list(models.lost(net, quick(models.load(tmp_path / "net.pt", build, seed=3).net)))
    assert all(len(what) < 200 and hint.format(part) for part, what, hint in found)
    return [part for part, *_ in found]


def lazy():
    return nn.Sequential(nn.LazyLinear(3), nn.ReLU(), nn.LazyBatchNorm1d())


def lazily(net):
    net(torch.randn(4, 5))


def learn(net):
    with torch.no_grad():
        for parameter in [*net.parameters(), net.kept]:
            parameter += 1
    net.body(torch.randn(4, 2))  # the running mean
    torch.rand(1, generator=net.noise)
    net.body[0].requires_grad_(False)
    net.body[1].eval()


@pytest.mark.parametrize("change", [learn, lazily, lambda net: None])
def test_what_the_file_keeps_is_not_told_of(tmp_path, change):
    assert trained(tmp_path, change) == []


def setting(name, value):
    """A change of an attribute by its dotted name."""

    def change(net):
        *path, last = name.split(".")
        for part in path:
            net = getattr(net, part)
        setattr(net, last, value)

    return change


def added(net):
    net.body.register_forward_hook(lambda module, inputs, output: 2 * output)


def in_list(net):
    net.heads[0].weight.data += 1


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (setting("temperature", 0.5), "temperature"),
        (setting("temperature", np.float64(1)), "temperature"),
        (setting("temperature", torch.tensor(1.0)), "temperature"),
        (setting("odd", 1.0), "odd"),
        (setting("name", "other"), "name"),
        (setting("missing", 3), "missing"),
        (setting("fresh", torch.ones(1)), "fresh"),
        (setting("fresh", [1, 2]), "fresh"),
        (lambda net: net.scale.mul_(2), "scale"),
        (lambda net: net.grid.__imul__(2), "grid"),
        (lambda net: net.sizes["in"].append(3), "sizes['in']"),
        (lambda net: net.sizes["out"][1].zero_(), "sizes['out'][1]"),
        (setting("config.beta", 2.0), "config.beta"),
        (in_list, "heads[0].weight"),
        (setting("activation", torch.tanh), "activation"),
        (setting("passing", torch.ones(2)), "passing"),
        (setting("body.momentum", 0.5), "body.momentum"),
        (lambda net: setattr(net.body[1], "eps", 0.1), "body.1.eps"),
        (added, "body"),
        (lambda net: net.double(), "body.0.weight"),
        (lambda net: net.body.__setitem__(2, nn.Identity()) or net.register_module("body", net.body), None),
    ],
)
def test_what_it_loses_is_told_by_its_name(tmp_path, change, name):
    if name is None:  # other layers: torch itself says so
        with pytest.raises(RuntimeError, match="Missing key"):
            trained(tmp_path, change)
    else:
        assert name in trained(tmp_path, change)


def test_a_copy_in_memory_has_lost_nothing():
    net = Net()
    assert list(models.lost(net, copy.deepcopy(net))) == []
