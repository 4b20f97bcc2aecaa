"""Editors: their scripts are run as they run them, and their matchers read what builds say."""

import gzip
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import MINIMAL, ROOT
from pipeline.edited import edited, home, subject, told
from pipeline.engine.server import POSSIBLE
from processes import gone, processes

SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
TASKS = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
# The first line of each message that an error of the author's is told by: with a line, with a file alone.
SAID = [
    line
    for path in sorted((ROOT / "tests/books/broken").glob("*/expected.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.startswith("error: ")
]
EXAMPLES = [
    ("error: book/line/panels.j2:8: there is no key 'ylabl'", "error", "book/line/panels.j2", "8"),
    ("to mend: book/line/chapter.tex:2: there is no label 'fig:line/nets'", "to mend", "book/line/chapter.tex", "2"),
    ("note: /my/line/fit.py:18: table 'means': 9 of 4000 numbers lie outside", "note", "/my/line/fit.py", "18"),
    ("error: book/data.csv: there is no such file", "error", "book/data.csv", None),
]


@pytest.fixture
def desk(project):
    """A project with the editors' scripts, whose process that stays is ended afterwards."""
    shutil.copytree(ROOT / "editor", project.root / "editor", ignore=shutil.ignore_patterns("build"))
    (project.root / ".venv").symlink_to((ROOT / ".venv").resolve())
    yield project
    for process in processes(project.root, "pipeline.engine.warm"):
        process.kill()
    assert not POSSIBLE or gone(project.root, "pipeline.engine.warm", "pipeline.engine.server")


def run(desk, script, *words, **environment):
    """(status, verdict, message) of a script, as tikz-vscode-ext runs it and reads what it has left."""
    folder = desk.root / SETTINGS["tikz.scriptFolders"][0]
    done = subprocess.run([f"./{script}", *map(str, words)], cwd=folder, capture_output=True, timeout=100, env=os.environ | environment)  # fmt: skip
    verdict, *message = (folder / "build/.build-status").read_text(encoding="utf-8").strip().split()
    return done.returncode, verdict, " ".join(message)


# ---- The scripts of tikz-vscode-ext ----


@pytest.mark.slow  # TeX
def test_what_is_edited_is_built_and_shown(desk):
    shown, built = desk.root / "editor/build/fig.pdf", desk.build / "figures"
    for file in ("line/fit.tex.j2", "line/fit.py"):
        assert run(desk, "fig.sh", desk.root / MINIMAL / file) == (0, "ok", "line/fit (dark)")
        assert shown.read_bytes() == (built / "dark/line/fit.pdf").read_bytes()
    desk.edit("line/fit.tex.j2", "0.6", "0.5")
    assert run(desk, "fig.sh", desk.build / "pictures/line/fit.tex", EDITION="light")[1:] == ("ok", "line/fit (light)")
    assert shown.read_bytes() == (built / "light/line/fit.pdf").read_bytes()
    assert run(desk, "fig.sh", desk.root / MINIMAL / "line/chapter.tex") == (0, "ok", "line (dark)")
    assert shown.read_bytes() == (desk.build / "chapters/dark/line.pdf").read_bytes()
    assert run(desk, "build.sh", BOOK=str(MINIMAL)) == (0, "ok", "book (dark)")
    assert (desk.root / "editor/build/main.pdf").read_bytes() == (desk.build / "book-dark.pdf").read_bytes()
    beside = desk.root / "editor/build/main.synctex.gz"
    assert f"{desk.root.resolve() / MINIMAL}/line/chapter.tex" in gzip.decompress(beside.read_bytes()).decode()


@pytest.mark.slow  # TeX
def test_a_failing_figure_is_told_by_file_and_line_and_the_last_picture_stays(desk):
    template = desk.root / MINIMAL / "line/fit.tex.j2"
    assert run(desk, "fig.sh", template)[1] == "ok"
    before = (desk.root / "editor/build/fig.pdf").read_bytes()
    desk.edit("line/fit.tex.j2", "xlabel", "xlabl")
    message = f"{MINIMAL}/line/fit.tex.j2:2: there is no key 'xlabl'; try: 'xlabel'"
    assert run(desk, "fig.sh", template) == (1, "fail", message)
    assert (desk.root / "editor/build/fig.pdf").read_bytes() == before
    desk.edit("line/fit.tex.j2", "xlabl", "xlabel")
    assert run(desk, "fig.sh", template)[1] == "ok"
    desk.edit("book.yaml", "title", "titel")
    assert run(desk, "fig.sh", template)[2].startswith(f"{MINIMAL}/book.yaml:1: unknown key 'titel'")


def test_several_faults_are_told_in_one_line():
    one = {"file": "a.tex", "line": 2, "text": "what\n is wrong", "rows": {}}
    assert told([one]) == "a.tex:2: what is wrong"
    assert told([one | {"line": None}, one, one]) == "a.tex: what is wrong (and 2 more)"
    assert told([one | {"file": None, "line": None, "rows": {"try": "it"}}]) == "what is wrong; try: it"


def test_a_file_belongs_to_what_is_made_of_it(book):
    def of(name):
        return subject(book, name and Path(name)).name

    assert of(MINIMAL / "line/net.tex.j2") == "line/net" and of(book.picture("line/fit")) == "line/fit"
    assert of(MINIMAL / "line/data.py") == of(MINIMAL / "line/models/regression.py") == "line/fit"
    assert of(MINIMAL / "line/chapter.tex") == "line"
    assert {of(name) for name in (None, MINIMAL / "preamble.tex", "README.md")} == {"book"}


def test_a_file_has_the_book_around_it(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("BOOK", raising=False)
    assert home(None) == home(Path("README.md")) == home(Path("build/pictures/line/x.tex")) == "book"
    assert (
        home(MINIMAL / "line/models/regression.py")
        == home(Path("build") / MINIMAL / "pictures/line/fit.tex")
        == str(MINIMAL)
    )
    (tmp_path / "book.yaml").touch()
    assert home(Path("build", *tmp_path.parts[1:], "pictures/a/b.tex")) == str(tmp_path)
    monkeypatch.setenv("BOOK", "mine")
    assert home(None) == "mine"


def test_the_extension_finds_scripts_and_figures(named):
    for script in ("fig.sh", "build.sh"):  # its defaults
        assert os.access(ROOT / SETTINGS["tikz.scriptFolders"][0] / script, os.X_OK)
    folders = re.compile(rf"(?:^|/)(?:{SETTINGS['tikz.figureFolders']})$")
    assert all(folders.search(str(figure.template.absolute().parent)) for figure in named.figures.values())
    assert SETTINGS["files.associations"]["*.tex.j2"] == "latex"


# ---- Matchers: VS Code, Vim, Emacs ----


def matched(line):
    """(what kind, file, line) by the first of VS Code's matchers that reads it."""
    for matcher in TASKS["tasks"][0]["problemMatcher"]:
        pattern = matcher["pattern"]
        if found := re.search(pattern["regexp"], line):
            return (
                found[pattern["severity"]],
                found[pattern["file"]],
                found[pattern["line"]] if "line" in pattern else None,
            )
    return None


@pytest.mark.parametrize(("line", "kind", "file", "number"), EXAMPLES)
def test_a_matcher_reads_each_form(line, kind, file, number):
    assert matched(line) == (kind, file, number)


def test_matchers_read_all_that_broken_books_are_told():
    assert len(SAID) > 100
    unread = [line for line in SAID if re.match(r"error: [^: ]*[./][^: ]*: ", line) and not matched(line)]
    assert unread == []
    placed = {line: found.groups() for line in SAID if (found := re.match(r"error: (\S+):(\d+): ", line))}
    assert len(placed) > 90 and {line: matched(line)[1:] for line in placed} == placed


def test_all_tasks_have_the_same_matchers_and_commands_that_there_are():
    readers = [task["problemMatcher"] for task in TASKS["tasks"] if task["problemMatcher"]]
    assert len(readers) == 4 and all(reader == readers[0] for reader in readers)
    for task in TASKS["tasks"]:
        module = re.search(r"-m ([\w.]+)", task["command"])[1]
        assert module == "pytest" or (ROOT / f"{module.replace('.', '/')}.py").is_file()


@pytest.mark.skipif(not shutil.which("vim"), reason="there is no vim")
def test_vim_reads_messages(tmp_path):
    [form] = re.findall(r"^set errorformat=.*$", PAGE, re.MULTILINE)
    (tmp_path / "said").write_text("\n".join(line for line, *_ in EXAMPLES), encoding="utf-8")
    (tmp_path / "read.vim").write_text(
        f"{form}\ncgetfile said\nlet found = map(getqflist(), {{_, each -> [bufname(each.bufnr), each.lnum]}})\n"
        "call writefile([json_encode(found)], 'found')\nqall!\n",
        encoding="utf-8",
    )
    command = ["vim", "-u", "NONE", "-es", "-S", "read.vim"]
    subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, timeout=30, check=False)
    found = json.loads((tmp_path / "found").read_text(encoding="utf-8"))
    assert found == [[file, int(number or 0)] for _, _, file, number in EXAMPLES]


@pytest.mark.slow  # Emacs
@pytest.mark.skipif(not shutil.which("emacs"), reason="there is no Emacs")
def test_emacs_reads_messages_and_takes_templates_as_latex(tmp_path):
    [lines] = re.findall(r"^```elisp\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "init.el").write_text(lines, encoding="utf-8")
    (tmp_path / "said").write_text("\n" + "\n".join(line for line, *_ in EXAMPLES) + "\n", encoding="utf-8")
    for name in ("Snakefile", *(file for _, _, file, _ in EXAMPLES)):
        (tmp_path / name.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name.lstrip("/")).touch()
    (tmp_path / "read.el").write_text(
        """(require 'compile)
(load (expand-file-name "init.el"))
(find-file "said")
(compilation-mode)
(let (found)
  (condition-case nil
      (while t
        (compilation-next-error 1)
        (let ((place (compilation--loc->file-struct
                      (compilation--message->loc (get-text-property (point) 'compilation-message))))
              (line (compilation--loc->line
                      (compilation--message->loc (get-text-property (point) 'compilation-message)))))
          (push (format "%s:%s" (caar place) line) found)))
    (error nil))
  (with-temp-file "found" (insert (mapconcat #'identity (nreverse found) "\n"))))
(defvar template (expand-file-name "template"))
(find-file "line/new.tex.j2")
(with-temp-file template (insert (symbol-name (buffer-local-value 'major-mode (get-buffer "new.tex.j2"))) "\n"
  (buffer-local-value 'compile-command (get-buffer "new.tex.j2"))))
""",
        encoding="utf-8",
    )
    (tmp_path / "line").mkdir(exist_ok=True)
    command = ["emacs", "--batch", "-Q", "-l", "read.el"]
    subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, timeout=60, check=True)
    found = (tmp_path / "found").read_text(encoding="utf-8").splitlines()
    assert found == [f"{file}:{number}" for _, _, file, number in EXAMPLES if number]
    assert (tmp_path / "template").read_text(encoding="utf-8") == (
        f"latex-mode\n.venv/bin/python -m pipeline.edited {tmp_path}/line/new.tex.j2"
    )


def test_a_file_that_is_not_there_is_no_book(project, monkeypatch, tmp_path):
    monkeypatch.chdir(project.root)
    missing = project.folder / "line/fot.py"
    assert edited(missing, None, project.folder, tmp_path).startswith(f"fail {missing}: there is no such file; try: ")
    assert "line/fit.py" in (tmp_path / ".build-status").read_text(encoding="utf-8")
