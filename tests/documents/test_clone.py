"""A copy for readers is what is here: the last commit, what has been changed since, and what is built."""

import subprocess

import clone
import run


def git(root, *command):
    settings = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "core.hooksPath="]
    subprocess.run(["git", "-C", root, *settings, *command], check=True, capture_output=True)


def test_a_copy_has_what_is_here(tmp_path, monkeypatch):
    here = tmp_path / "here"
    for name in ("same", "gone", "changed", "build/pdf", "build/.server.1", ".venv/bin"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text("old", encoding="utf-8")
    (here / ".gitignore").write_text("/build/\n/.venv\n", encoding="utf-8")
    git(here, "init", "-q")
    git(here, "add", "same", "gone", "changed", ".gitignore")
    git(here, "commit", "-qm", "all")
    (here / "gone").unlink()
    for name in ("changed", "new name"):
        (here / name).write_text("new", encoding="utf-8")
    monkeypatch.setattr(clone, "ROOT", here)
    clone.clone(tmp_path / "there", here)
    found = {str(path.relative_to(tmp_path / "there")) for path in (tmp_path / "there").rglob("*") if path.is_file()}
    assert {name for name in found if not name.startswith(".git/")} == {
        ".gitignore", "same", "changed", "new name", "build/pdf"
    }  # fmt: skip
    assert (tmp_path / "there/changed").read_text(encoding="utf-8") == "new"
    assert (tmp_path / "there/.venv").resolve() == here / ".venv"


def test_the_command_tells_each_fault_with_its_line(tmp_path, capsys):
    (tmp_path / "Snakefile").touch()
    document = tmp_path / "a.md"
    document.write_text("# A\n\n```sh\nls nowhere\n```\n\n```sh\ntrue\nfalse\n```\n", encoding="utf-8")
    words = [str(document), "--in", str(tmp_path)]
    assert run.main(words) == 1
    assert f"{document}:4: this ended with status 2: ls nowhere" in (said := capsys.readouterr()).err
    assert "false" not in said.err
    assert run.main([*words, "--keep-going", "--begin", "5"]) == 1
    assert capsys.readouterr().err == f"{document}:9: this ended with status 1: false\n"
    document.write_text("```sh\ntrue\n```\n", encoding="utf-8")
    assert run.main(words) == 0
