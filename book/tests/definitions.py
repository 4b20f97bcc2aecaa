"""The chapters' formulas in NumPy and double precision, term by term as the text has them; nothing of the modules that
draw the figures is used."""

import math

import numpy as np
from matplotlib.path import Path as Outline

# Spiral -------------------------------------------------------------------------------------------------------------


def array(numbers):
    return np.asarray(numbers.detach() if hasattr(numbers, "detach") else numbers, dtype=float)


def forward(net, x):
    """The linear output (n, classes) of a net of affine layers and (·)⁺, for x (n, 2)."""
    h = array(x)
    for layer in net:
        h = h @ array(layer.weight).T + array(layer.bias) if hasattr(layer, "weight") else np.where(h > 0, h, 0)
    return h


def softargmax(s, beta=1):
    """exp(β s_k) / Σ_j exp(β s_j) of the last axis; what is common to numerator and denominator is taken out."""
    e = np.exp(beta * (s - s.max(axis=-1, keepdims=True)))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(s):
    """−log softargmax(s)[k] for each k, as the log of the sum of exp(s_j − s_k), in the last axis."""
    return np.stack([np.log(np.exp(s - s[..., k, None]).sum(axis=-1)) for k in range(s.shape[-1])], axis=-1)


# Ellipse ------------------------------------------------------------------------------------------------------------

Z = np.array([k * math.pi / 24 for k in range(48)])
TURN = np.append(Z, 2 * math.pi)
UNTRAINED = np.array([-1.45265, 0.35856])


def points(w, z=Z):
    """g(z) of shape (k, 2)."""
    w = array(w)
    return np.array([[w[0] * math.cos(each), w[1] * math.sin(each)] for each in z])


def energies(y, w, z=Z):
    """E(y, z) = (y₁ − w₁ cos z)² + (y₂ − w₂ sin z)² of shape (…, k) for y (…, 2)."""
    y, w = array(y), array(w)
    return (y[..., 0, None] - w[0] * np.cos(z)) ** 2 + (y[..., 1, None] - w[1] * np.sin(z)) ** 2


def free_energy(y, w, beta=math.inf, z=Z):
    """F_β(y) of shape (…,)."""
    e = energies(y, w, z)
    return e.min(axis=-1) if beta == math.inf else -np.log(np.exp(-beta * e).mean(axis=-1)) / beta


def votes(y, w, beta, z=Z):
    """The Gibbs weights, (…, k)."""
    p = np.exp(-beta * energies(y, w, z))
    return p / p.sum(axis=-1, keepdims=True)


def downhill(function, at, step=1e-5):
    """−∇f at points (n, d) by central differences: (n, d)."""
    ways = step * np.eye(at.shape[1])
    return np.stack([(function(at - way) - function(at + way)) / (2 * step) for way in ways], axis=1)


def taking_part(p):
    """exp of the entropy of weights (…, k)."""
    return np.exp(-(p * np.log(np.where(p > 0, p, 1))).sum(axis=-1))


# Tables -------------------------------------------------------------------------------------------------------------


def columns(table, *names):
    """Some columns side by side, (rows, columns); all where none is named."""
    return np.column_stack([table.columns[name] for name in names or table.columns])


def inside(region, at):
    """Which of the points (n, 2) a region holds, by the even-odd rule."""
    rings = [Outline(columns(region, "x", "y")[piece]) for piece in region.pieces()]
    return np.logical_xor.reduce([ring.contains_points(at) for ring in rings])


def grid(half_width, columns, half_height=None, rows=None):
    """The inner nodes of a grid over a window about the origin, (n, 2)."""
    x = np.linspace(-half_width, half_width, columns)
    y = np.linspace(-(half_height or half_width), half_height or half_width, rows or columns)
    return np.stack(np.meshgrid(x[1:-1], y[1:-1]), axis=-1).reshape(-1, 2)


def is_above(region, level, at, height, within=1e-4):
    """Asserts that a region holds those nodes of its grid, at (n, 2), where the height (n,) is above a level.

    Those that are within a share of the heights' spread of it may be on either side."""
    clear = abs(height - level) > within * (height.max() - height.min())
    np.testing.assert_array_equal(inside(region, at)[clear], (height > level)[clear])
    assert clear.mean() > 0.9


def follows(region, level, height, *axes):
    """Asserts that a region's outline, but for the rim of its window, is where a height is at a level: between two
    neighbours of its grid, linearly.

    height : of points (n, 2); axes : (half the window's side, nodes), across and up.
    """
    half, nodes = np.array([*axes, *axes][:2], dtype=float).T
    step, at = 2 * half / (nodes - 1), columns(region, "x", "y")
    place = ((at + half) / step)[(np.abs(at) < half - 1e-5).all(axis=1)]
    low, high = np.floor(place + 1e-4), np.ceil(place - 1e-4)
    assert ((high - low).sum(axis=1) <= 1).all()
    a, b, share = height(low * step - half), height(high * step - half), (place - low).sum(axis=1)
    off = np.abs((1 - share) * a + share * b - level)
    assert (off <= 3e-4 * np.abs(a - b) + 1e-5 * max(1, abs(level))).all(), (level, off.max())


def check_manifold(table, w):
    """Asserts that a line goes once around through the points g(z)."""
    np.testing.assert_allclose(columns(table, "x", "y"), points(w, TURN), rtol=1e-6, atol=1e-6)


def stand_clear(names, tables, half, box):
    """Each arm's name is nearest to its own arm; its box, of half so much in both directions, is in the frame and clear
    of all points."""
    arms = [columns(tables[f"arm-{k}"], "x", "y") for k in range(len(names))]
    assert (np.abs(names) + box < half).all()
    for k, name in enumerate(np.array(names)):
        away = [np.linalg.norm(arm - name, axis=1).min() for arm in arms]
        assert np.argmin(away) == k
        assert (np.abs(np.concatenate(arms) - name) > box).any(axis=1).all()
