"""A bibliography and what BibTeX says of it, as texts."""

from pipeline.tex.bibliography import bibliography, incomplete, keys

ENTRIES = "@comment{no entry}\n@book{gauss1809,\n  title = {Theoria motus},\n}\n  @Article { kepler , title={Nova}}\n"
SAID = "Warning--empty year in gauss1809\nI was expecting a `,' or a `}'---line 3 of file references.bib\n"


def test_a_book_may_have_no_bibliography(tmp_path):
    log = tmp_path / "book.blg"
    log.write_text(SAID, encoding="utf-8")
    nowhere = tmp_path / "references.bib"
    assert keys(nowhere) == []
    assert [*incomplete(log, nowhere)] == []
    assert [*incomplete(tmp_path / "no log", nowhere)] == bibliography(tmp_path / "no log", nowhere) == []


def test_keys_are_those_of_entries(tmp_path):
    file = tmp_path / "references.bib"
    file.write_text(ENTRIES, encoding="utf-8")
    assert keys(file) == ["gauss1809", "kepler"]


def test_what_lacks_is_told_at_its_entry(tmp_path):
    log, file = tmp_path / "book.blg", tmp_path / "references.bib"
    log.write_text(SAID, encoding="utf-8")
    file.write_text(ENTRIES, encoding="utf-8")
    (found,) = incomplete(log, file)
    assert f"{file}:2: the entry 'gauss1809' has no year" in str(found)
