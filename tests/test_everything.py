"""A book of another subject, in another language, with a style of its own: built from nothing, in all its editions.

Its folder is all that it has: nothing outside knows of it. What its figures compute is held to other computations by
the book's own tests.
"""

import re
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from scipy.special import ellipk, jn_zeros
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

import pdfs
from conftest import Project, fresh, once
from pipeline.project.book import Book

WHOLE = ("all", "preflight", "print", "proof", "sepia")
pytestmark = pytest.mark.slow  # it takes minutes
FOLDER = Path("tests/books/everything")
EDITIONS = ("dark", "light", "print", "proof", "sepia")


@pytest.fixture(scope="session")
def everything(tmp_path_factory):
    """The book, built once in all editions and held to what they promise; to look at, never to edit."""
    root = once(tmp_path_factory, "everything", lambda root: fresh(root, FOLDER).make(*WHOLE))
    return Project(root, FOLDER)


@pytest.fixture(scope="session")
def text(everything):
    """The text of an edition, hyphens at the ends of lines taken out: text("light")."""

    def text(edition):
        found = re.sub(r"(?<=\w)-\n(?=[a-zäöüß])", "", pdfs.text(everything.build / f"book-{edition}.pdf"))
        return " ".join(found.split())

    return text


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_edition_speaks_german(everything, text, edition):
    with pikepdf.open(everything.build / f"book-{edition}.pdf") as opened:
        assert str(opened.Root.Lang) == "de"
        assert str(opened.docinfo.Title) == "Maß und Schwingung" and str(opened.docinfo.Author) == "Johanna Falk"
        assert 25 <= len(opened.pages) <= 60
    words = ("Inhaltsverzeichnis", "Abbildungsverzeichnis", "Abbildung 1.1", "Der Mittelwert als Schwerpunkt.", "Literaturverzeichnis",
             "Vorwort", "29. November 2026", "Satz 1.1 (Tschebyscheff)", "Tabelle 1.1", "Aufgabe 1.1", "Das Gesetz der Wurzel",
             "Für alle, die noch einmal nachmessen.", "Index", "arithmetisch-geometrisches Mittel,")  # fmt: skip
    assert [word for word in words if word not in text(edition)] == []
    assert [
        word
        for word in ("Figure", "Contents", "Bibliography", "Chapter", "Page")
        if re.search(rf"\b{word}\b", text(edition))
    ] == []


def test_what_is_not_typeset_is_not_shown(everything, text):
    source = (everything.root / FOLDER / "zahlen/chapter.tex").read_text(encoding="utf-8")
    hidden = re.findall(r"\\fig\{(zahlen/(?:nirgends|auskommentiert|abgeschaltet))\}", source)
    assert len(hidden) == 3
    assert [words for words in ("Nor is there this one", "Nor this", "Abbildung 1.2") if words in text("light")] == []


def test_most_kinds_of_tables_are_drawn(everything, monkeypatch):
    monkeypatch.chdir(everything.root)
    book = Book(FOLDER)
    assert len(book.figures) >= 20
    kinds = {
        path.read_text(encoding="utf-8").split("\n", 1)[0][2:] for path in (everything.build / "tables").rglob("*.dat")
    }
    assert kinds == {
        "Points",
        "Curve",
        "Path2D",
        "Field",
        "Contours",
        "Region",
        "Arrows",
        "Bars",
    }  # the others: test_reference.py
    assert len(list((everything.build / "tables").rglob("values.json"))) == len(book.computed)


@pytest.fixture(scope="session")
def quoted():
    """What the text quotes, computed by others in double precision: words in which it stands, with a comma."""
    bunch = load_wine()
    x, y = dict(zip(bunch.feature_names, bunch.data.T, strict=True)), bunch.target
    shares = PCA().fit(StandardScaler().fit_transform(bunch.data)).explained_variance_ratio_
    proline, alcohol = ([x[name][y == k].mean() for k in range(3)] for name in ("proline", "alcohol"))
    r = np.corrcoef(x["total_phenols"], x["flavanoids"])[0, 1]
    slower = [2 / np.pi * ellipk(np.sin(np.radians(angle) / 2) ** 2) - 1 for angle in (20, 90)]
    rings = jn_zeros(2, 2)
    numbers = {
        "im Mittel um {:.1f} gegen": alcohol[0],
        "gegen {:.1f} Volumenprozent": alcohol[1],
        "im Mittel {:.0f} mg/l": proline[0],
        "das Doppelte der {:.0f} mg/l": proline[1],
        "r = {:.2f}": r,
        "tragen sie {:.1f} %": 100 * shares[:2].sum(),
        "um {:.2f} % langsamer": 100 * slower[0],
        "bei 90 Grad um {:.0f} %": 100 * slower[1],
        "bei {:.3f} des Radius": rings[0] / rings[1],
        "das {:.2f}-fache": rings[1] / jn_zeros(0, 1)[0],
        "von {:.1f} Grad": np.degrees(np.arcsin(1 / 6)),
    }
    return [words.format(number).replace(".", ",") for words, number in numbers.items()]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_text_quotes_what_others_compute(text, quoted, edition):
    squeezed = text(edition).replace(" ", "")
    assert [words for words in quoted if words.replace(" ", "") not in squeezed] == []


def test_after_a_build_there_is_nothing_to_be_done(everything):
    assert "Nothing to be done" in everything.make(*WHOLE).stderr
