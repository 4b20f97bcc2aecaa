"""Golden pictures: what the small books drew when somebody last looked.

Those of docs/reference.md are each figure of its book, the dark edition beside the light one, and the pages of its
chapter on floats; those in tests/pictures/ are the figures and previews of the minimal book; and those of README.md,
docs/<figure>-<edition>.png, are figures of the book itself.

    make docs

draws anew what an eye sees to be otherwise.
"""

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # where `pipeline` is

from pipeline.project.book import Book
from pipeline.regression.seen import difference
from pipeline.style.stylesheet import Stylesheet

BOOK, FOLDER = Path("tests/books/reference"), ROOT / "docs/reference"
MINIMAL, TINY = Path("tests/books/minimal"), ROOT / "tests/pictures"
PAGES = "floats"  # the chapter whose pages are shown, those with a label page:…, and not its figures one by one
EDITIONS = "dark", "light"
DOTS, PAGE_DOTS, RIM = 110, 76, 10  # an inch; an inch; dots around each half
FOOT = 0.1  # of a page, which has the build's stamp in it
COLOURS, SMALL = (192, 128, 64), 40_000  # in a file, the first that make it small; bytes
# What other versions of TeX, of fonts' outlines and of rasterisers may make of a picture: a line or letter that falls
# upon the dots in another way is 0.14 apart, a tick on the other side of its axis 0.2; and how many dots may be so.
FAR, MANY = 0.18, 0.02


def drawn(pdf: Path | str, dots: int, page: int = 1) -> Image.Image:
    """A page of a PDF, counted from 1, without the last row and column, which are half a dot beyond it."""
    command = ["pdftoppm", "-r", str(dots), "-f", str(page), "-l", str(page), "-png", str(pdf)]
    page = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")
    return page.crop((0, 0, page.width - 1, page.height - 1))


def pages(book: Book, edition: str) -> dict[str, int]:
    """{name: number of the page in the PDF} of the labels page:name."""
    labels = json.loads(Path(book.labels(edition)).read_text(encoding="utf-8"))
    with pikepdf.open(book.pdf(edition)) as pdf:
        places = {name: place.D[0].objgen for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found = {name.removeprefix("page:"): label for name, label in labels.items() if name.startswith("page:")}
    return {name: numbers[places[label.split("{")[-2].rstrip("}")]] for name, label in found.items()}


def beside(halves: list[Image.Image], papers: list[str]) -> Image.Image:
    """Pictures side by side, each with a rim in its edition's paper."""
    height = max(half.height for half in halves) + 2 * RIM
    whole = Image.new("RGB", (sum(half.width + 2 * RIM for half in halves), height))
    at = 0
    for half, paper in zip(halves, papers, strict=True):
        whole.paste(paper, (at, 0, at + half.width + 2 * RIM, height))
        whole.paste(half, (at + RIM, (height - half.height) // 2))
        at += half.width + 2 * RIM
    return whole


def trimmed(page: Image.Image) -> Image.Image:
    """A page as wide as it is, without its foot and what is empty above and below."""
    page = page.crop((0, 0, page.width, round(page.height * (1 - FOOT))))
    _, top, _, bottom = ImageChops.difference(page, Image.new("RGB", page.size, page.getpixel((0, 0)))).getbbox()
    return page.crop((0, top, page.width, bottom))


def shown(book: Book) -> list[str]:
    """The figures that have a picture of their own."""
    return [name for name in book.figures if name.split("/")[0] != PAGES]


def pictures(book: Book) -> dict[str, Image.Image]:
    """{name of a file without its ending: the picture that the built book has today}."""
    found = {
        name.replace("/", "-"): [drawn(book.figure(edition, name), DOTS) for edition in EDITIONS]
        for name in shown(book)
    }
    numbers = [pages(book, edition) for edition in EDITIONS]
    for name in numbers[0]:
        found[f"{PAGES}-{name}"] = [
            trimmed(drawn(book.pdf(edition), PAGE_DOTS, number[name]))
            for edition, number in zip(EDITIONS, numbers, strict=True)
        ]
    papers = [Stylesheet.read(book.edition_file(edition)).colours["paper"] for edition in EDITIONS]
    return {name: beside(halves, papers) for name, halves in found.items()}


def tiny(book: Book) -> dict[str, Image.Image]:
    """The same of the figures and previews of a book that has no pages to show."""
    papers = [Stylesheet.read(book.edition_file(edition)).colours["paper"] for edition in EDITIONS]
    found = {name: [drawn(book.figure(edition, name), DOTS) for edition in EDITIONS] for name in book.figures}
    for name in book.computed:
        previews = (Image.open(book.preview(edition, name)).convert("RGB") for edition in EDITIONS)
        found[f"preview-{name}"] = [picture.reduce(2) for picture in previews]
    return {name.replace("/", "-"): beside(halves, papers) for name, halves in found.items()}


def fronts(book: Book) -> dict[str, Image.Image]:
    """The same of the figures that README.md shows, one edition each."""
    named = re.findall(r"\(docs/([\w-]+)-(\w+)\.png\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    figures = {figure.target: figure.name for figure in book.figures.values()}
    papers = {edition: Stylesheet.read(book.edition_file(edition)).colours["paper"] for edition in EDITIONS}
    return {
        f"{target}-{edition}": beside([drawn(book.figure(edition, figures[target]), DOTS)], [papers[edition]])
        for target, edition in named
    }


def changed(golden: Image.Image, today: Image.Image) -> bool:
    """Whether an eye sees that a picture is not the golden one, which has few colours."""
    found, blurred = difference(golden, today), difference(Image.open(BytesIO(few(today))), today)
    return found.resized or found.greatest > FAR or found.share > blurred.share + MANY


def few(picture: Image.Image) -> bytes:
    """A file of a picture, in as many colours as leave it small."""
    for colours in COLOURS:
        less = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        less.save(file := BytesIO(), "PNG", optimize=True)
        if file.tell() < SMALL:
            break
    return file.getvalue()


def renew(folder: Path, made: dict[str, Image.Image]) -> None:
    """Writes the pictures that are new or have changed; removes those of what is no more."""
    folder.mkdir(exist_ok=True)
    for file in {*folder.glob("*.png")} - {folder / f"{name}.png" for name in made}:
        file.unlink()
    for name, picture in made.items():
        file = folder / f"{name}.png"
        if not file.is_file() or changed(Image.open(file), picture):
            file.write_bytes(few(picture))
            print(f"{file.relative_to(ROOT)}  {file.stat().st_size / 1024:.0f} KB", file=sys.stderr)


def main() -> None:
    renew(FOLDER, pictures(Book(BOOK)))
    renew(TINY, tiny(Book(MINIMAL)))
    renew(ROOT / "docs", fronts(Book("book")))


if __name__ == "__main__":
    main()
