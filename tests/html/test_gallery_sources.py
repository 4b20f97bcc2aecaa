"""From the page to the code: marks at captions, addresses of chapters, codes, and links to sources in a commit."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from conftest import MINIMAL, git
from pdfs import text
from pipeline.project import addresses
from pipeline.project.book import Book
from pipeline.records.committed import Committed
from pipeline.tex.definitions import names

SITE = "https://example.org/figures/"


def links(pdf):
    """[(address, width in bp)] of the links that leave a PDF, in order."""
    with pikepdf.open(pdf) as opened:
        found = [note for page in opened.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})]
        return [(str(note.A.URI), float(note.Rect[2] - note.Rect[0])) for note in found]


def codes(pdf):
    """What a telephone reads on each page of a PDF."""
    subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, pdf.with_suffix("")], check=True)
    pages = sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
    return [[code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(page.read_bytes())))] for page in pages]


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["dark", "light"])
def test_each_caption_leads_to_a_page_that_the_gallery_has(gallery, edition):
    found = links(gallery.build / f"book-{edition}.pdf")
    assert [address for address, _ in found] == [f"{SITE}line/net/", f"{SITE}line/fit/"]
    for address, _ in found:
        assert (gallery.build / "gallery" / address.removeprefix(SITE) / "index.html").is_file()
    assert found[0][1] > found[1][1] + 3  # a + beside the arrow: the first is a draft


@pytest.mark.slow
def test_nothing_where_there_is_no_address(built):
    for edition in ("dark", "light", "print", "proof"):
        pdf = built.build / f"book-{edition}.pdf"
        assert links(pdf) == [] and "#line" not in text(pdf)


@pytest.mark.slow
def test_a_figures_page_leads_to_its_code_in_the_commit_or_says_that_it_is_in_none(gallery):
    home, commit = gallery.build / "gallery", git(gallery, "rev-parse", "HEAD")
    pages = {
        name: (home / name / "index.html").read_text(encoding="utf-8")
        for name in ("line/fit", "line/net", "line/deep/hidden")
    }
    sources = {
        name: re.findall(r'href="(https://github.com/jane/book/blob/[^"]+)"', page) for name, page in pages.items()
    }
    assert sources["line/fit"] and "Draft" not in pages["line/fit"]
    for address in sources["line/fit"]:
        there, path = address.removeprefix("https://github.com/jane/book/blob/").split("/", 1)
        assert there == commit
        assert git(gallery, "show", f"{commit}:{path}") == (gallery.root / path).read_text(encoding="utf-8").strip()
    for name in ("line/net", "line/deep/hidden"):
        file = f"{MINIMAL}/{name}.tex.j2"
        assert sources[name] == [] and f"<code>{file}</code>" in pages[name] and "Draft" in pages[name]
        listing = (home / f"{name}.tex.j2.html").read_text(encoding="utf-8")
        assert "It is in no commit as it is here." in listing and "In the repository" not in listing
    assert (home / "index.html").read_text(encoding="utf-8").count('class="draft"') == 2


WORDS = "\n\nMore words stand here, so that the chapter has a paragraph of several lines at its end. " * 3


@pytest.mark.slow
def test_a_code_leads_to_the_chapter(project):
    project.edit("book.yaml", "seed: 1", f"seed: 1\nsite: {SITE}a_b/%7Ejane")
    chapter = project.path("line/chapter.tex").read_text(encoding="utf-8")
    project.write(
        "line/chapter.tex",
        chapter.replace(r"\fig{line/fit}", WORDS + r"\figref{line/fit}\newpage" + WORDS + r"\fig{line/fit}") + WORDS,
    )
    project.edit("editions/dark.tex", r"\newcommand{\sources}{shown}", r"\newcommand{\sources}{qr}")
    project.edit("editions/light.tex", r"\newcommand{\sources}{shown}", r"\newcommand{\sources}{address}")
    project.make("all", "print")
    address = f"{SITE}a_b/%7Ejane/#line"
    for edition in ("dark", "print"):
        pdf = project.build / f"book-{edition}.pdf"
        assert [code for page in codes(pdf) for code in page] == [address]
        assert address.removeprefix("https://") in text(pdf)
    assert links(project.build / "book-print.pdf") == []
    assert [found for found, _ in links(project.build / "book-dark.pdf")] == [address]
    light = project.build / "book-light.pdf"
    assert [found for found, _ in links(light)] == [address]
    assert re.search(r"A line\s+example\.org/figures/a_b/%7Ejane/#line\s+The method", text(light))
    assert project.jobs("all", "print") == set()


@pytest.mark.slow
def test_where_a_last_page_has_no_room_the_address_stands_below_the_title(project):
    """The floats at its foot leave none for a code."""
    project.edit("book.yaml", "seed: 1", f"seed: 1\nsite: {SITE}")
    pages = text(project.build / "book-print.pdf").count("\f")
    project.make("print")
    pdf = project.build / "book-print.pdf"
    assert codes(pdf) == [[]] * pages and re.search(r"A line\s+example\.org/figures/#line\s+The method", text(pdf))


@pytest.mark.slow
def test_marks_move_nothing(project, book):
    """A mark takes no room, so that giving the address changes no page."""
    before = project.build / "book-light.pdf"
    words = text(before, "-bbox")
    project.edit("book.yaml", "seed: 1", f"seed: 1\nsite: {SITE}")
    project.make("all")
    assert len(links(before)) == 2 and text(before, "-bbox") == words


def test_what_is_in_no_commit(committed, project):
    there = Committed(committed)
    assert there.uncommitted("dark", "line/fit") == there.uncommitted("dark", "line/net") == []
    project.write("line/fit.py", project.path("line/fit.py").read_text(encoding="utf-8") + "# a comment\n")
    assert Committed(committed).uncommitted("dark", "line/fit") == [f"{MINIMAL}/line/fit.py"]
    assert Committed(committed).uncommitted("dark", "line/net") == []
    git(project, "commit", "-qam", "a comment")
    project.write("line/new.tex.j2", project.path("line/net.tex.j2").read_text(encoding="utf-8"))
    assert Committed(book := Book(committed.root)).uncommitted("dark", "line/new") == [f"{MINIMAL}/line/new.tex.j2"]
    git(project, "add", str(MINIMAL))
    assert Committed(book).uncommitted("dark", "line/new") == [f"{MINIMAL}/line/new.tex.j2"]  # staged is not committed
    git(project, "commit", "-qm", "a figure")
    assert Committed(book).uncommitted("dark", "line/new") == []
    project.write("preamble.tex", "% other styles\n")
    assert all(Committed(book).uncommitted("dark", name) == [f"{MINIMAL}/preamble.tex"] for name in book.figures)


def test_what_a_figure_has_read_counts(committed, project):
    """Its record names the file; one that git is told to ignore is in no commit."""
    record = project.root / committed.figure("dark", "line/fit")
    file = record.with_suffix(".json")
    file.write_text(
        file.read_text(encoding="utf-8").replace('"sources": {', '"sources": {"book/line/data.csv": "1",', 1),
        encoding="utf-8",
    )
    project.write("line/data.csv", "1,2\n")
    (project.root / ".gitignore").write_text("*.csv\n", encoding="utf-8")
    assert Committed(committed).uncommitted("dark", "line/fit") == [f"{MINIMAL}/line/data.csv"]


def test_without_a_repository_nothing_is_a_draft_and_no_link_is_given(book):
    there = Committed(book)
    assert (there.commit, there.uncommitted("dark", "line/fit"), there.files) == ("", [], set())


def test_a_draft_is_told_to_tex_and_only_where_marks_are(committed, project):
    project.edit("book.yaml", "seed: 1", f"seed: 1\nsite: {SITE}")
    git(project, "commit", "-qam", "an address")
    book, draft = Book(committed.root), r"\define{uncommitted}{line/net}{}"
    assert rf"\def\booksite{{{SITE}}}" in names(book, "dark", ["line"]) and draft not in names(book, "dark", ["line"])
    project.write("line/net.tex.j2", project.path("line/net.tex.j2").read_text(encoding="utf-8") + "%\n")
    assert draft in names(book, "dark", ["line"]) and draft not in names(book, "print", ["line"])
    assert rf"\define{{address}}{{\bookdir/line}}{{{SITE}\#line}}" in names(book, "print", ["line"])


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ("https://github.com/jane/book", "https://github.com/jane/book/blob/1a2b/line/a%20b.py"),
        ("https://gitlab.com/jane/book/", "https://gitlab.com/jane/book/-/blob/1a2b/line/a%20b.py"),
        ("https://codeberg.org/jane/book", "https://codeberg.org/jane/book/src/commit/1a2b/line/a%20b.py"),
        ("https://git.example.org/jane", ""),
        (
            "https://git.example.org/jane\nsource_address: https://git.example.org/{commit}?f={path}",
            "https://git.example.org/1a2b?f=line/a%20b.py",
        ),
    ],
)
def test_a_files_address_is_as_its_host_has_it(project, book, repository, expected):
    project.edit("book.yaml", "seed: 1", f"seed: 1\nrepository: {repository}")
    found = Book(book.root)
    assert addresses.source(found, "1a2b", "line/a b.py") == expected
    assert addresses.source(found, "", "line/a b.py") == addresses.source(found, "1a2b", "") == ""
