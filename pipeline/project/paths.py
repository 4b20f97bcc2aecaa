"""Where everything goes that is made of a book."""

from pathlib import Path


def canonical(root):
    """A folder's one path, however it is spelled: from here where it lies below, else from the top; links are
    followed."""
    real, here = Path(root).resolve(), Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else real


def build_folder(root):
    """build/ for the book in book/; for any other, build/ and its path, so that no two books share a folder."""
    here, there = Path.cwd(), root.resolve()
    if there == here / "book":
        return Path("build")
    return Path("build", *(there.relative_to(here).parts if there.is_relative_to(here) else there.parts[1:]))


class Paths:
    """Of a book's sources, below `root`, and of what is made of them, below `build`.

    Given a pattern such as "{figure}", they are the patterns of Snakemake's rules.
    """

    root: Path
    build: Path

    contents = property(lambda self: f"{self.build}/contents.txt")
    macros = property(lambda self: f"{self.build}/web/macros.json")
    css = property(lambda self: f"{self.build}/web/book.css")

    def model(self, name):
        return f"{self.build}/models/{name}.pt"

    def tables(self, name):
        return f"{self.build}/tables/{name}"

    def values(self, name):
        return f"{self.tables(name)}/values.json"

    def lines(self, name):
        """Where each line of a picture comes from: what the figure's errors are told by."""
        return f"{self.build}/pictures/{name}.lines"

    def sums(self, name):
        """The checksums of a figure's tables: what Snakemake compares, contents in one small file."""
        return f"{self.tables(name)}/SHA256SUMS"

    def picture(self, name):
        return f"{self.build}/pictures/{name}.tex"

    def figure(self, edition, name):
        return f"{self.build}/figures/{edition}/{name}.pdf"

    def preview(self, edition, name):
        return f"{self.build}/previews/{edition}/{name}.png"

    def chapter(self, edition, name):
        return f"{self.build}/chapters/{edition}/{name}.pdf"

    def pdf(self, edition):
        return f"{self.build}/book-{edition}.pdf"

    def inks(self, edition):
        return f"{self.build}/inks/{edition}.tex"

    def format(self, edition):
        return f"{self.build}/formats/{edition}.fmt"

    def format_sum(self, edition):
        """The checksum of a format, which is large: what Snakemake compares."""
        return f"{self.build}/formats/{edition}.sum"

    def preflight(self, edition):
        return f"{self.build}/preflight/{edition}.json"

    def log(self, stage, name):
        return f"{self.build}/logs/{stage}/{name}.log"

    def chapter_file(self, chapter):
        return self.root / chapter / "chapter.tex"

    def edition_file(self, edition):
        return self.root / "editions" / f"{edition}.tex"
