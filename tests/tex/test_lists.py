"""Which lists of a text makeindex has to sort."""

from pipeline.tex.lists import unsorted


def test_what_is_sorted_is_what_has_entries(tmp_path):
    aux = tmp_path / "book.aux"
    aux.write_text("\\@newglossary{symbols}{slg}{sls}{slo}\n\\@newglossary{empty}{elg}{els}{elo}\n", encoding="utf-8")
    (tmp_path / "book.slo").write_text("an entry", encoding="utf-8")
    (tmp_path / "book.elo").touch()
    assert unsorted(aux) == [("slo", "sls", "book.ist")]
