"""Which variables a loop's next turn may still read: by hand, for each kind of statement."""

import ast

import pytest

from pipeline.resuming.live import FUNCTIONS, read_later

CASES = {
    "x = f(a)\nloss = x": ({"f", "a"}, set()),  # x and loss are assigned before anything reads them
    "loss = old\nold = g()": ({"old", "g"}, set()),
    "n += 1": ({"n"}, set()),
    "x[0] = 1": ({"x"}, set()),
    "if a:\n    b = 1\nprint(b)": ({"a", "print", "b"}, set()),
    "if a:\n    b = 1\nelse:\n    b = 2\nprint(b)": ({"a", "print"}, set()),
    "for x in xs:\n    loss = f(x)\nprint(loss)": ({"xs", "f", "print"}, {"loss"}),
    "for x in xs:\n    h = f(h)": ({"xs", "f", "h"}, set()),
    "while a:\n    b = 1\nprint(b)": ({"a", "print", "b"}, set()),
    "with no_grad():\n    y = f()\nprint(y)": ({"no_grad", "f", "print"}, set()),
    "with suppress(E):\n    y = f()\nprint(y)": ({"suppress", "E", "f", "print", "y"}, set()),
    "with open(p) as log:\n    log.write(a)": ({"open", "p", "a"}, set()),
    "try:\n    y = f()\nexcept E:\n    pass\nprint(y)": ({"f", "E", "print", "y"}, set()),
    "step = lambda: k\nstep()": ({"k"}, set()),
    "def step():\n    return k\nstep()": ({"k"}, set()),
    "import math\nmath.pi": (set(), set()),
    "x = y = 1\ndel z\nprint(x, y)": ({"z", "print"}, set()),
    "a, (b, *c) = f()\nprint(a, b, c)": ({"f", "print"}, set()),
    "match a:\n    case 1:\n        b = 2\nprint(b)": ({"a", "print", "b"}, set()),
    "print(epoch)": ({"print"}, set()),  # the loop's own
}  # fmt: skip
AFTER = {  # what follows the loop: what it may read of the last turn
    ("best = f()", "return best"): {"f"},
    ("if a:\n    break\nbest = f()", "return best"): {"a", "f", "best"},
    ("if a:\n    continue\nbest = f()\nprint(best)", "return best"): {"a", "f", "print", "best"},
    ("pass", "return total"): {"total"},
    ("for x in xs:\n    y = x", "return y"): {"xs"},
}


def turn(body, after="pass"):
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    tree = ast.parse(f"def train():\n    for epoch in run:\n{lines}    {after}\n")
    (function,) = (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS) and node.lineno == 1)
    return read_later(function, function.body[0])


@pytest.mark.parametrize("body", CASES)
def test_what_the_next_turn_may_read(body):
    found, (read, filled) = turn(body), CASES[body]
    assert (found.read, found.filled) == (read, filled)


@pytest.mark.parametrize(("body", "after"), AFTER)
def test_what_follows_may_read(body, after):
    assert turn(body, after).read == AFTER[body, after]
