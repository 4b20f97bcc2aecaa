"""What the listing of this chapter quotes; no figure."""


def step(net, optimiser, x, y):
    """One step downhill."""
    loss = (net(x) - y).square().mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
