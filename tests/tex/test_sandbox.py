"""What TeX is asked to read, in whatever words, and that it reads nothing outside: in a room of its own, and where it
has none."""

import hashlib
import json
import os
import random
import re
from datetime import datetime
from functools import cache

import pytest

from conftest import MINIMAL, compiling, tex_lets_out
from pipeline.errors.author import AuthorError
from pipeline.picture import picture as render_picture
from pipeline.project.book import Book
from pipeline.tex import sandbox, view
from pipeline.tex.compile import compile_document

FIT = "line/fit.tex.j2"
SECRET = "BEGIN PRIVATE KEY".ljust(4321, ".")
ask = cache(sandbox.ask)


@pytest.fixture(scope="module")
def copy(built, tmp_path_factory):
    """A copy of the built minimal book for all tests here, among files that no figure may read."""
    project = built.copy(tmp_path_factory.mktemp("outside") / "project")
    for path in (
        "secret.tex",
        "Makefile",
        "../secret.tex",
        MINIMAL / ".git/secret.tex",
        project.build / "tables/line/other/data.dat",
    ):
        (project.root / path).parent.mkdir(exist_ok=True)
        (project.root / path).write_text(SECRET, encoding="utf-8")
    return project


@pytest.fixture
def secret(copy, monkeypatch):
    monkeypatch.chdir(copy.root)
    (copy.build / "out.pdf").unlink(missing_ok=True)
    return copy


@pytest.fixture
def drawn(secret, monkeypatch):
    return compiling(Book(MINIMAL), monkeypatch)


@pytest.fixture(params=["room", "account"])
def means(request, monkeypatch):
    """TeX in a room of its own, where the system allows one; and with nothing but the account of what it looked for."""
    asked = dict(ask())
    if request.param == "account":
        asked["refused"] = "for this test"
    elif asked["refused"]:
        pytest.skip(asked["refused"])
    monkeypatch.setenv(sandbox.ASKED, json.dumps(asked))
    return request.param


READ = r"\openin9=%s \ifeof9 \else \message{READ}\fi "
UNSEEN = [
    "Makefile", "secret.tex", "pipeline/tex.py", "Snakefile", f"build/{MINIMAL}/tables/line/other/data.dat",
    f"build/{MINIMAL}/contents.txt", f"build/{MINIMAL}/figures/light/line/net.pdf",
]  # fmt: skip


@pytest.mark.parametrize("path", UNSEEN)
def test_a_picture_does_not_see_what_is_not_its_own(drawn, means, path):
    assert "READ" not in drawn(READ % path)


def test_a_picture_sees_the_book_the_templates_and_its_own_tables(drawn, means):
    own = ["templates/plots.tex", f"{MINIMAL}/line/chapter.tex", f"build/{MINIMAL}/tables/line/fit/data.dat"]
    assert drawn("".join(READ % path for path in own)).count("READ") == 3


# How a file outside is called, as TeX and kpathsea understand it: {0} is its path, {1} a tree of TeX's.
SPELLINGS = {
    "absolute": "{0}",
    "above": "../../../../../../secret.tex",
    "beside": "templates/../../secret.tex",
    "of a tree": "{1}/../../../../..{0}",
    "here": "$TEXMFDOTDIR$TEXMFDOTDIR/secret.tex",
    "braced": "${{TEXMFDOTDIR}}${{TEXMFDOTDIR}}{0}",
    "program's": "$SELFAUTOPARENT{0}",
    "environment": "$HERE/secret.tex",
    "home": r"\string~/secret.tex",
    "home's": r"$HOME/../secret.tex",
    "nothing": ".$NOSUCH./secret.tex",
    "hidden": f"{MINIMAL}/.git/secret.tex",
    "process": "/proc/self/environ",
    "doubled": "/{0}",
    "pipe": "|cat {0}",
}
COMMANDS = {
    "openin": r"\openin9={%s} \ifeof9\else\read9 to\x \message{\x}\x\fi",
    "input": r"\input{%s}",
    "primitive input": r"\csname @@input\endcsname {%s} ",
    "includegraphics": r"\includegraphics{%s}",
    "pdfximage": r"\pdfximage{%s}",
    "pdffiledump": r"\edef\x{\pdffiledump length 30 {%s}}\message{\x}\x",
    "pdfmdfivesum": r"\edef\x{\pdfmdfivesum file{%s}}\message{\x}\x",
    "pdffilesize": r"\edef\x{\pdffilesize{%s}}\message{\x}\x",
    "pdffilemoddate": r"\edef\x{\pdffilemoddate{%s}}\message{\x}\x",
    "pdfobj": r"\immediate\pdfobj stream file {%s}",
    "table": r"\begin{tikzpicture}\begin{axis}\addplot table {%s};\end{axis}\end{tikzpicture}",
}


@pytest.mark.slow
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_outside_is_refused(secret, drawn, monkeypatch, means, spelling, command):
    monkeypatch.setenv("HERE", str(secret.root))
    name = SPELLINGS[spelling].format(secret.root / "secret.tex", sandbox.asked()["trees"][0])
    with pytest.raises(AuthorError) as error:
        drawn("\n\n\\catcode`\\_=12 " + COMMANDS[command] % name)
    where, what = str(error.value).split(": ", 1)
    assert where == f"{MINIMAL}/{FIT}:2" and what.startswith("asks for ")
    assert error.value.log is None and error.value.picture is None
    assert not (secret.build / "out.pdf").exists()


def spellings(count):
    """Ways to write a path, made of what kpathsea expands, skips or takes for a folder; {0} is the path as it should
    be."""
    chance = random.Random(0)
    names = [
        "TEXMFDOTDIR",
        "SELFAUTOLOC",
        "SELFAUTODIR",
        "SELFAUTOPARENT",
        "SELFAUTOGRANDPARENT",
        "TEXMFROOT",
        "TEXMFDIST",
        "HOME",
        "PWD",
    ]
    variables = [
        text % name
        for name in (*names, "TEXMFVAR", "openin_any", "TEXINPUTS", "HERE", "NOSUCH")
        for text in ("$%s", "${%s}")
    ]
    pieces = [
        *variables,
        "/",
        "//",
        ".",
        "..",
        "../",
        "./",
        r"\string~",
        "{,}",
        "{.,..}",
        "!!",
        "link",
        "link/..",
        ":",
        "templates",
        str(MINIMAL),
    ]
    for _ in range(count):
        start = "".join(chance.choices(pieces, k=chance.randint(1, 3)))
        yield start + chance.choice(["", "/", "/../../../../.."]) + chance.choice(["{0}", "/secret.tex", "secret.tex"])


def test_no_spelling_of_a_path_lets_a_secret_out(secret, drawn, monkeypatch, means, request):
    """In its room a picture finds out nothing of a file outside; elsewhere what does find out something is refused."""
    path, refuse = secret.root / "secret.tex", view.View.refuse
    for name in ("HERE", "PWD"):
        monkeypatch.setenv(name, str(secret.root))
    secret.path("link").symlink_to(secret.root)  # after the book was found to be without such
    request.addfinalizer(secret.path("link").unlink)
    quiet = [COMMANDS[name] for name in ("openin", "pdffiledump", "pdfmdfivesum", "pdffilesize", "pdffilemoddate")]
    lines = [
        f"\\setbox1\\hbox{{{quiet[k % 5] % name.replace('{0}', str(path))}}}%" for k, name in enumerate(spellings(400))
    ]
    leaks = [
        SECRET[:17],
        "4321",
        f"D:{datetime.now():%Y%m}",
        hashlib.md5(path.read_bytes()).hexdigest().upper(),
        SECRET[:17].encode().hex().upper(),
    ]
    monkeypatch.setattr(view.View, "refuse", lambda *_: None)
    log = drawn("\n".join(rf"\message{{<<{k}>>}}{line}" for k, line in enumerate(lines)))
    found_out = [int(k) for k, text in re.findall(r"<<(\d+)>>([^<]*)", log) if any(leak in text for leak in leaks)]
    monkeypatch.setattr(view.View, "refuse", refuse)
    assert bool(found_out) == (means == "account" and tex_lets_out())
    (secret.build / "out.pdf").unlink()
    for k in found_out:
        with pytest.raises(AuthorError, match="asks for ") as error:
            drawn(lines[k])
        assert error.value.log is None and not (secret.build / "out.pdf").exists()
    made = [
        file
        for file in secret.build.rglob("*")
        if file.is_file() and file.suffix != ".fmt" and file.parent.name != "other"
    ]
    kept = [file.read_bytes().decode("latin-1") for file in made]
    assert [leak for leak in leaks if leak != leaks[2] and any(leak in text for text in kept)] == []


@pytest.mark.parametrize(
    "name", ["{root}/private/x.dat", "../x.dat", "private/x.dat", "build/{minimal}/../../../../private/x.dat"]
)
def test_no_plot_draws_a_table_outside(secret, drawn, means, name):
    """A dense plot is read by Python, which has more rights than TeX."""
    for folder in (secret.root / "private", secret.root.parent):
        folder.mkdir(exist_ok=True)
        (folder / "x.dat").write_text(
            "x y\n" + "\n".join(f"{k} {SECRET[:17] if k == 50 else k}" for k in range(99)), encoding="utf-8"
        )
    name = name.format(root=secret.root, minimal=MINIMAL)
    picture = (
        rf"\begin{{tikzpicture}}\begin{{axis}}[xmode=log]\addplot table {{{name}}};\end{{axis}}\end{{tikzpicture}}"
    )
    secret.write(FIT, picture)
    render_picture(Book(MINIMAL), "line/fit")
    with pytest.raises(AuthorError) as error:
        drawn(picture)
    assert (
        str(error.value).startswith(f"{MINIMAL}/{FIT}:1: ")
        and SECRET[:17] not in f"{error.value}{error.value.hint}{error.value.rows}"
    )
    assert SECRET[:17] not in (error.value.log or "")


@pytest.mark.slow
def test_a_chapter_reads_nothing_outside(secret, means):
    book = Book(MINIMAL)
    for name in ("$TEXMFDOTDIR$TEXMFDOTDIR/secret", str(secret.root / "secret"), "../secret"):
        secret.write("line/chapter.tex", f"\\chapter{{One}}\n\nSee \\input{{{name}}}.\n")
        with pytest.raises(AuthorError, match=rf"^{MINIMAL}/line/chapter.tex:3: asks for .*secret"):
            compile_document(book, "light", secret.build / "out.pdf", ["line"], "minimal", chaptersbefore=0)
        assert not (secret.build / "out.pdf").exists()


@pytest.mark.slow
def test_a_build_asks_the_system_once(project, tmp_path, monkeypatch):
    calls, program = tmp_path / "calls", tmp_path / "bin/kpsewhich"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\ncase "$*" in *expand-braces*) echo >> {calls};; esac\nPATH=${{PATH#*:}} exec kpsewhich "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    for pdf in project.build.glob("figures/*/*/*.pdf"):
        pdf.unlink()
    project.make("figures")
    assert calls.read_text(encoding="utf-8") == "\n"
