"""The command: what it finds to have changed since another commit, and how it gets there."""

import json
import os
import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from conftest import MINIMAL, git
from pipeline.errors.author import AuthorError, UsageError
from pipeline.project.book import Book
from pipeline.regression import earlier
from pipeline.regression.pictures import compared, pairs, ranked
from pipeline.visual import visual

EDITIONS = ["dark", "light"]
FIT = {("figure", "line/fit", edition) for edition in EDITIONS}


@pytest.fixture
def other(book, tmp_path):
    """A second build of the book, to change."""
    folder = tmp_path / "other"
    earlier.keep(book.build, folder)
    return folder


@pytest.fixture
def changed(book, other, tmp_path):
    """What has changed of a build since another, by kind, name and edition."""

    def changed(before, after):
        (tmp_path / "pictures").mkdir(exist_ok=True)
        found = [change for pair in pairs(before, after, EDITIONS) if (change := compared(pair, tmp_path / "pictures"))]
        files = {file for change in found for file in change.files.values()}
        assert {path.name for path in (tmp_path / "pictures").iterdir()} == files  # those, and each its own
        assert len(files) == sum(len(change.files) for change in found)
        shutil.rmtree(tmp_path / "pictures")
        return {(change.pair.kind, change.pair.name, change.pair.edition): change for change in found}

    return changed


def test_all_figures_previews_and_pages_are_compared(book, other):
    found = [(pair.kind, pair.name, pair.edition) for pair in pairs(other, book.build, EDITIONS)]
    assert FIT | {("figure", "line/net", "dark"), ("preview", "line/fit", "light")} <= {*found}
    assert sum(kind == "page" for kind, *_ in found) >= 8 and len({*found}) == len(found)


def test_nothing_has_changed_where_nothing_has(book, other, changed):
    assert changed(other, book.build) == {}


def test_a_figure_that_came_and_one_that_went(book, other, changed):
    (other / "figures/dark/line/fit.pdf").rename(other / "figures/dark/line/fits.pdf")
    found = changed(other, book.build)
    assert {name: (change.what, [*change.files]) for name, change in found.items()} == {
        ("figure", "line/fit", "dark"): ("new", ["after"]),
        ("figure", "line/fits", "dark"): ("gone", ["before"]),
    }
    assert all(change.words() == f"is {change.what}" for change in found.values())


def test_a_page_that_is_put_in_is_the_only_one(book, other, changed):
    with pikepdf.open(other / "book-dark.pdf", allow_overwriting_input=True) as pdf:
        labels = [str(pikepdf.Page(page).label) for page in pdf.pages]
        del pdf.pages[2]
        kept = [pikepdf.Dictionary(P=pikepdf.String(label)) for k, label in enumerate(labels) if k != 2]
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[each for pair in enumerate(kept) for each in pair])
        pdf.save()
    assert {name: change.what for name, change in changed(other, book.build).items()} == {
        ("page", labels[2], "dark"): "new"
    }
    assert {change.what for change in changed(book.build, other).values()} == {"gone"}


def painted(path, code, page=0):
    """Paints something onto a page of a PDF."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[page].contents_add(code.encode())
        pdf.save()


def test_what_is_painted_is_found_where_it_is(book, other, changed):
    painted(other / "figures/light/line/net.pdf", "q 1 0 0 rg 20 20 4 4 re f Q")
    painted(other / "book-light.pdf", "q 0 1 0 rg 100 100 200 200 re f Q", page=1)
    found = changed(other, book.build)
    page, figure = (group[0] for group in ranked(found.values()))  # that which has changed most first
    assert (page.pair.kind, figure.pair.name) == ("page", "line/net")
    left, top, right, bottom = (round(v * 72 / 110) for v in page.found.box)
    height = page.found.sizes[0][1] * 72 / 110
    assert (left, right) == pytest.approx((100, 300), abs=3)
    assert (height - bottom, height - top) == pytest.approx((100, 300), abs=3)
    assert page.found.share == pytest.approx(40_000 / (height * page.found.sizes[0][0] * 72 / 110), rel=0.05)


def test_the_commit_in_the_foot_is_no_change(book, other, changed):
    for page, code in (
        (0, "q BT /F1 9 Tf 20 40 Td (version 0.1, commit 0123abcd) Tj ET Q"),
        (0, "q BT /F1 9 Tf 20 40 Td (version 0.2, commit 89abcdef+) Tj ET Q"),
    ):
        path = (other if "0123" in code else book.build) / "book-dark.pdf"
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            sheet = pdf.pages[page]
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
            sheet.Resources.Font.F1 = pdf.make_indirect(font)
            sheet.contents_add(code.encode())
            pdf.save()
    assert changed(other, book.build) == {}


# ---- What it is asked ----


@pytest.fixture
def unbuilt(monkeypatch):
    """Builds nothing."""
    monkeypatch.setattr(earlier, "make", lambda *_: None)


@pytest.mark.slow  # five comparisons
def test_the_page_and_the_answer_say_the_same(book, other, unbuilt, capsys):
    assert visual(book, EDITIONS, against=str(other)) == 0
    assert capsys.readouterr().out.startswith("0 of ")
    painted(other / "figures/light/line/net.pdf", "q 1 0 0 rg 20 20 9 9 re f Q")
    assert visual(book, EDITIONS, against=str(other)) == 1
    first, last, where = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"figure line/net \(light\): [\d.]+ % of the dots differ, by 0\.\d\d at most", first)
    assert last.startswith("1 of ") and last.endswith(f"have changed since {other}")
    page = Path(where.removeprefix("see "))
    shown = re.findall(r'src="(.*?)"', page.read_text(encoding="utf-8"))
    assert len(shown) == 3 and all((page.parent / name).is_file() for name in shown)
    assert visual(book, EDITIONS, against=str(other), as_json=True) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["base"], document["same"]) == (str(other), False)
    [change] = document["changes"]
    assert (change["kind"], change["name"], change["edition"], change["what"]) == (
        "figure",
        "line/net",
        "light",
        "changed",
    )
    assert shown == [f"pictures/{change[key]}" for key in ("before", "after", "difference")]
    assert visual(book, ["dark"], against=str(other)) == 0  # the other edition is as it was


def test_what_cannot_be_compared_with_is_a_wrong_command(book, other, unbuilt, tmp_path):
    with pytest.raises(UsageError, match="both say what to compare with"):
        visual(book, EDITIONS, base="HEAD", against=str(other))
    with pytest.raises(UsageError, match="nothing is built there"):
        visual(book, EDITIONS, against=str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="is in no git repository"):
        visual(book, EDITIONS)


@pytest.fixture
def versioned(project, book):
    """The project in a git repository, with all that makes the book, at one commit."""
    (project.root / ".gitignore").write_text("/build/\n/.snakemake/\n__pycache__/\n", encoding="utf-8")
    git(project, "init", "-q")
    commit(project)
    return project


def commit(project):
    git(project, "add", ".")
    git(project, "commit", "-qm", "all")
    return git(project, "rev-parse", "HEAD")


def test_the_base_is_the_last_tag_or_else_the_last_commit(versioned, book):
    first = git(versioned, "rev-parse", "HEAD")
    assert earlier.commit_of(book, None) == first
    git(versioned, "tag", "first")
    versioned.edit("line/fit.tex.j2", "draw=reconstruction", "draw=target")
    second = commit(versioned)
    assert earlier.commit_of(book, None) == first != second == earlier.commit_of(book, "HEAD")
    with pytest.raises(UsageError, match=r"there is no revision 'frist'") as error:
        earlier.commit_of(book, "frist")
    assert error.value.hint == "'first'"
    with pytest.raises(UsageError):
        earlier.commit_of(book, "--all")


def test_a_commit_without_the_book_says_so(versioned, book):
    shutil.copytree(MINIMAL, "young")
    commit(versioned)
    with pytest.raises(UsageError, match="there was no book in young at "):
        earlier.built(Book("young"), earlier.commit_of(book, "HEAD~1"), EDITIONS)
    assert not (Path("build/young/visual/trees")).is_dir() or not os.listdir("build/young/visual/trees")


def test_only_the_last_few_are_kept(book, monkeypatch):
    monkeypatch.setattr(earlier, "MOST", 2)
    for number, name in enumerate("abc"):
        earlier.keep(book.build, earlier.kept(book, name))
        os.utime(earlier.kept(book, name), (number, number))
    earlier.keep(book.build, earlier.kept(book, "d"))
    assert {path.name for path in earlier.kept(book, "d").parent.iterdir()} == {"c", "d"}
    assert earlier.has(earlier.kept(book, "d"), EDITIONS) and not earlier.has(earlier.kept(book, "a"), EDITIONS)
    endings = {path.suffix for path in earlier.kept(book, "d").rglob("*") if path.is_file()}
    assert endings == {".pdf", ".png"}


def told(project, *words):
    """(status, lines) of the command."""
    done = project.run("pipeline.visual", "--book", MINIMAL, *words)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.long
def test_a_colours_edit_changes_its_figure_and_the_page_that_shows_it(versioned, book):
    status, lines, _ = told(versioned)
    assert (status, len(lines)) == (0, 2) and lines[0].startswith("0 of ")
    first = git(versioned, "rev-parse", "HEAD")
    assert earlier.kept(book, first).is_dir()  # what is built now is kept: an edit is compared with it at once
    versioned.edit("line/fit.tex.j2", "draw=reconstruction", "draw=target")
    status, lines, said = told(versioned)
    assert (status, said) == (1, "")
    figures = [line for line in lines if line.startswith("figure")]
    assert len(figures) == 1 and figures[0].startswith("figure line/fit (dark, light): ")
    pages = sorted(line.partition(":")[0] for line in lines if line.startswith("page"))
    assert pages == ["page 1 (light)", "page 4 (dark)"]  # on screens pages are counted from the cover
    assert len(lines) == 5

    # A commit that nobody has kept is built, from what is there today: only what differs is made.
    second = commit(versioned)
    shutil.rmtree(earlier.home(book))
    status, lines, said = told(versioned, "--base", "HEAD~1", "--json")
    document = json.loads("\n".join(lines))
    assert (status, document["base"]) == (1, first) and said.startswith(f"building {first[:8]} in ")
    assert {(c["kind"], c["name"], c["edition"]) for c in document["changes"] if c["kind"] != "page"} == FIT
    assert {path.name for path in earlier.kept(book, first).parent.iterdir()} == {first, second}
    assert not any(earlier.home(book).glob("trees/*"))
    assert told(versioned)[0] == 0
    assert git(versioned, "status", "--porcelain") == ""


@pytest.mark.slow
def test_a_commit_is_made_of_what_is_built_as_far_as_it_is_the_same(versioned, book):
    versioned.edit("line/fit.tex.j2", "draw=reconstruction", "draw=target")
    first = git(versioned, "rev-parse", "HEAD")
    project, root = earlier.checkout(book, first)
    assert root == book.root and "draw=reconstruction" in (project / root / "line/fit.tex.j2").read_text(
        encoding="utf-8"
    )
    versioned.make("book", "figures", "previews")
    earlier.take_over(book, project)
    done = type(versioned)(project.resolve()).jobs("book", "figures", "previews")
    assert {job.split()[0] for job in done} == {"render", "compile", "preview", "typeset"}  # nothing is trained
    assert not [job for job in done if "line/net" in job]


@pytest.mark.long
def test_a_book_that_lies_elsewhere_is_built_by_todays_pipeline(project, book, tmp_path):
    home = tmp_path / "elsewhere"
    shutil.copytree(MINIMAL, home / "mine")
    own = type(project)(home, Path("mine"))
    own.edit("book.yaml", "on_request: [print, proof]", "editions: [light]")
    git(own, "init", "-q")
    commit(own)
    done = project.run("snakemake", *earlier.FIGURES, "--config", f"book={own.root / own.folder}")
    assert done.returncode == 0, done.stderr
    own.edit("line/net.tex.j2", "observed=input", "observed=target")
    done = project.run("pipeline.visual", "--book", home / "mine")
    assert done.returncode == 1, done.stderr
    figures = [line for line in done.stdout.splitlines() if line.startswith("figure")]
    assert len(figures) == 1 and figures[0].startswith("figure line/net (light): ")


def test_a_commit_that_cannot_be_built_says_why(versioned, book, monkeypatch):
    def fails(*_):
        raise AuthorError("that cannot be built")

    monkeypatch.setattr(earlier, "make", fails)
    monkeypatch.setattr(earlier, "take_over", lambda *_: None)
    with pytest.raises(AuthorError, match="cannot be built"):
        earlier.built(book, first := git(versioned, "rev-parse", "HEAD"), EDITIONS)
    assert (earlier.home(book) / "trees" / first / "Snakefile").is_file()  # from where it goes on
    assert not earlier.kept(book, first).is_dir()
