"""Which parts of a line are seen in a box."""

import random
from itertools import pairwise

from pipeline.pdf.lines import Stroke, clipped
from pipeline.pdf.painted import Paint

BOX = 20, 20, 60, 50


def test_what_is_seen_of_a_line_in_a_box_is_what_the_box_has_of_each_part():
    chance = random.Random(5)
    edge = [(20, 20), (60, 20), (60, 50), (20, 50), (40, 20), (40, 80), (80, 35), (0, 35), (20, 0), (20, 90)]
    points = edge + [(chance.uniform(0, 80), chance.uniform(0, 80)) for _ in range(500)]
    stroke = Stroke(0, Paint("line", (0.0,), (0, 0, 80, 90), width=1.0, path=[points, edge[::-1]]))
    wanted = [clipped(*part, BOX) for path in stroke.paint.path for part in pairwise(path)]
    assert stroke.within(BOX) == [part for part in wanted if part]
    assert 100 < len(stroke.within(BOX)) < len(wanted) - 100
