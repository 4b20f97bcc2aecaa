"""Was der Winkelmesser schreibt.

Sechzig Ablesungen des Winkels über zwanzig Sekunden als Punkte, und durch sie die gedämpfte Schwingung, die das Modell
gefunden hat, zwischen zwei gestrichelten Hüllkurven, die langsam enger werden. Darunter die Abweichungen der Punkte vom
Modell als Striche nach oben und unten, regellos um null.
"""

import math

import torch

from pipeline.table import Bars, Curve, Points, Values

AMPLITUDE, DAMPING, PHASE, NOISE = 15.0, 0.09, 0.0, 0.6  # in degrees, 1/s, 1, degrees
LENGTH, GRAVITY = 0.994, 9.81  # in m and m/s²
NATURAL = math.sqrt(GRAVITY / LENGTH)
READINGS, SECONDS = 60, 20.0


def readings():
    """t in s and the angle in degrees, (60,) each: a seconds pendulum in air, read by hand, seen again and again."""
    t = torch.linspace(0.2, SECONDS, READINGS, dtype=torch.float64)
    noise = torch.randn(READINGS, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    frequency = math.sqrt(NATURAL**2 - DAMPING**2)
    return t, AMPLITUDE * torch.exp(-DAMPING * t) * torch.cos(frequency * t + PHASE) + NOISE * noise


def tables(daempfung):
    t, theta = readings()
    net = daempfung.net
    fine = torch.linspace(0, SECONDS, 401, dtype=torch.float64)
    around = net.amplitude * torch.exp(-net.damping * fine)
    left = theta - daempfung(t)
    labels = {"x": "Zeit $t$ in s", "y": r"$\winkel$ in Grad"}
    return {
        "ablesung": Points(t, theta, labels),
        "kurve": Curve(fine, labels, modell=daempfung(fine), oben=around, unten=-around),
        "rest": Bars(t, {"x": labels["x"], "y": "Rest"}, rest=left),
        "values": Values(
            readings=READINGS, seconds=SECONDS, damping=net.damping, frequency=net.frequency, amplitude=net.amplitude,
            natural=NATURAL, rms=left.square().mean().sqrt(), gravity=LENGTH * (net.frequency**2 + net.damping**2),
            half_life=math.log(2) / net.damping, true_damping=DAMPING, noise=NOISE,
        ),
    }  # fmt: skip


def preview(axes, tables):
    axes.draw(axes[0], tables["kurve"], roles=["modell", "vergleich", "vergleich"])
    axes.draw(axes[0], tables["ablesung"], roles=["messung"])
    axes.label(axes[0], **tables["ablesung"].labels)
