"""The browser of the tests: what brings it, and that set-up goes on without it."""

from pipeline.setup import browser, needs


def test_where_it_cannot_be_installed_set_up_says_so_and_goes_on(monkeypatch, capsys):
    monkeypatch.setattr(needs.shutil, "which", lambda tool: "/usr/bin/apt-get" if tool == "apt-get" else None)
    monkeypatch.setattr(needs, "as_root", lambda: None)
    browser.main()
    said = capsys.readouterr().err
    assert "missing: Chromium" in said and "install -y --no-install-recommends chromium" in said
    assert "the tests that need it are left out" in said


def test_where_it_is_there_nothing_is_done(monkeypatch, capsys):
    monkeypatch.setattr(needs.shutil, "which", lambda tool: f"/usr/bin/{tool}" if tool == "google-chrome" else None)
    monkeypatch.setattr(needs, "install", lambda lacks: None if not lacks else 1 / 0)
    browser.main()
    assert capsys.readouterr().err == ""
