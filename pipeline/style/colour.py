"""How different two colours are to the eyes of a book's readers, and in grey."""

from collections.abc import Mapping
from functools import cache

from coloraide import Color

# Below this difference two colours count as one. A difference of 1 is just seen between large fields side by side; dots
# and thin lines that lie apart take several times as much (Stone, Szafir and Setlur 2014), and a role is to be known at
# a glance.
ALIKE = 10  # CIEDE2000; in grey, L*
EYES = {"normal": "in normal vision", "protan": "to protanopes", "deutan": "to deuteranopes", "tritan": "to tritanopes"}


@cache
def seen(colour: str, eye: str) -> Color:
    """'#RRGGBB' as an eye sees it: protan, deutan by Viénot, Brettel and Mollon (1999), tritan by Brettel, Viénot and
    Mollon (1997)."""
    return Color(colour) if eye == "normal" else Color(colour).filter(eye, 1).clip()


@cache
def distances(one: str, other: str) -> dict[str, float]:
    """{eye or "grey": difference} of two '#RRGGBB': CIEDE2000 (Sharma, Wu and Dalal 2005); in grey, of L* (CIE
    1976)."""
    found = {eye: seen(one, eye).delta_e(seen(other, eye), method="2000") for eye in EYES}
    return found | {"grey": abs(Color(one).convert("lab-d65")["l"] - Color(other).convert("lab-d65")["l"])}


@cache
def luminance(colour: str | tuple[int, int, int]) -> float:
    """Relative luminance of '#RRGGBB' or of (r, g, b) in 0…255 (WCAG 2.2)."""
    rgb = bytes.fromhex(colour[1:]) if isinstance(colour, str) else colour
    linear = [v / 3294.6 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def contrast(one: str | tuple[int, int, int], other: str | tuple[int, int, int]) -> float:
    """Contrast of two such colours, from 1 to 21 (WCAG 2.2). A page asks for it some thousand times: coloraide would
    take longer."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def words(difference: Mapping[str, float]) -> str:
    """What of a distances() is too small, in words."""
    found = [f"ΔE {difference[eye]:.1f} {to_whom}" for eye, to_whom in EYES.items() if difference[eye] < ALIKE]
    return ", ".join(found + [f"ΔL* {difference['grey']:.1f} in grey"] * (difference["grey"] < ALIKE))
