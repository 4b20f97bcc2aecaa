"""What a book begins with: every kind of figure is built as it is written, in all editions, and keeps all promises."""

import json
import re
from pathlib import Path

import pytest

from conftest import ROOT, Project, fresh, once
from pipeline.errors.author import AuthorError, UsageError
from pipeline.new import THINGS, new_book, new_figure, new_model
from pipeline.project.book import Book
from pipeline.scaffolds import kinds, roles, write_all
from pipeline.style.editions import ANSWERS

KINDS = ["arrows", "bars", "contours", "curve", "diagram", "errors", "field", "image", "panels", "points", "surface", "table"]  # fmt: skip
EDITIONS = ("dark", "light", "print", "proof")
MINE = Path("mine")


def told(done):
    """(where a text belongs, the text) that `new` says to write."""
    assert done.returncode == 0, done.stderr
    [(file, text)] = re.findall(r"^Write in (\S+):\n\n((?:  .*\n|\n)*)", done.stdout, re.MULTILINE)
    return file, re.sub(r"^  ", "", text, flags=re.MULTILINE).strip() + "\n"


def begin(root):
    """A new book with a figure of each kind, as an author makes it who does what `new` says, and builds it."""
    fresh(root)
    project = Project(root, MINE)
    assert project.run("pipeline.new", "book", MINE).returncode == 0
    for kind in KINDS:
        file, sentence = told(project.run("pipeline.new", "figure", f"opening/{kind}", "--kind", kind, "--book", MINE))
        with open(root / file, "a", encoding="utf-8") as chapter:
            chapter.write(f"\n{sentence}")
    file, line = told(project.run("pipeline.new", "chapter", "close", "--book", MINE))
    project.edit(Path(file).name, "chapters: [opening]\n", line)
    done = project.run("pipeline.new", "model", "close/wave-net", "--book", MINE)
    project.write("close/wave.py", f'"""A wave.\n\nOne curve."""\nfrom pipeline.table import Values\n\n\n{done.stdout.split("  ")[-1].strip()}\n    return {{"values": Values(loss=wave_net.history["loss"][-1])}}\n')  # fmt: skip
    project.write("close/wave.tex.j2", r"\tikz\node {((( values.loss )))};")
    with open(project.path("close/chapter.tex"), "a", encoding="utf-8") as chapter:
        chapter.write("A loss of \\val{close/wave/loss}.\n\\fig{close/wave}{What was learnt.}\n")
    done = project.make("all", "previews", "preflight", *EDITIONS[2:])
    (root / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """The new book, built: to look at."""
    return Project(once(tmp_path_factory, "begun", begin), MINE)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The folder of a new book that is not built, seen from the project."""
    monkeypatch.chdir(ROOT)
    new_book(str(tmp_path / "mine"), "", Path())
    return tmp_path / "mine"


# ---- Whatever is new can be built as it is ----


@pytest.mark.slow  # a book
def test_all_kinds_are_built_in_all_editions_and_as_previews(begun):
    figures = {f"opening/{kind}" for kind in (*KINDS, "swing")}
    for edition in EDITIONS:
        assert figures <= {
            f"opening/{path.stem}" for path in (begun.build / f"figures/{edition}/opening").glob("*.pdf")
        }
    for edition in EDITIONS[:2]:
        drawn = {f"opening/{path.stem}" for path in (begun.build / f"previews/{edition}/opening").glob("*.png")}
        assert drawn == figures - {"opening/diagram"}


@pytest.mark.slow  # the same
@pytest.mark.parametrize("edition", EDITIONS)
def test_all_promises_are_kept_without_a_waiver(begun, edition):
    report = json.loads((begun.build / f"preflight/{edition}.json").read_text(encoding="utf-8"))
    said = [(told["line"], promise["name"]) for promise in report["promises"] for told in promise["breaches"]]
    assert (said, report["waivers"]) == ([], [])
    assert sum(promise["checked"] for promise in report["promises"]) > 1000


@pytest.mark.slow  # the same
def test_nothing_is_to_be_mended_and_nothing_to_be_noted(begun):
    said = (begun.root / "said.txt").read_text(encoding="utf-8")
    assert "all promises are kept, and nothing is to be mended: dark, light, print, proof" in said
    assert "note:" not in said


@pytest.mark.slow  # the same
def test_a_model_learns(begun):
    loss = json.loads((begun.build / "tables/close/wave/values.json").read_text(encoding="utf-8"))["loss"]
    assert loss < 0.01


def test_there_are_all_kinds(mine):
    assert kinds(mine) == KINDS


def test_a_scaffold_gives_all_answers(mine):
    book = Book(mine)
    assert book.all_editions == [*EDITIONS] and all(
        book.edition(each).answers.keys() == {*ANSWERS} for each in EDITIONS
    )


def test_scaffolds_name_nothing_that_is_not_filled_in(mine):
    for kind in KINDS:
        new_figure(f"opening/{kind}", kind, mine)
    left = {path: re.findall(r"@\w+", path.read_text(encoding="utf-8")) for path in mine.rglob("*.*")}
    assert {path: words for path, words in left.items() if words} == {}


# ---- Roles, and kinds of the book's own ----


def test_roles_are_the_books_own_with_unlike_colours_first(mine):
    assert roles(Book(mine).house, mine) == ["measured", "law", "compared"]
    (mine / "preamble.tex").write_text("\\role{one}{blue}\n\\role{same}{blue}\n\\role{two}{red}\n", encoding="utf-8")
    assert roles(Book(mine).house, mine)[:2] == ["one", "two"]


def test_a_book_without_roles_has_those_of_the_house(mine):
    (mine / "preamble.tex").unlink()
    assert roles(Book(mine).house, mine) == ["accent", "annotation", "neutral"]


def test_a_book_has_kinds_of_its_own(mine):
    own = mine / "templates/new/figure/spark"
    own.mkdir(parents=True)
    (own / "figure.tex.j2").write_text("((= A spark. =))\n\\tikz\\draw[@first] (0,0) -- (1,1);\n", encoding="utf-8")
    [*_, (_, sentence), _] = new_figure("opening/spark", "spark", mine)
    assert "draw[measured]" in (mine / "opening/spark.tex.j2").read_text(encoding="utf-8")
    assert sentence == "\\fig{opening/spark}{}\n"


# ---- What cannot be is refused, and nothing is written ----


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("thing", "name", "kind", "what", "hint"),
    [
        ("figure", "opening/law", "curv", "there is no kind of figure 'curv'", "'curve'"),
        ("figure", "openin/law", "curve", "there is no chapter 'openin' in ", "'opening'"),
        (
            "figure",
            "milk/law",
            "curve",
            "there is no chapter 'milk' in ",
            "`python -m pipeline.new chapter milk --book {mine}`",
        ),
        ("figure", "law", "curve", "'law' does not name such a thing", "it has the form chapter/figure"),
        ("figure", "opening/My_Law", "curve", "'opening/My_Law': names are", "'opening/my-law'"),
        ("figure", "../law", "curve", "'../law': names are", "'name/law'"),
        ("figure", "opening/swing", "curve", "opening/swing.py: is there already", "another name"),
        ("figure", "opening/swing/one", "curve", "lies in a folder that is called as the figure opening/swing", ""),
        ("model", "opening/Net", "", "'opening/Net': names are", "'opening/net'"),
        ("chapter", "print", "", "a chapter cannot be called 'print'", ""),
        ("chapter", "opening", "", "opening/chapter.tex: is there already", "another name"),
        ("chapter", "opening/two", "", "'opening/two' does not name such a thing", "it has the form chapter"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_try(mine, thing, name, kind, what, hint):
    before, folders = files(mine), {path for path in mine.rglob("*") if path.is_dir()}
    with pytest.raises(AuthorError) as error:
        THINGS[thing](name, kind, mine)
    assert what in str(error.value) and (error.value.hint or "") == hint.replace("{mine}", str(mine))
    assert (files(mine), {path for path in mine.rglob("*") if path.is_dir()}) == (before, folders)


def test_a_book_is_not_written_over(mine):
    before = files(mine)
    with pytest.raises(UsageError, match="is there already, and stays as it is"):
        new_book(str(mine), "", Path())
    assert files(mine) == before


def test_all_is_written_or_nothing(tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(OSError):  # a folder cannot be made where a file is
        write_all({tmp_path / "a/b/one.txt": "1", tmp_path / "a/b/one.txt/two.txt": "2"})
    assert [*tmp_path.rglob("*")] == [tmp_path / "there"]


def test_a_chapter_may_be_in_book_yaml_before_it_is_there(mine):
    config = mine / "book.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("[opening]", "[opening, milk, cup]"), encoding="utf-8")
    assert THINGS["chapter"]("milk", "", mine) == [(f"Write in {mine}/book.yaml:", "chapters: [opening, milk, cup]")]


def test_a_model_lies_where_models_do(mine):
    [(_, line)] = new_model("opening/deep/wave-net", "", mine)
    assert line == "def tables(wave_net):" and (mine / "opening/models/deep/wave-net.py").is_file()
    assert "opening/deep/wave-net" in Book(mine).models


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["figur", "line/x"], "nothing is called 'figur' that can be new\n  try     'figure'"),
        (["figure", "line/x", "--kin", "bars"], "there is no option '--kin'\n  try     '--kind'; "),
        (["figure"], "NAME is missing\n"),
        (["figure", "line/x", "y"], "'y' is too much\n"),
        (["figure", "line/x", "--book", "tests/books/minima"], "there is no book here\n  try     --book names"),
    ],
)
def test_what_is_typed_wrongly_is_told(words, told):
    done = Project(ROOT).run("pipeline.new", *words)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("error: ") and told in done.stderr
