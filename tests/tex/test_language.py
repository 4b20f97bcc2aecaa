"""A book in another language: its words, its hyphenation, what the PDF says of it; and what babel has to say."""

import os

import pikepdf
import pytest

from pipeline.errors.author import AuthorError
from pipeline.project.book import Book
from pipeline.setup import languages
from pipeline.style.axes import Axes
from pipeline.style.stylesheet import Stylesheet
from pipeline.tex.compile import compile_document
from pipeline.tex.language import babel

GERMAN = """language: ngerman
subtitle: Über $\\alpha$ und 5 % mehr
date: 2026-11-29
copyright: 2026 Niemand
isbn: 978-3-16-148410-0
colophon: Gesetzt aus der \\textface.
version: 1.0
"""
needs_german = pytest.mark.skipif(bool(languages.lacks("ngerman")), reason="TeX has no German here")


def typeset(project, more):
    project.write("book.yaml", project.path("book.yaml").read_text(encoding="utf-8") + more)
    book, target = Book(project.folder), project.build / "out.pdf"
    compile_document(book, "light", target, book.chapters, str(book.root / "book.tex"))
    return target, os.popen(f"pdftotext -layout {target} -").read()


@pytest.mark.slow
@needs_german
def test_a_german_book(project, book):
    more = r"\figagain{line/net}{} Ein Wert: \val[fixed, precision=3]{line/fit/slope}."
    project.write("line/chapter.tex", project.path("line/chapter.tex").read_text(encoding="utf-8") + more)
    target, text = typeset(project, GERMAN)
    for words in (
        "29. November 2026", "© 2026 Niemand", "ISBN 978-3-16-148410-0", "Gesetzt aus der TeX Gyre Pagella.", "Über α und 5 % mehr",
        "Inhaltsverzeichnis", "Abbildungsverzeichnis", "Abbildung 1.1 shows", "Abbildung 1.2 what", "Literaturverzeichnis",
        "Version 1.0", "Abbildung 1.1 (noch einmal)", "Ein Wert: 2,0",
    ):  # fmt: skip
        assert words in text
    assert "Every figure" not in text and "igure 1" not in text
    with pikepdf.open(target) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert str(pdf.docinfo.Subject) == "Über α und 5 % mehr"
        packet = pdf.open_metadata()
        assert packet["dc:title"] == "A minimal book" and packet["dc:description"] == "Über α und 5 % mehr"
        assert packet["dc:rights"] == "© 2026 Niemand" and packet["dc:date"] == ["2026-11-29"]
        assert packet["{http://prismstandard.org/namespaces/basic/3.0/}isbn"] == "978-3-16-148410-0"


@pytest.mark.slow
def test_a_book_has_its_own_words_and_what_nobody_has_translated_is_to_be_mended(project, book):
    own = project.path("preamble.tex").read_text(encoding="utf-8")
    project.write("line/chapter.tex", "\\chapter{A line}\n\\fig{line/net}{}\n\n\\figagain{line/net}{}\n")
    project.write("preamble.tex", own + "\\addto\\captionsbritish{\\renewcommand{\\againname}{once more}}\n")
    assert "Figure 1.1 (once more)" in typeset(project, "version: 2\n")[1]
    project.write("preamble.tex", own)
    project.edit("templates/language.tex", r"\speaks{en}", r"\speaks{none}")
    found = compile_document(Book(project.folder), "light", project.build / "out.pdf", ["line"], "minimal")
    assert sorted({(str(error), error.hint) for error in found if "English" in str(error)}) == [
        (
            f"{project.folder}/book.tex:3: the word 'version' is English",
            r"\newcommand{\versionname}{…} in preamble.tex",
        ),
        (
            f"{project.folder}/line/chapter.tex:4: the word 'repeated' is English",
            r"\newcommand{\againname}{…} in preamble.tex",
        ),
    ]


@needs_german
@pytest.mark.slow
def test_figures_and_previews_have_the_decimal_mark_of_the_language(project, book):
    for more, mark in (("language: ngerman\n", "−0,5"), ("decimal: '.'\n", "−0.5")):
        project.write("book.yaml", project.path("book.yaml").read_text(encoding="utf-8") + more)
        assert project.jobs("line-fit", "preview-line-fit") >= {"render line/fit", "preview line/fit (light)"}
        project.make("line-fit", "preview-line-fit")
        assert mark in os.popen(f"pdftotext {project.build}/figures/light/line/fit.pdf -").read()


def test_previews_have_decimal_commas(book):
    axes = Axes(Stylesheet.read(book.edition_file("light")), decimal=",")
    axes[0].set_xlim(0, 1)
    axes[0].set_yticks([0.25], ["a.b"])
    axes.write_numbers()
    axes.figure.canvas.draw()
    assert [label.get_text() for label in axes[0].get_xticklabels()][1] == "0,2"
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["a.b"]


@pytest.mark.slow
def test_an_english_book_says_how_it_was_made(project, book):
    target, text = typeset(project, "date: November, at last\n")
    assert "Set in TeX Gyre Pagella. Every figure is computed, and drawn" in " ".join(text.split())
    assert "November, at last" in text and "ISBN" not in text and "©" not in text
    assert "Figure 1.1 shows" in text and "figure 1.2 what" in text
    with pikepdf.open(target) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"


def test_a_language_that_babel_does_not_know(project, book):
    with pytest.raises(AuthorError, match=r"book.yaml:6: language: babel knows no 'germann'") as error:
        typeset(project, "language: germann\n")
    assert error.value.hint == "'german'"


def test_what_tex_lacks_of_a_language_is_said_with_what_installs_it(project, book, monkeypatch):
    project.write("book.yaml", project.path("book.yaml").read_text(encoding="utf-8") + "language: french\n")
    monkeypatch.setattr(languages, "found", lambda *files: [])
    monkeypatch.setattr("shutil.which", lambda tool: tool if tool in ("apt-get", "sudo") else None)
    fault = babel(Book(book.root), "! babel lacks the language 'french'.\n")
    assert str(fault) == "tests/books/minimal/book.yaml:6: language: TeX lacks french.ldf and hyphenation of 'french'"
    assert fault.hint.endswith("sudo apt-get install -y --no-install-recommends texlive-lang-french")


def test_what_babel_warns_of_stops_the_book(book):
    log = "\nPackage babel Warning: No hyphenation patterns were preloaded for\n(babel)                the language 'British' into the format.\n(babel)                Please, configure your TeX system on input line 9.\n\n"
    assert str(babel(book, log)).startswith(
        "tests/books/minimal/book.yaml:1: language: babel says: No hyphenation patterns were preloaded for the language 'British'"
    )
    assert babel(book, "Package hyperref Warning: none\n") is None


@pytest.mark.parametrize(
    ("language", "collections"),
    [
        ("ngerman", ("german",)), ("portuguese", ("portuguese",)), ("catalan", ("spanish",)), ("russian", ("cyrillic",)),
        ("czech", ("czechslovak",)), ("swedish", ("european", "other")),
    ],
)  # fmt: skip
def test_packages_of_languages(language, collections):
    assert languages.collections(language) == collections


@pytest.mark.parametrize(
    ("line", "apt"),
    [("", []), ("language: british", []), ("language: 'ngerman'  # Deutsch", ["texlive-lang-german"])],
)
def test_set_up_reads_the_language_from_the_book(line, apt, tmp_path):
    (tmp_path / "book.yaml").write_text(f"title: x\n{line}\n", encoding="utf-8")
    assert [group.apt for group in languages.needed(tmp_path)] == apt
    assert languages.needed(tmp_path / "nowhere") == []
