"""Makes one figure's film, in one edition: its frames, and an MP4 of them.

Frames are PDF pages and PNGs. All of them have the same axis: where their limits differ, they are drawn once more
within what all of them need. Beside the film lies its still, the figure as it is printed, on a page of the film's size.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from pipeline.cli import run
from pipeline.errors.author import AuthorError
from pipeline.files import aside_of, remove, whole, write
from pipeline.films.encoder import encode, lacking, there
from pipeline.films.kept import KEPT, Kept
from pipeline.films.pace import PACE
from pipeline.films.pages import bound, parted, pixels
from pipeline.films.told import OURS, Told, anchors, apart, common, moved, told
from pipeline.html.pictures import of_pdf, webp
from pipeline.project.book import Book
from pipeline.project.figures import Figure
from pipeline.project.modules import place
from pipeline.records.digest import digest_of, located, sum_of
from pipeline.records.reads import Reads, kept, states_now, taken_down
from pipeline.records.record import drawn_with
from pipeline.records.versions import tex, versions
from pipeline.style.stylesheet import Stylesheet
from pipeline.templating.environment import lines
from pipeline.templating.pictures import source_of
from pipeline.tex.formats import usable
from pipeline.tex.picture import compile_picture

STILL = "still"
FIX = "give its axis a size and limits of its own, and its labels the same room in all frames"


class Frames:
    """A film's frames, and its still, on their way to pages. tables : {0001, …: the folder of its tables}."""

    def __init__(self, book: Book, figure: Figure, edition: str, folder: Path, reads: Reads) -> None:
        self.book, self.figure, self.edition, self.folder = book, figure, edition, folder
        frames = sorted(path for path in Path(book.frames(figure.name)).iterdir() if path.is_dir())
        self.tables = {STILL: Path(book.tables(figure.name)), **{path.name: path for path in frames}}
        self.format = usable(book, edition)
        before = kept(reads.output)["files"]
        self.kept = Kept.of(folder, self.ground(before))
        if self.kept.pages:  # what these have read
            for name in before:
                reads.add(located(book, name))
        self.keys: dict[str, list[str]] = {}

    def ground(self, read: Iterable[str]) -> str:
        """What all of them are made from besides pictures and tables, as one word. read : what TeX has read."""
        code = self.book.sources("pipeline/tex/picture.py")
        style = Path(self.book.format_sum(self.edition)).read_text(encoding="utf-8")
        state = {name: sorted(states_now(self.book, name)) for name in read}
        return digest_of([sum_of(self.book, code), versions(code) | tex(), self.format, style, state])

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.tex"

    def render(self) -> None:
        """Writes their pictures."""
        for name, tables in self.tables.items():
            source = source_of(self.book, self.figure, tables)
            write(self.path(name), source)
            write(self.path(name).with_suffix(".lines"), lines(self.book, self.figure, source, tables))

    def compile(self, film: str, page: bool) -> list[Told]:
        """Compiles pictures into PDFs of their names; what TeX tells of each. film : what it is told of all; page :
        whether the PDFs are needed of those that are as they were."""
        found = list[Told]()
        for name, tables in self.tables.items():
            key = self.kept.key(self.path(name), tables, film)
            log = self.kept.log(name, key, page)
            if log is None:
                log = self.draw(name, tables, film)
                self.kept.keep(name, key, log)
            self.keys.setdefault(name, []).append(key)
            found.append(told(log))
        return found

    def draw(self, name: str, tables: Path, film: str) -> str:
        """Compiles one; what its log has for films."""
        log = ""

        def listen(pdf: Path) -> None:
            nonlocal log
            text = pdf.with_name("figure.log").read_text(encoding="utf-8", errors="replace")
            log = "\n".join(line for line in text.splitlines() if line.startswith(OURS))

        try:
            compile_picture(
                self.book, self.edition, self.path(name), self.folder / f"{name}.pdf", str(self.figure.template),
                str(tables), preloaded=self.format, sign=listen, film=film,
            )  # fmt: skip
        except AuthorError as error:
            which = "the still" if name == STILL else f"frame {int(name)}"
            if len(error.errors) > 1:
                raise
            what = f"{error} (in {which} of the film)"
            raise AuthorError(what, error.hint, error.picture, error.log, **error.rows) from None
        return log

    def agree(self) -> list[Told]:
        """Compiles them so that all have one axis: where they have not, once more within what all of them need."""
        found = self.compile("", page=False)
        found = self.compile(common(found), page=True)
        where = place(self.figure.code, "frames")
        for number in apart(found):
            raise AuthorError(f"{where}: the limits of axis {number} are not the same in all frames", FIX)
        for index, number in moved(found):
            raise AuthorError(f"{where}: axis {number} moves in frame {index} of the film", FIX)
        return found


def film(book: Book, name: str, edition: str) -> None:
    """Makes a film of a figure that moves."""
    figure, target = book.find_computed(name), Path(book.film(edition, name))
    if not there():
        raise lacking()
    folder = target.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    with taken_down(book, target, drawn_with(book, edition)) as reads:
        frames = Frames(book, figure, edition, folder, reads)
        frames.render()
        found = frames.agree()
        paper = Stylesheet.read(book.edition_file(edition)).colours["paper"]
    frames.kept.ground = frames.ground(kept(reads.output)["files"])  # as the next run finds it
    frames.kept.save(frames.keys)
    names = [*frames.tables]
    for path in folder.iterdir():
        if path.stem not in names and path.name != KEPT:
            remove(path)  # of a longer film
    pages, points = [folder / f"{each}.pdf" for each in names], anchors(found)
    with aside_of(folder / "pages") as room:
        room.mkdir()
        size = bound(pages, points, paper, room / "all.pdf")
        pictures = pixels(room / "all.pdf", room, size)
        for each, picture in zip(names, pictures, strict=True):
            picture.replace(folder / f"{each}.png")
        still, moving = parted(room / "all.pdf")
        write(book.still(edition, name), of_pdf(still))
        with whole(target.with_suffix(".pdf")) as aside:
            moving.replace(aside)
    with whole(target.with_suffix(".webp")) as aside:
        aside.write_bytes(webp(folder / f"{STILL}.png"))
    pace = json.loads((Path(book.frames(name)) / PACE).read_text(encoding="utf-8"))
    with whole(target) as aside:
        encode(folder, aside, **pace, title=book.plain(figure.film_title))


if __name__ == "__main__":
    run(film, __doc__, "figure", "edition")
