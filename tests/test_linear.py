"""Quick layers compute what torch's own do: outputs, losses, gradients, initial weights."""

import pytest
import torch
from torch import nn

from pipeline.linear import MANY, Linear, Linears, cross_entropy, quick

X = torch.randn(MANY, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
Y = torch.arange(MANY) % 5


def gradients(loss, net):
    return torch.autograd.grad(loss, list(net.parameters()))


@pytest.fixture
def net():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 7), nn.ReLU(), nn.Linear(7, 5)).double()


def test_a_quick_net_is_the_same_net(net):
    before, weights = net(X), net.state_dict()
    expected = gradients(nn.functional.cross_entropy(before, Y), net)
    assert quick(net) is net and all(torch.equal(net.state_dict()[name], value) for name, value in weights.items())
    torch.testing.assert_close(net(X), before)
    torch.testing.assert_close(gradients(cross_entropy(net(X), Y), net), expected)
    assert net(X).T.is_contiguous()


@pytest.mark.parametrize("x", [X[0], X[:2], X.reshape(2, -1, 3)], ids=["a point", "a few", "batches"])
def test_other_shapes_go_through_as_ever(net, x):
    expected = net(x)
    assert torch.equal(quick(net)(x), expected)


def test_what_is_not_plainly_linear_is_left_alone():
    class Own(nn.Linear):
        def forward(self, x):
            return x

    net = quick(nn.Sequential(Own(3, 3), nn.Linear(3, 3, bias=False)))
    assert type(net[0]) is Own and type(net[1]) is Linear
    x = X.float()
    assert torch.equal(net(x), nn.functional.linear(x, net[1].weight))


def test_layers_side_by_side_are_those_layers():
    torch.manual_seed(0)
    first, second = ([nn.Linear(*shape).double() for _ in range(4)] for shape in ((3, 7), (7, 5)))
    nets = [nn.Sequential(a, nn.Tanh(), b) for a, b in zip(first, second, strict=True)]
    hidden, output = Linears(first), Linears(second)
    s = output(hidden(X.T).tanh()).mT
    torch.testing.assert_close(s, torch.stack([net(X) for net in nets]))
    losses = torch.stack([nn.functional.cross_entropy(net(X), Y) for net in nets])
    torch.testing.assert_close(cross_entropy(s, Y), losses.mean())
    (weights,) = gradients(cross_entropy(s, Y) * 4, hidden)[:1]
    for k, net in enumerate(nets):
        torch.testing.assert_close(weights[k], gradients(losses[k], net)[0])
