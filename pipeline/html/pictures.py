"""Pictures for pages, made of PDFs."""

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image

from pipeline.errors.author import AuthorError
from pipeline.html.svg import small

SMALL = 640  # pixels: twice the width at which a page shows many
CARD = 1200, 630  # pixels of a picture for posts, as Open Graph's readers show it
RIM = 40  # pixels around a figure on it


def run(*command: str | Path) -> bytes:
    """What one of poppler's programs prints."""
    done = subprocess.run([*map(str, command)], capture_output=True)
    if done.returncode:
        raise AuthorError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def of_pdf(pdf: str | Path) -> str:
    """A PDF's only page as a small SVG."""
    return small(run("pdftocairo", "-svg", pdf, "-").decode("utf-8"))


def pixels(pdf: str | Path, width: int, height: int) -> Image.Image:
    """The same in pixels; a width or height of -1 follows from the other. What is half a page's at its edges goes."""
    sizes = ["-scale-to-x", str(width), "-scale-to-y", str(height)]
    found = Image.open(BytesIO(run("pdftocairo", "-png", "-singlefile", *sizes, pdf, "-"))).convert("RGB")
    return found.crop((1, 1, found.width - 1, found.height - 1))


def thumbnail(pdf: str | Path) -> bytes:
    """The same as a small WebP."""
    pixels(pdf, SMALL, -1).save(out := BytesIO(), "WEBP", quality=80, method=6)
    return out.getvalue()


def webp(png: str | Path) -> bytes:
    """A PNG as a WebP in which nothing that is seen is lost."""
    Image.open(png).convert("RGB").save(out := BytesIO(), "WEBP", quality=92, method=6)
    return out.getvalue()


def card(pdf: str | Path) -> bytes:
    """The same as a PNG for posts: the figure, on its own paper."""
    width, height = CARD[0] - 2 * RIM, CARD[1] - 2 * RIM
    figure = pixels(pdf, width, -1)
    if figure.height > height:
        figure = pixels(pdf, -1, height)
    whole = Image.new("RGB", CARD, figure.getpixel((0, 0)))
    whole.paste(figure, ((CARD[0] - figure.width) // 2, (CARD[1] - figure.height) // 2))
    whole.save(out := BytesIO(), "PNG")
    return out.getvalue()
