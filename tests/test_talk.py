"""Talks: slides of the book's figures, in sizes of their own, whose parts overlays show one after the other."""

import json
import re
from collections import Counter
from itertools import chain

import pikepdf
import pytest

import pdfs
from conftest import Project, once
from pipeline.errors.author import AuthorError
from pipeline.pdf.page import paints
from pipeline.pdf.parts import PAINTING, SHOWING, steps_of, take_apart
from pipeline.project import slides
from pipeline.project.book import Book
from pipeline.style.editions import Edition

TALK = r"""\title{A line, on slides}
\maketitle
\begin{frame}{What is fitted}
  \fig[parts={fit<2->, points<3>}]{line/fit}{ }
\end{frame}
\begin{frame}{The predictor}
  \fig[height=0.8]{line/net}{The slope is \val[fixed, precision=2]{line/fit/slope}. \onslide<2->{Covered so far.}
    \citet{gauss1809} in chapter \ref{ch:line}.}
\end{frame}
"""
FIT = (
    (r"    \addplot[big", "    \\figpart{points}\n    \\addplot[big"),
    (r"    \addplot[curve", "    \\figpart{fit}\n    \\addplot[curve"),
)
EDITIONS = ("dark", "light")


def with_talk(project):
    """The minimal book with a talk, nothing of which is built."""
    project.write("slides/line.tex", TALK)
    for old, new in FIT:
        project.edit("line/fit.tex.j2", old, new)
    return project


@pytest.fixture(scope="session")
def given(built, tmp_path_factory):
    """The minimal book with its talk, built; to look at, never to edit."""
    folder = once(tmp_path_factory, "given", lambda root: with_talk(built.copy(root)).make("talk-line"))
    return Project(folder)


@pytest.fixture
def editable(given, tmp_path):
    return given.copy(tmp_path / "talk")


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_slides_have_their_size_title_and_words(given, edition):
    path = given.build / f"talks/line-{edition}.pdf"
    assert {(round(w), round(h)) for w, h in pdfs.sizes(path)} == {(454, 255)}  # 160 x 90 mm
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1 + 3 + 2
        assert str(pdf.docinfo.Title) == "A line, on slides" and str(pdf.docinfo.Author) == "Nobody"
    text = pdfs.text(path)
    assert "Gauss (1809) in chapter 1" in " ".join(text.split())
    assert (
        f"{json.loads((given.build / 'tables/line/fit/values.json').read_text(encoding='utf-8'))['slope']:.2f}" in text
    )
    report = json.loads((given.build / f"preflight/talks/line-{edition}.json").read_text(encoding="utf-8"))
    assert [breach for promise in report["promises"] for breach in promise["breaches"]] == []
    assert json.loads((given.build / f"mend/talks/line-{edition}.json").read_text(encoding="utf-8")) == []


@pytest.mark.slow
def test_an_overlay_shows_its_parts_and_leaves_no_trace_of_others(given):
    path = given.build / "talks/line-dark.pdf"
    whole = paints_of(given.build / "figures/slides-dark/line/fit.pdf")
    marks, lines = (Counter(box for kind, box in whole if kind == wanted) for wanted in ("mark", "line"))
    assert sum(marks.values()) == 50
    shown = [paints_of(path, number) for number in (1, 2, 3)]
    assert [sum(kind == "mark" for kind, _ in each) for each in shown] == [0, 0, 50]
    assert [len([1 for kind, _ in each if kind == "line"]) for each in shown] == [
        lines.total() - 1,
        *[lines.total()] * 2,
    ]
    covered = [pdfs.text(path, "-f", str(page), "-l", str(page)) for page in (5, 6)]
    assert ["Covered" in text for text in covered] == [False, True]


def paints_of(path, number=0):
    with pikepdf.open(path) as pdf:
        return [(item.kind, item.box) for item in paints(pdf.pages[number])]


@pytest.mark.slow
def test_pieces_are_the_whole_figure_each_thing_once_and_in_its_place(given, tmp_path):
    figure = given.build / "figures/slides-light/line/fit.pdf"
    parts = take_apart(figure, tmp_path / "pieces.pdf")
    assert parts[0] == "" and {"fit", "points"} <= {*parts}
    with pikepdf.open(figure) as whole, pikepdf.open(tmp_path / "pieces.pdf") as pieces:
        assert [page.mediabox for page in pieces.pages] == [whole.pages[0].mediabox] * len(parts)
        painting = [[name for _, name in steps_of(page) if name in PAINTING | SHOWING] for page in pieces.pages]
        assert [*chain(*painting)] == [name for _, name in steps_of(whole.pages[0]) if name in PAINTING | SHOWING]
        seen = [[(item.kind, item.box, item.colour) for item in paints(page)] for page in pieces.pages]
        assert [*chain(*seen)] == [(item.kind, item.box, item.colour) for item in paints(whole.pages[0])]
    by_part = {part: {kind for kind, *_ in shown} for part, shown in zip(parts[1:], seen[1:], strict=True) if part}
    assert by_part == {"points": {"mark"}, "fit": {"line"}}


@pytest.mark.slow
def test_a_figure_is_as_large_as_its_room(given):
    sheet = Edition(given.root / given.folder / "editions/dark.tex", (given.root / "templates/slides.tex",))
    assert sheet.leasttype * 13.33 * 25.4 / 160 == pytest.approx(14, abs=0.02)
    room = 90 - 17 - 8 - 8 * 25.4 / 72.27  # mm
    for size, name, share in (("", "line/fit", 1), ("-60x80", "line/net", 0.8)):
        [(width, height)] = pdfs.sizes(given.build / f"figures/slides-dark{size}/{name}.pdf")
        assert height * 25.4 / 72 <= room * share + 0.1
        if name == "line/fit":  # which is drawn by \measure
            assert height * 25.4 / 72 >= room * 0.97 or width * 25.4 / 72 == pytest.approx(84, abs=1)


@pytest.mark.slow
def test_a_misspelt_part_is_an_error_and_says_which_is_meant(editable):
    editable.edit("slides/line.tex", "points<3>", "pints<3>")
    done = editable.snakemake("talk-line")
    assert done.returncode != 0
    assert "slides/line.tex:4: 'line/fit' has no part 'pints'" in done.stderr and "try     'points'" in done.stderr


@pytest.mark.slow
def test_what_is_to_mend_in_a_talk_is_told_and_strict_in_preflight(editable):
    editable.edit("slides/line.tex", "{line/fit}{ }\n", "{line/fti}{ }\n")
    editable.edit("slides/line.tex", "Covered", r"{\fontsize{5}{6}\selectfont Tiny} covered\vspace{70mm}")
    done = editable.make("talk-line")
    said = (
        "shows 'line/fti', but there is no",
        "'line/fit'",
        "type of 5.0 pt; at least 6.6 pt",
        "pt too high",
        "talk    line",
    )
    assert [words for words in said if words not in done.stderr] == []
    strict = editable.run("pipeline.mend", "--edition", "dark", "--slides", "line", "--book", editable.folder)
    assert strict.returncode == 1 and "type of 5.0 pt" in strict.stderr


@pytest.mark.slow
def test_words_recompile_no_figure_and_a_figure_only_its_own(editable):
    editable.edit("slides/line.tex", "The predictor", "A predictor")
    talk = {f"{verb} the talk line ({edition})" for verb in ("typeset", "preflight") for edition in EDITIONS}
    assert editable.jobs("talk-line") == talk
    editable.edit("line/net.tex.j2", "above=of x", "above=12pt of x")
    drawn = {f"compile line/net (slides-{edition}-60x80)" for edition in EDITIONS}
    assert editable.jobs("talk-line") == talk | drawn | {"render line/net"}


def test_who_has_no_talk_has_nothing_of_it(built):
    assert not [*built.build.glob("*/slides*"), *built.build.glob("talks")]


def test_a_talk_that_is_not_there(project):
    project.write("slides/line.tex", TALK)
    done = project.snakemake("talk-lien")
    assert "there is no target 'talk-lien': there is no slides/lien.tex" in done.stderr and "'line'" in done.stderr
    done = project.run("pipeline.talk", "lien", "--book", project.folder)
    assert done.returncode == 2 and "there is no talk 'lien'" in done.stderr and "'line'" in done.stderr


@pytest.mark.parametrize(
    ("options", "words", "size"),
    [
        ("", False, (100, 100)),
        ("", True, (60, 100)),
        ("width=.45, height=0.9", True, (45, 90)),
        (r"height = {0.75\textheight}, parts={a<1,3>, b}", False, (100, 75)),
        (r"parts={width=0.2, b}", False, (100, 100)),
    ],
)
def test_the_room_that_an_author_asks_for(options, words, size):
    assert slides.size_of(options, words) == size


@pytest.mark.parametrize("width", [r"60\%", "60", "1.2", "0", "10cm"])
def test_a_room_is_a_share_of_the_slide(book, project, width):
    project.write("slides/line.tex", f"\\begin{{frame}}\n\\fig[width={width}]{{line/fit}}\n\\end{{frame}}\n")
    with pytest.raises(AuthorError, match=rf"slides/line.tex:2: width={re.escape(width)} is no share of a slide"):
        slides.shown(Book(book.root), "line")


def test_no_words_are_none(book, project):
    project.write(
        "slides/line.tex", "\\begin{frame}\\fig{line/fit}{ }\\end{frame}\\begin{frame}\\fig{line/net}{x}\\end{frame}\n"
    )
    assert slides.shown(Book(book.root), "line") == [("line/fit", slides.WHOLE), ("line/net", slides.BESIDE)]


def test_no_chapter_inputs_a_talk_and_a_chapter_may_be_called_slides(book, project):
    project.write("slides/fit.tex", "\\title{T}\n\\begin{frame}\\fig{line/fit}\\end{frame}\n")
    named = Book(book.root)
    assert named.talks == ["fit"] and named.talk_title("fit") == "T"
    assert slides.shown(named, "fit") == [("line/fit", slides.WHOLE)]
    assert all("slides" not in str(file) for file, _ in named.reading.all(named.chapters))
    project.edit("book.yaml", "chapters: [line]", "chapters: [line, slides]")
    project.write("slides/chapter.tex", "\\chapter{Slides}\n")
    assert Book(book.root).talks == []
