"""The pendulum that the chapter's figures share, in units of its length and of its small swings: θ̈ = −sin θ."""

import math

import torch

LENGTH, GRAVITY = 0.994, 9.81  # in m and m/s²: a seconds pendulum
NATURAL = math.sqrt(GRAVITY / LENGTH)  # angular frequency of small swings, in 1/s


def energy(theta, omega):
    """Energy in units of m g l, 0 at rest below and 2 at rest above."""
    return omega**2 / 2 + 1 - torch.cos(theta)


def swing(start, times):
    """The angle over equally spaced times, in units of 1/ω₀, of pendulums let go at angles `start` (n,): (times, n).

    By Runge and Kutta's classic method, a tenth of the times' step at a time.
    """
    h = float(times[1] - times[0]) / 10
    theta, omega = start.double().clone(), torch.zeros(len(start), dtype=torch.float64)
    found = [theta]
    for _ in times[1:]:
        for _ in range(10):
            a1, b1 = omega, -theta.sin()
            a2, b2 = omega + h / 2 * b1, -(theta + h / 2 * a1).sin()
            a3, b3 = omega + h / 2 * b2, -(theta + h / 2 * a2).sin()
            a4, b4 = omega + h * b3, -(theta + h * a3).sin()
            theta = theta + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
            omega = omega + h / 6 * (b1 + 2 * b2 + 2 * b3 + b4)
        found.append(theta)
    return torch.stack(found)


def period(start):
    """T/T₀ of a pendulum let go at an angle, by Gauß's arithmetic-geometric mean: 1/agm(1, cos(θ₀/2))."""
    a, b = torch.ones_like(start), torch.cos(start / 2)
    for _ in range(6):
        a, b = (a + b) / 2, torch.sqrt(a * b)
    return 1 / a
