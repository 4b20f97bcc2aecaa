"""Makes one figure's pictures for the web, in one edition: SVG, WebP, and PNG.

They lie in build/web/figures/. The SVG is what pages show; the WebP is small, for pages that show many; the PNG has the
size that posts have.
"""

from pathlib import Path

from pipeline.cli import run
from pipeline.files import whole, write
from pipeline.html.pictures import card, of_pdf, thumbnail
from pipeline.project.book import Book


def svg(book: Book, name: str, edition: str) -> None:
    pdf, target = book.figure(edition, name), Path(book.svg(edition, name))
    for ending, picture in ((".webp", thumbnail(pdf)), (".png", card(pdf))):
        with whole(target.with_suffix(ending)) as aside:
            aside.write_bytes(picture)
    write(target, of_pdf(pdf))


if __name__ == "__main__":
    run(svg, __doc__, "figure", "edition")
