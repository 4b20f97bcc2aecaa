"""Pictures by people who know nothing of this house: a hundred small ones, held to what plain LaTeX makes of them.

Each is set by pdflatex in a document of its own, too, with the house's fonts and what the house does to pictures on purpose,
and nothing else of the house. Sizes agree, and so does what is painted; colours need not. What the house does on purpose, and what
cannot be had, is read from docs/pictures.md.
"""

import multiprocessing
import re
import subprocess
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from scipy import ndimage

import pdfs
from conftest import ROOT, fresh, once
from pipeline.errors.author import AuthorError
from pipeline.figure import figure
from pipeline.format import format as dump
from pipeline.picture import picture
from pipeline.project.book import Book
from pipeline.tex.picture import compile_picture

FOLDER = Path("tests/books/pictures")
EDITIONS = {"dark": 0, "light": 255}  # their papers
SIZE = 0.3  # in pt: a line's width, and what TeX's arithmetic makes of twenty of them
RESOLUTION = 100  # dots per inch
FAINT = 16  # of 255: what differs less from the paper in each channel is not painted
NEAR = 2  # dots from a painted one
STRAY = 12  # dots that hang together and have nothing near them in the other picture: 2 mm of a line have 8
pytestmark = pytest.mark.slow

PLAIN = r"""
\documentclass[10pt]{article}
\usepackage[T1]{fontenc}\usepackage{mathpazo}\usepackage{tgpagella}\renewcommand{\ttdefault}{txtt}
\usepackage{amsmath,amssymb,bm}
\DeclareMathSizes{8}{8}{7}{7}\DeclareMathSizes{9}{9}{7}{7}\DeclareMathSizes{10}{10}{7.4}{7}
\usepackage{tikz,pgfplots}
\pgfplotsset{compat=1.18}
\usetikzlibrary{arrows.meta}
\hoffset=-1in \voffset=-1in \parindent=0pt \textwidth=5.1in
\newcommand{\onepage}[1]{\setbox0=\hbox{\input{#1}\unskip}%
  \setbox0=\hbox{\kern0.75pt\vrule width 0pt height \dimexpr\ht0+0.75pt\relax depth \dimexpr\dp0+0.75pt\relax\box0\kern0.75pt}%
  \pdfpagewidth=\wd0 \pdfpageheight=\dimexpr\ht0+\dp0\relax \shipout\box0 }
"""
REFERENCE = (ROOT / "docs/pictures.md").read_text(encoding="utf-8")


def told(kind):
    """The blocks of a kind in the reference: what it says of "look", and what belongs into the "preamble"."""
    return "".join(re.findall(rf"(?ms)^```tex {kind}\n(.*?)^```$", REFERENCE))


def stages(name, edition):
    """What went wrong in the stages of a figure, or nothing."""
    book = Book(FOLDER)
    try:
        picture(book, name)
        figure(book, name, edition)
    except AuthorError as error:
        return f"{name}: {error}"


@pytest.fixture(scope="module")
def style(tmp_path_factory):
    """The book with its formats, and no figure yet."""

    def make(root):
        fresh(root, FOLDER)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(root)
            for edition in EDITIONS:
                dump(Book(FOLDER), edition)

    root = once(tmp_path_factory, "pictures", make)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        yield Book(FOLDER)


def in_editions(names, turn):
    """{figure: edition}: dark and light by turns; in the other turn, the other way round."""
    return {name: [*EDITIONS][(k + turn) % 2] for k, name in enumerate(names)}


@pytest.fixture(scope="module", params=[0, pytest.param(1, marks=pytest.mark.long)])
def drawn(request, style, tmp_path_factory):
    """{figure: (its PDF, the edition's paper)}: all figures of the book by the pipeline's own stages, each in one
    edition."""
    editions = in_editions(style.figures, request.param)

    def make(_):
        with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as pool:
            assert list(filter(None, pool.map(stages, *zip(*editions.items(), strict=True)))) == []

    once(tmp_path_factory, f"pictures-{request.param}", make)
    return {name: (style.figure(edition, name), EDITIONS[edition]) for name, edition in editions.items()}


def tex(folder, *words):
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", *words], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")


class Plain:
    """Plain LaTeX in a folder: its preamble is a format."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "plain.tex").write_text(PLAIN + told("look") + told("preamble") + r"\dump", encoding="utf-8")
        tex(folder, "-ini", "-jobname=plain", "&pdflatex", "plain.tex")

    def set(self, name, source):
        """The PDF of one picture; what stands before it stands in the preamble, as it does with other authors."""
        before, begin, after = re.sub(r"(?s)\A\(\(=.*?=\)\)\n", "", source).partition(r"\begin{tikzpicture}")
        stem = name.replace("/", "-")
        (self.folder / f"{stem}-picture.tex").write_text(begin + after, encoding="utf-8")
        document = before + rf"\begin{{document}}\onepage{{{stem}-picture}}\end{{document}}"
        (self.folder / f"{stem}.tex").write_text(document, encoding="utf-8")
        for _ in range(2 if re.search(r"remember picture|\\ref", source) else 1):
            tex(self.folder, "-fmt=plain", stem)
        return self.folder / f"{stem}.pdf"


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    return Plain(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def plain(style, tmp_path_factory):
    """{figure: its PDF by plain LaTeX}."""
    sources = {name: each.template.read_text(encoding="utf-8") for name, each in style.figures.items()}

    def make(folder):
        folder.mkdir()
        paper = Plain(folder)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(paper.set, *zip(*sources.items(), strict=True)))

    folder = once(tmp_path_factory, "pictures-plain", make)
    return {name: folder / f"{name.replace('/', '-')}.pdf" for name in sources}


def ink(paths, papers):
    """(row, column) for each one-page PDF: where it is painted, against a paper of its grey."""
    with pikepdf.new() as all_:
        for path in paths:
            with pikepdf.open(path) as pdf:
                all_.pages.extend(pdf.pages)
        all_.save(joined := Path(paths[0]).with_suffix(".all.pdf"))
    done = subprocess.run(["pdftoppm", "-r", str(RESOLUTION), joined], capture_output=True, check=True)
    found, rest = [], done.stdout
    while rest:
        head = re.match(rb"P6\s(\d+)\s(\d+)\s255\s", rest)
        width, height = map(int, head.groups())
        end = head.end() + 3 * width * height
        pixels = np.frombuffer(rest[head.end() : end], np.uint8).reshape(height, width, 3)
        found.append(np.abs(pixels.astype(int) - papers[len(found)]).max(axis=2) > FAINT)
        found[-1][-1], found[-1][:, -1] = False, False  # half a dot beyond the page
        rest = rest[end:]
    return found


def stray(one, other):
    """The most dots that hang together in one picture and have none of the other's near them."""
    height, width = np.max([one.shape, other.shape], axis=0)
    one, other = (np.pad(each, [(0, height - each.shape[0]), (0, width - each.shape[1])]) for each in (one, other))
    near = np.ones((2 * NEAR + 1,) * 2)
    most = 0
    for a, b in ((one, other), (other, one)):
        labels, count = ndimage.label(a & ~ndimage.binary_dilation(b, near), np.ones((3, 3)))
        most = max(most, np.bincount(labels.ravel())[1:].max() if count else 0)
    return most


def grown(ours, theirs):
    """(width, height) that one PDF's page has more than another's, in pt."""
    return np.subtract(pdfs.sizes(ours)[0], pdfs.sizes(theirs)[0]) * 72.27 / 72


def test_there_are_a_hundred_at_least(style):
    assert len(style.figures) >= 100
    assert all(
        line in (ROOT / FOLDER / "preamble.tex").read_text(encoding="utf-8") for line in told("preamble").splitlines()
    )


CANNOT = re.findall(r"(?ms)^```tex cannot\n(.*?)^```\n\n>(.*?)$", REFERENCE)


@pytest.mark.parametrize("source, said", CANNOT, ids=range(len(CANNOT)))
def test_what_cannot_be_had_is_refused_as_the_reference_says(style, tmp_path, source, said):
    given = style.build / f"cannot-{CANNOT.index((source, said))}.tex"  # of this test alone
    given.write_text(source, encoding="utf-8")
    with pytest.raises(AuthorError) as refused:
        compile_picture(
            style, "dark", given, tmp_path / "figure.pdf", "paths/cannot.tex.j2", preloaded=style.format("dark")
        )
    assert said.strip() in str(refused.value)


def test_each_picture_is_drawn_in_both_editions_in_the_end():
    first, second = (in_editions("abc", turn) for turn in (0, 1))
    assert all({first[name], second[name]} == EDITIONS.keys() for name in "abc") and len({*first.values()}) == 2


def test_a_picture_has_the_size_that_plain_latex_gives_it(drawn, plain):
    more = {name: grown(drawn[name][0], path).round(2).tolist() for name, path in plain.items()}
    assert {name: each for name, each in more.items() if max(map(abs, each)) > SIZE} == {}


def test_a_picture_is_painted_where_plain_latex_paints_it(drawn, plain):
    theirs = ink(list(plain.values()), [255] * len(plain))
    ours = ink(*zip(*(drawn[name] for name in plain), strict=True))
    most = {name: int(stray(a, b)) for name, a, b in zip(plain, ours, theirs, strict=True)}
    assert {name: dots for name, dots in most.items() if dots > STRAY} == {}


HOUSE = r"""\begin{tikzpicture}
  \draw (0,0) rectangle (2,1.5) (0.7,0) rectangle (1.1,0.8);
  \draw (0,1.5) -- (1,2.3) -- (2,1.5);
  \draw[blue!30, thick] (1.4,0.8) -- (1.8,0.8);
  \node[draw, circle, inner sep=2pt] at (1,1.8) {a};
\end{tikzpicture}"""


@pytest.mark.parametrize("old, new", [
    (r"\draw[blue!30, thick] (1.4,0.8) -- (1.8,0.8);", ""), ("at (1,1.8)", "at (1.1,1.75)"), ("rectangle (1.1,0.8)", "rectangle (1.2,0.8)"),
    ("{a}", "{}"), ("-- (1,2.3) --", "--"), ("0,0) rectangle (2,1.5)", "-0.02,0) rectangle (2,1.5)"), ("[draw, circle", "[circle")
])  # fmt: skip
def test_a_line_that_is_missing_and_a_node_that_has_moved_are_seen(paper, old, new):
    assert HOUSE.count(old) == 1
    right, wrong = paper.set("right", HOUSE), paper.set("wrong", HOUSE.replace(old, new))
    assert np.abs(grown(right, wrong)).max() > SIZE or stray(*ink([right, wrong], [255, 255])) > STRAY
