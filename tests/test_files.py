"""Files are whole or not there."""

import pytest

from pipeline.files import whole, whole_folder


@pytest.mark.parametrize("old", [None, "the last good one"])
def test_a_file_is_whole_or_as_it_was(tmp_path, old):
    path = tmp_path / "figure.pdf"
    if old:
        path.write_text(old, encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole(path) as aside:
        aside.write_text("half", encoding="utf-8")
        _ = 1 / 0
    assert {f.name: f.read_text(encoding="utf-8") for f in tmp_path.iterdir()} == ({"figure.pdf": old} if old else {})
    with whole(path) as aside:
        aside.write_text("new", encoding="utf-8")
    assert {f.name: f.read_text(encoding="utf-8") for f in tmp_path.iterdir()} == {"figure.pdf": "new"}


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "old.dat").write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "tables") as aside:
        (aside / "new.dat").write_text("half", encoding="utf-8")
        _ = 1 / 0
    assert [str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*.dat")] == ["tables/old.dat"]
    with whole_folder(tmp_path / "tables") as aside:
        (aside / "new.dat").write_text("new", encoding="utf-8")
    assert [str(f.relative_to(tmp_path)) for f in tmp_path.rglob("*")] == ["tables", "tables/new.dat"]
