"""The book's text face and colour maps, as Matplotlib finds them."""

import logging
import shutil
import subprocess
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap

from pipeline.style.stylesheet import Stylesheet


def faces(stem: str) -> list[str]:
    """Files of a face: the system's or, where it does not know of TeX's fonts, TeX's."""
    found = [path for path in font_manager.findSystemFonts(fontext="ttf") if Path(path).stem.lower().startswith(stem)]
    names = [f"{stem}-{cut}.otf" for cut in ("regular", "italic", "bold", "bolditalic")]
    if found or not shutil.which("kpsewhich"):
        return found
    lines = subprocess.run(["kpsewhich", *names], capture_output=True, text=True, encoding="utf-8").stdout.splitlines()
    return [line for line in lines if line]  # TeX Live 2026 has an empty one for what it does not find


def find_face(style: Stylesheet) -> list[str]:
    """Lets Matplotlib find the book's text face. Returns what is lacking, in notes."""
    face = style.macros["textface"][2]
    for path in faces(face.replace(" ", "").lower()):
        font_manager.fontManager.addfont(path)
    try:
        font_manager.findfont(face, fallback_to_default=False, rebuild_if_missing=False)
    except ValueError:
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # would say so for each glyph's sake
        return [
            f"the face {face} is not installed; the preview is drawn in another (`make setup` installs it, or says how)"
        ]
    return []


def prepare(style: Stylesheet) -> list[str]:
    """The same, and the book's colour maps by name."""
    for name, stops in style.scales.items():
        matplotlib.colormaps.unregister(name)  # of another edition
        matplotlib.colormaps.register(LinearSegmentedColormap.from_list(name, stops))
    return find_face(style)
