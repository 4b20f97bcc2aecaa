"""The appendix's methods against the powers of their matrices."""

import numpy as np
import pytest

METHODS = {  # of ẍ = −x, as what one step makes of (x, v)
    "euler": lambda h: [[1, h], [-h, 1]],
    "sprung": lambda h: [[1 - h**2 / 2, h], [-h + h**3 / 4, 1 - h**2 / 2]],
    "kutta": lambda h: [[1 - h**2 / 2 + h**4 / 24, h - h**3 / 6], [-h + h**3 / 6, 1 - h**2 / 2 + h**4 / 24]],
}


@pytest.mark.oracle("anhang/schrittweite", "closed form")
@pytest.mark.parametrize("name", METHODS)
def test_errors_are_those_of_matrix_powers(computed, name):
    found = computed("anhang/schrittweite")
    h = found["fehler"].x
    steps = np.rint(2 * np.pi / h).astype(int)
    ends = [np.linalg.matrix_power(np.array(METHODS[name](w)), n) @ [1, 0] for w, n in zip(h, steps, strict=True)]
    errors = np.hypot(*(np.array(ends) - [1, 0]).T)
    np.testing.assert_allclose(getattr(found["fehler"], name), errors, rtol=1e-3, atol=1e-13)
    order = {"euler": 1, "sprung": 2, "kutta": 4}[name]
    assert found["values"][f"slope-{name}"] == pytest.approx(order, abs=0.05)
