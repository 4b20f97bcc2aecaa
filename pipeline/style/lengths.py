"""TeX's lengths as numbers."""

import re

POINTS = {"pt": 1, "bp": 72.27 / 72, "mm": 72.27 / 25.4, "cm": 72.27 / 2.54, "in": 72.27}


def length(text: str) -> float:
    """A TeX length such as 5.1in, in TeX's points (72.27 to the inch)."""
    if not (found := re.fullmatch(r"(-?[\d.]+)\s*([a-z]{2})", text.strip())):
        raise ValueError(f"'{text}' is no length")
    return float(found[1]) * POINTS[found[2]]
