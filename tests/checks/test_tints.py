"""What a figure's colours mean is the same whether they are looked up one by one or by the hundred."""

import random

from pipeline.checks.tints import DIGITS, Tints, between, same

EXACT = {
    (0.1, 0.2, 0.3): "#1A334D",
    (0.1, 0.2, 0.303): "#1A334E",
    (1.0, 1.0, 1.0): None,
    (0.0, 0.1, 0.2, 0.3): "#AAAAAA",
}
RANGES = [((0.9, 0.1, 0.1), (1.0, 1.0, 1.0), "#E61919")]


def meaning(colour):
    """As it is said: of the first exact one that is the same, or else of the first mix."""
    near = [value for exact, value in EXACT.items() if same(colour, exact)]
    return near[0] if near else next((value for *ends, value in RANGES if between(colour, *ends)), None)


def test_many_at_once_mean_what_each_means():
    chance = random.Random(3)
    colours = [tuple(v + chance.uniform(-1.5, 1.5) * DIGITS for v in exact) for exact in EXACT for _ in range(200)]
    colours += [tuple(a + k / 300 * (b - a) for a, b in zip(*RANGES[0][:2], strict=True)) for k in range(300)]
    colours += [(0.5,), (0.1, 0.2), (0.5, 0.5, 0.5)]
    tints = Tints(EXACT, RANGES)
    tints.learn(colours)
    assert [tints.meaning(colour) for colour in colours] == [*map(meaning, colours)]
    assert [Tints(EXACT, RANGES).meaning(colour) for colour in colours] == [*map(meaning, colours)]
    assert len({*map(meaning, colours)}) == len({*EXACT.values(), RANGES[0][2]})
