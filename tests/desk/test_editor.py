"""Links to the author's editor."""

import pytest

from pipeline.desk.editor import VARIABLE, chosen, link
from pipeline.errors.author import UsageError


def test_a_line_is_opened_by_the_editor_that_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    file = tmp_path / "a b.tex"
    assert link(chosen(None), str(file), 7) == f"vscode://file{tmp_path}/a%20b.tex:7"
    assert link(chosen("idea"), str(file), 7).startswith("idea://open?file=/")
    monkeypatch.setenv(VARIABLE, "mine://{path}?at={line}")
    assert link(chosen(None), "/x.tex", 7) == "mine:///x.tex?at=7"
    assert chosen("zed").startswith("zed:")


@pytest.mark.parametrize("word", ["javascript:alert('{path}')", "data:{path}", "emcas", "no link", "mine://no-path"])
def test_what_is_no_link_to_a_file_is_refused(word):
    with pytest.raises(UsageError):
        chosen(word)
