"""Makes the gallery, a site of all figures, of files alone.

Any browser opens it from the disk, any host serves it: build/gallery/index.html is its first page.
"""

from pathlib import Path

from pipeline.cli import run
from pipeline.html.publish import files_of, published
from pipeline.html.site import Site
from pipeline.project.book import Book
from pipeline.records.reads import taken_down


def gallery(book: Book) -> None:
    with taken_down(book, book.gallery):
        published(Path(book.gallery).parent, files_of(Site(book)))


if __name__ == "__main__":
    run(gallery, __doc__)
