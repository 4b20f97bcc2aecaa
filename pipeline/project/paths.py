"""Where everything goes that is made of a book."""

import os
from pathlib import Path

from pipeline.project import slides

KNOWN = ".snakemake/known"  # see pipeline/rules/metadata.smk
FOR_VIEWERS = ".synctex.gz"  # where they look for SyncTeX's notes, beside a PDF


def usual() -> str:
    """The folder of the book where none is named: the one that BOOK says in the environment, or book."""
    return os.environ.get("BOOK") or "book"


def canonical(root: str | Path) -> Path:
    """A folder's one path, however it is spelled: from here where it lies below, else from the top; links are
    followed."""
    real, here = Path(root).resolve(), Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else real


def build_folder(root: Path) -> Path:
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
    gallery = property(lambda self: f"{self.build}/gallery/index.html")
    macros = property(lambda self: f"{self.build}/web/macros.json")
    css = property(lambda self: f"{self.build}/web/book.css")
    metadata = property(lambda self: f"{KNOWN}/{self.build}/metadata")

    def for_viewers(self, pdf: str) -> str:
        """SyncTeX's notes beside a book's or a chapter's PDF."""
        return pdf.removesuffix(".pdf") + FOR_VIEWERS

    def within(self, path: str | Path) -> Path | None:
        """A path in the book's folder; None for one that leads out of it, or to what is hidden there."""
        path, root = self.root / path, self.root.resolve()
        inside = path.resolve().is_relative_to(root) and path.resolve().relative_to(root)
        return path if inside and not any(part.startswith(".") for part in inside.parts) else None

    def model(self, name: str) -> str:
        return f"{self.build}/models/{name}.pt"

    def checkpoint(self, name: str) -> str:
        """What a training that was interrupted goes on from."""
        return f"{self.build}/checkpoints/{name}.pt"

    def progress(self, name: str) -> str:
        """How far a training is, while it runs."""
        return f"{self.build}/checkpoints/{name}.progress"

    def tables(self, name: str) -> str:
        return f"{self.build}/tables/{name}"

    def values(self, name: str) -> str:
        return f"{self.tables(name)}/values.json"

    def lines(self, name: str) -> str:
        """Where each line of a picture comes from: what the figure's errors are told by."""
        return f"{self.build}/pictures/{name}.lines"

    def sums(self, name: str) -> str:
        """The checksums of a figure's tables: what Snakemake compares, contents in one small file."""
        return f"{self.tables(name)}/SHA256SUMS"

    def picture(self, name: str) -> str:
        return f"{self.build}/pictures/{name}.tex"

    def figure(self, edition: str, name: str) -> str:
        return f"{self.build}/figures/{edition}/{name}.pdf"

    def frames(self, name: str) -> str:
        """What a film's frames are drawn from: a folder of tables and values for each."""
        return f"{self.build}/frames/{name}"

    def frame_sums(self, name: str) -> str:
        return f"{self.frames(name)}/SHA256SUMS"

    def film(self, edition: str, name: str) -> str:
        """A figure's film. Its frames lie in a folder of its name, as pictures and PNGs, and in a PDF, a page each."""
        return f"{self.build}/films/{edition}/{name}.mp4"

    def still(self, edition: str, name: str) -> str:
        """What stands in the film's place: the figure as it is printed, on the film's page."""
        return f"{self.build}/films/{edition}/{name}.svg"

    def preview(self, edition: str, name: str) -> str:
        return f"{self.build}/previews/{edition}/{name}.png"

    def notebook(self, chapter: str) -> str:
        return f"{self.build}/notebooks/{chapter}.ipynb"

    def chapter(self, edition: str, name: str) -> str:
        return f"{self.build}/chapters/{edition}/{name}.pdf"

    def talk(self, edition: str, name: str) -> str:
        """A talk's slides, in an edition of the book's."""
        return f"{self.build}/talks/{name}-{edition}.pdf"

    def pdf(self, edition: str) -> str:
        return f"{self.build}/book-{edition}.pdf"

    def inks(self, edition: str) -> str:
        return f"{self.build}/inks/{slides.of(edition) or edition}.tex"

    def format(self, edition: str) -> str:
        return f"{self.build}/formats/{slides.sizeless(edition)}.fmt"

    def format_sum(self, edition: str) -> str:
        """The checksum of a format, which is large: what Snakemake compares."""
        return f"{self.build}/formats/{slides.sizeless(edition)}.sum"

    def text_format(self, edition: str) -> str:
        """What the texts of an edition have in common; of one of slides, nothing."""
        return f"{self.build}/text-formats/{slides.sizeless(edition)}.fmt"

    def text_format_sum(self, edition: str) -> str:
        return f"{self.build}/text-formats/{slides.sizeless(edition)}.sum"

    def preflight(self, edition: str) -> str:
        return f"{self.build}/preflight/{edition}.json"

    def loose_ends(self, name: str) -> str:
        """What is to be mended: of an edition's text, of a chapter's ("dark/line"), of what the chapters show
        ("contents")."""
        return f"{self.build}/mend/{name}.json"

    def labels(self, edition: str) -> str:
        """What the book's labels stand for, as TeX has them: what a chapter by itself is told of the others."""
        return f"{self.build}/labels/{edition}.json"

    def captions(self, edition: str) -> str:
        """What the book says of the figures that it shows, as TeX has it: what web pages are told."""
        return f"{self.build}/captions/{edition}.json"

    def svg(self, edition: str, name: str) -> str:
        return f"{self.build}/web/figures/{edition}/{name}.svg"

    def places(self, edition: str) -> str:
        """Where the lines of pages come from, of the book in an edition or of a chapter ("dark/line"): what preflight
        names them by."""
        return f"{self.build}/places/{edition}.json"

    def mended(self, edition: str) -> str:
        """There where nothing is."""
        return f"{self.build}/mend/{edition}.txt"

    def log(self, stage: str, name: str) -> str:
        return f"{self.build}/logs/{stage}/{name}.log"

    def chapter_file(self, chapter: str) -> Path:
        """A chapter's text, or that of a talk by its path, "slides/line"."""
        return self.root / (f"{chapter}.tex" if "/" in chapter else f"{chapter}/chapter.tex")

    def talk_file(self, talk: str) -> Path:
        return self.chapter_file(slides.key(talk))

    def edition_file(self, edition: str) -> Path:
        """Its answers; of an edition of slides those of the one that it projects."""
        return self.root / "editions" / f"{slides.of(edition) or edition}.tex"
