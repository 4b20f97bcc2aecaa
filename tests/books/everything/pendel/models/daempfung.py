"""A damped swing a exp(−γt) cos(ωt + φ), whose four numbers gradient descent finds from noisy readings."""

import math

import torch
from torch import nn

from book.pendel.messreihe import readings
from pipeline.training import Run

EPOCHS = 700
START = (12.0, 0.06, 2.9, 0.3)  # amplitude in degrees, γ and ω in 1/s, φ


class Swing(nn.Module):
    def __init__(self):
        super().__init__()
        self.amplitude, self.damping, self.frequency, self.phase = (
            nn.Parameter(torch.tensor(value, dtype=torch.float64)) for value in START
        )

    def forward(self, t):
        return self.amplitude * torch.exp(-self.damping * t) * torch.cos(self.frequency * t + self.phase)


def build():
    return Swing()


def train(net, seed):
    rates = {"amplitude": 0.1, "damping": 0.002, "frequency": 0.004, "phase": 0.01}
    groups = [{"params": [parameter], "lr": rates[name]} for name, parameter in net.named_parameters()]
    optimiser = torch.optim.Adam(groups)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    run = Run(net, EPOCHS)
    t, theta = run.moved(*readings())
    for _ in run:
        loss = nn.functional.mse_loss(net(t), theta)
        run.record(loss=loss, damping=net.damping, frequency=net.frequency, rms=math.sqrt(loss.item()))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        slower.step()
    return run.history, run.snapshots
