"""What the doctor says of a machine that has everything, and of one that has not."""

import os

import pytest

from conftest import tex_lets_out
from pipeline import doctor
from pipeline.errors.author import AuthorError
from pipeline.setup import needs
from pipeline.tex import sandbox, view


def told(book, capsys):
    doctor.doctor(book)
    return capsys.readouterr().out


def test_a_machine_that_has_all_is_told_so(book, capsys):
    text = told(book, capsys)
    assert text.endswith("nothing is missing\n") and "as in requirements.lock" in text
    assert (
        "account   TeX reports the files that it looks for" in text
        and "face      TeX Gyre Pagella, as in the book" in text
    )


def test_a_machine_without_bubblewrap_listens(book, capsys, monkeypatch):
    monkeypatch.setattr(sandbox, "room", lambda _: ["nosuch-bwrap"])
    monkeypatch.setenv(sandbox.ASKED, "{}")
    assert "room      none (bubblewrap is not installed): after each run, the files that TeX looked for" in told(
        book, capsys
    )


def test_a_tex_that_does_not_tell_is_found_out(monkeypatch):
    monkeypatch.setitem(view.ENVIRONMENT, "KPATHSEA_DEBUG", "0")
    # What TeX refuses it tells in another way.
    assert doctor.account().startswith("silent: ") == tex_lets_out()


def test_what_is_missing_is_told_with_the_command_that_installs_it(book, capsys, monkeypatch):
    monkeypatch.setattr(needs, "TEX_FILES", (*needs.TEX_FILES, "nosuch.sty"))
    with pytest.raises(AuthorError, match=r"^missing: nosuch.sty\n"):
        told(book, capsys)


def test_a_program_that_is_not_there_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    assert doctor.said("pdflatex", "--version") == "missing"
