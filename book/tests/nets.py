"""Nets with weights at random, in the stead of trained ones: what a figure computes of a net it must compute of any."""

import torch

from pipeline.models import Trained

FILMED = sorted({round(2000 * (k / 120) ** 2) for k in range(121)})  # epochs, ever farther apart
# {model: (epochs, names in its history, epochs of its snapshots)}
TRAININGS = {
    "spiral/classifier": (90, ("loss", "accuracy"), (0,)),
    "spiral/linear": (90, ("loss", "accuracy"), ()),
    "spiral/three-arms-linear": (70, ("loss", "accuracy"), ()),
    "spiral/three-arms-relu": (70, ("loss", "accuracy"), ()),
    "spiral/embedding": (90, ("loss", "accuracy"), sorted({300, 1000, *FILMED})),
    "ellipse/cold": (480, ("loss", "w1", "w2"), (0, 24, 72, 480)),
    "ellipse/warm": (480, ("loss", "w1", "w2"), ()),
    "ellipse/conditional": (90, ("loss",), (0,)),
}
LOUD = 3  # so many times the usual weights: such nets are decided
RADII = {"ellipse/cold": (-2.04, -1.4956), "ellipse/warm": (1.83, 1.27)}  # where training would lead, and not quite
WAKES = [(0.26, 0.39), (0.28, 9), (9, 0.42)]  # where the two weights of a sweep's cases leave zero


def net_of(build, seed):
    """A net of that shape, whose parameters are all at random, also those that begin elsewhere."""
    torch.manual_seed(seed)
    net = build().requires_grad_(False).eval()
    for parameter in net.parameters():
        spread = parameter.std() if parameter.numel() > 2 else 1
        parameter.copy_(LOUD * (spread * torch.randn(parameter.shape, dtype=parameter.dtype) + parameter) / 2)
    return net


def fair(build):
    """A classifier in which each class wins somewhere on the square, as it must to have a region."""
    square = torch.cartesian_prod(*[torch.linspace(-1, 1, 15)] * 2)
    nets = (net_of(build, seed) for seed in range(1, 1000))
    return next(net for net in nets if len(net(square).argmax(dim=1).unique()) == net[-1].out_features)


def stand_in(name, module):
    """What a figure gets instead of a trained model."""
    epochs, names, kept = TRAININGS.get(name, (0, (), ()))
    draws = torch.Generator().manual_seed(1)
    history = {each: torch.rand(epochs, generator=draws).tolist() for each in names}
    classifies = name.startswith("spiral") and name in TRAININGS
    net = fair(module.build) if classifies else net_of(module.build, 1)
    if name in RADII:
        net.w.copy_(torch.tensor(RADII[name]))
    if name == "ellipse/collapse":
        net.w.copy_(-2 * (1 - torch.tensor(WAKES)[:, None] / module.BETAS[:, None]).clamp(min=0).sqrt())
    snapshots = {epoch: net_of(module.build, epoch + 2) for epoch in kept}
    return Trained(net, history, snapshots)
