"""The colours that xcolor has by name, as mixes of the house's palette: `python -m pipeline.style.foreign` writes
templates/foreign.tex.

The palette's light column decides, for all editions: a picture from elsewhere is drawn in the same roles in each.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from coloraide import Color

from pipeline.files import write
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import Stylesheet

TARGET = Path("templates/foreign.tex")
BASE = {  # that it has without a list, besides those of the house's names
    "cyan": (0, 1, 1), "magenta": (1, 0, 1), "brown": (0.75, 0.5, 0.25), "lime": (0.75, 1, 0), "olive": (0.5, 0.5, 0),
    "purple": (0.75, 0, 0.25), "teal": (0, 0.5, 0.5),
}  # fmt: skip
LISTS = ("dvipsnam.def", "svgnam.def", "x11nam.def")
NAMED = re.compile(r"^([A-Z]\w+),([\d.]+),([\d.]+),([\d.]+)\b|\{named\}\{(\w+)\}\s*\{cmyk\}\{([\d.,]+)\}", re.MULTILINE)
LIGHT, VIVID = (
    0.8,
    0.1,
)  # OKLCH's lightness and chroma: what is lighter and less vivid is pale, a tint as the edition has them
GREYS = (0, 10, 25, 40, 50, 60, 75, 90, 100)  # of ink
GREYISH = 0.03  # OKLCH's chroma of what is a grey


def named() -> Iterator[tuple[str, Color]]:
    """(name, colour) of all that xcolor has, each once."""
    yield from ((name, Color("srgb", list(rgb))) for name, rgb in BASE.items())
    found = subprocess.run(["kpsewhich", *LISTS], capture_output=True, encoding="utf-8", check=True).stdout.split()
    seen = set()
    for match in NAMED.finditer("\n".join(Path(path).read_text(encoding="utf-8") for path in found)):
        if (name := match[1] or match[5]) not in seen:
            seen.add(name)
            if match[1]:
                yield name, Color("srgb", [float(match[k]) for k in (2, 3, 4)])
            else:
                *inks, black = map(float, match[6].split(","))
                yield name, Color("srgb", [1 - min(1, ink + black) for ink in inks])


def said(name: str, palette: Mapping[str, str]) -> str | None:
    """The palette's colour that a name says, the last of several: BlueViolet is a violet."""
    words = name.lower().replace("gray", "grey")
    places = {words.rfind(colour): colour for colour in palette if colour in words}
    return places[max(places)] if places else None


def mix(name: str, colour: Color, palette: Mapping[str, str]) -> str:
    """The mix of the palette that stands for a colour, as xcolor writes it: of the colour that its name says, or of the
    one whose hue is nearest; a grey is a mix of ink and paper, the nearest in OKLab.

    palette : {name: '#RRGGBB'} of the colours that are inks.
    """
    word, (lightness, chroma, hue) = said(name, palette), colour.convert("oklch").coords(nans=False)
    if word == "grey" or (not word and chroma < GREYISH):
        share = min(GREYS, key=lambda k: colour.distance(Color("#000000").mix("#FFFFFF", 1 - k / 100), space="oklab"))
        return {0: "paper", 100: "ink"}.get(share, f"ink!{share}!paper")
    hues = {ink: Color(value).convert("oklch")["hue"] for ink, value in palette.items() if ink != "grey"}
    ink = word or min(hues, key=lambda ink: abs((hues[ink] - hue + 180) % 360 - 180))
    return rf"{ink}!\tint!paper" if lightness > LIGHT and chroma < VIVID else ink


def lines() -> str:
    """The file: a line a mix, with the names that it stands for."""
    style = Stylesheet.of(Path("templates"), rf"\newcommand{{\palette}}{{{COLUMNS[1]}}}")
    mixes: dict[str, list[str]] = {}
    for name, colour in named():
        mixes.setdefault(mix(name, colour, style.inks), []).append(name)
    head = "% What xcolor's colours are in the palette: python -m pipeline.style.foreign\n"
    return head + "".join(rf"\foreign{{{mix}}}{{{','.join(sorted(mixes[mix]))}}}" + "\n" for mix in sorted(mixes))


if __name__ == "__main__":
    write(TARGET, lines())
