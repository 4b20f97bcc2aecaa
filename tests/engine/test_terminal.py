"""What a build says: in terminals of 40 and 100 columns, in a pipe, where there is nothing to do, and where it fails."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time

import pikepdf
import pytest

from conftest import MINIMAL
from pipeline.engine.made import described
from pipeline.engine.screen import duration, fitted

pytestmark = pytest.mark.slow  # builds in terminals

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
NOISE = ("Reason", "Traceback", "WorkflowError", "CalledProcessError", ".html", "Complete log", "Job stats", "steps (",
         "Building DAG", "jobid", "rule ", "Select jobs")  # fmt: skip
PROFILE = "Using workflow specific profile"  # which Snakemake says before it reads the Snakefile
LINE = r"(contents|format|picture|figure|train|tables|book|preflight) .*  (\d+\.\d s|\d+ s|\d+ min \d+ s)"


def typed(project, columns, lines, *words, **environment):
    """(the exit status, all that the terminal got) of Snakemake in a terminal of so many columns and lines."""
    command = [sys.executable, "-m", "snakemake", *words, "-c2", "--config", f"book={project.folder}"]
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    surroundings = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CI", "TERM")}
    build = subprocess.Popen(
        command, cwd=project.root, stdin=side, stdout=side, stderr=side, close_fds=True,
        env={**surroundings, "TERM": "xterm", **environment}, start_new_session=True,
    )  # fmt: skip
    os.close(side)
    text = b""
    while True:
        try:
            if not (more := os.read(main, 1 << 16)):
                break
        except OSError:  # on Linux, where the other side is closed
            break
        text += more
    os.close(main)
    return build.wait(60), text.decode()


def shown(text):
    """The lines that remain on a terminal: of a line that is written anew, what it was at last."""
    lines = [line.rstrip("\r").split("\r")[-1] for line in text.split("\n")]
    return [ESCAPE.sub("", line).rstrip() for line in lines if not line.startswith(PROFILE)]


def changed(project):
    project.edit("line/net.tex.j2", "above=of x", "above right=of x")
    return project


def test_a_pipe_gets_a_plain_line_a_job_and_what_was_made(project):
    began = time.monotonic()
    done = changed(project).make("all")
    took = time.monotonic() - began
    first, *lines = done.stderr.splitlines()
    assert first.startswith(PROFILE) and "\x1b" not in done.stderr and "\r" not in done.stderr
    assert not [noise for noise in NOISE if noise in done.stderr]
    gap = lines.index("")
    jobs, (*pdfs, total) = lines[:gap], lines[gap + 1 :]
    assert all(re.fullmatch(LINE, job) for job in jobs)
    told = [" ".join(job.split()[:3]).split("  ")[0] for job in jobs]
    assert told[0].startswith("picture line/net") and sum(t.startswith("figure line/net (") for t in told) == 2
    assert all(float(job.split()[-2]) <= took for job in jobs if "min" not in job)
    for edition, line in zip(("dark", "light"), pdfs, strict=True):
        path = project.build / f"book-{edition}.pdf"
        name, pages, word, size, unit = line.split()
        with pikepdf.open(path) as pdf:
            assert (project.root / name, int(pages), word) == (path, len(pdf.pages), "pages")
        assert unit == "KB" and abs(float(size) - path.stat().st_size / 1000) <= 0.5
    assert re.fullmatch(rf"{len(jobs)} jobs in .*", total)


@pytest.mark.parametrize("columns", [40, 100])
def test_a_terminal_shows_a_bar_while_there_are_more_jobs_than_lines(project, columns):
    status, text = typed(changed(project), columns, 4, "all")
    lines = shown(text)
    assert status == 0 and "\x1b[?25l" in text and text.count("\x1b[?25l") == text.count("\x1b[?25h")
    assert re.search(r"[1-9]/\d", ESCAPE.sub("", text)) and "\x1b[31m" not in text
    assert not [noise for noise in NOISE if noise in text]
    assert [line for line in lines if len(line) > columns and " " in line.strip()] == []
    assert sum(line.startswith("figure    line/net (") for line in lines) == 2
    assert any(line.startswith(f"build/{MINIMAL}/book-dark.pdf") for line in lines)
    assert "\x1b[1A\x1b[2K" in text[text.rindex("━") :]  # the bar is taken away


def test_no_bar_and_no_colour_where_they_are_not_wanted(project):
    project.edit("line/net.tex.j2", "above=of x", "left=of x")
    status, text = typed(project, 60, 2, "line-net", NO_COLOR="1", CI="true")
    assert status == 0 and "━" not in text and "\x1b[?25l" not in text
    assert not re.search(r"\x1b\[[0-9;]*m", text)
    assert any(line.startswith("figure    line/net (dark)") for line in shown(text))
    project.edit("line/net.tex.j2", "left=of x", "right=of x")
    status, text = typed(project, 60, 30, "line-net", TERM="dumb")
    assert status == 0 and "\x1b" not in text


@pytest.mark.parametrize("columns", [40, 100])
def test_a_fault_is_told_once_and_last(project, columns):
    project.edit("line/net.tex.j2", "above=of x", "abov=of x")
    status, text = typed(project, columns, 30, "all")
    lines = [line for line in shown(text) if line]
    assert status != 0 and not [noise for noise in NOISE if noise in text]
    assert [line.split("  ")[-1] for line in lines if line.startswith("figure    line/net")] == ["failed", "failed"]
    start = next(i for i, line in enumerate(lines) if line.startswith("error: "))
    assert lines[start:][:2] == [f"error: {MINIMAL}/line/net.tex.j2:6: there is no key 'abov'",
                                 "  figure  line/net (dark, light)"]  # fmt: skip
    assert sum("error: " in line for line in lines) == 1 and "\x1b[31merror: \x1b[0m" in text
    assert all(line.startswith("  ") for line in lines[start + 1 :])


def test_a_job_that_fails_without_a_word_is_named(project):
    project.edit("pipeline/picture.py", "def picture(book: Book, name: str) -> None:\n",
                 "def picture(book: Book, name: str) -> None:\n    raise SystemExit(3)\n")  # fmt: skip
    changed(project)
    done = project.snakemake("line-net")
    log = f"build/{MINIMAL}/logs/picture/line/net.log"
    assert done.returncode != 0
    assert done.stderr.splitlines()[-2:] == ["error: picture line/net failed", f"  log     {log}"]


def test_nothing_to_be_done_is_one_line(built):
    done = built.make("all")
    assert [line for line in done.stderr.splitlines() if not line.startswith(PROFILE)] == ["Nothing to be done"]


def test_a_dry_run_says_what_would_run_and_why_in_a_word(project):
    changed(project)
    (project.build / "figures/dark/line/fit.pdf").unlink()
    done = project.make("--dry-run", "all")
    *lines, gap, total = done.stdout.splitlines()
    assert (
        gap == "" and total.startswith(f"{len(lines)} jobs would run: ") and "Reason" not in done.stdout + done.stderr
    )
    said = dict(line.rsplit("  ", 1) for line in lines)
    assert said["picture   line/net"] == "has changed"
    assert said["figure    line/fit (dark)"] == "is missing"
    assert said["figure    line/net (dark)"] == "follows"
    assert "2 × book" in total


def test_snakemakes_own_form_is_one_flag_away(project):
    done = changed(project).make("line-net", "-p")
    assert "Building DAG of jobs..." in done.stderr and "Shell command: step picture line/net" in done.stderr
    assert "jobs in " not in done.stderr


def test_a_command_that_builds_nothing_says_what_it_does(project):
    assert project.make("--unlock").stderr.splitlines()[-1] == "Unlocked working directory."


def test_targets_are_what_they_say(project):
    shown = project.make("--list").stdout.splitlines()
    names = [line.split(" (")[0] for line in shown]
    assert names[:6] == ["all", "book", "figures", "tables", "previews", "preflight"] and len(set(names)) == len(names)
    assert not {"no_such_target", "train", "picture", "figure", "format", "contents", "book_edition"} & set(names)
    for name in names:
        if name not in ("preflight", "print", "proof"):
            project.make("--dry-run", name)
    (project.build / "tables/line/fit/values.json").unlink()
    assert project.jobs("tables") == {"compute line/fit"}


def test_a_stages_name_is_told_from_a_target(project):
    done = project.snakemake("figure")
    assert done.returncode != 0 and "this is the name of a stage" in done.stderr and "'figures'" in done.stderr
    assert "Target rules" not in done.stderr and "wildcards" not in done.stderr


def test_words_of_durations_names_and_sizes(tmp_path):
    assert [duration(s) for s in (0.04, 9.94, 12.4, 200)] == ["0.0 s", "9.9 s", "12 s", "3 min 20 s"]
    assert fitted("nets/energy-cross-entropy", 13) == "nets/…entropy" and fitted("line/net", 8) == "line/net"
    many = [tmp_path / f"figures/dark/line/{number}.pdf" for number in range(9)]
    for path in many:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert described(map(str, many)) == [(f"{tmp_path}/figures/dark/", "9 files", "")]
    kinds = [tmp_path / name for name in ("films/a.mp4", "gallery/index.html", "gallery/a/index.html", "b.ipynb")]
    for path in kinds:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(2000))
    assert [row[0] for row in described(map(str, kinds))] == [str(kinds[k]) for k in (3, 0, 1)]
