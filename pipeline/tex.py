"""TeX runs: no shell escape, paranoid reading and writing, a time limit, and errors as the author's file and line."""

import os
import re
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import AuthorError
from pipeline.files import whole

SECONDS = 300  # for one run
# openin_any=p keeps TeX below the repository; SOURCE_DATE_EPOCH makes equal sources give equal bytes.
ENVIRONMENT = {
    "openin_any": "p",
    "openout_any": "p",
    "SOURCE_DATE_EPOCH": "0",
    "FORCE_SOURCE_DATE": "1",
    "max_print_line": "1000",
    "error_line": "254",
    "half_error_line": "238",
}
FLAGS = ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error"]
ERROR = re.compile(r"^(?:\./)?([^\s:]+\.\w+):(\d+): (.*)$", re.MULTILINE)
MISSING = re.compile(r"File [`']([^']+\.(?:sty|cls|def|tfm|fd))' not found")
LOST = re.compile(r"^! (?:LaTeX Error: )?(File [`'].*not found)", re.MULTILINE)


def first_error(log):
    """'file:line: what happened' of the first error in a TeX log, or its last line."""
    if missing := MISSING.search(log):
        return f"TeX lacks {missing[1]}; `make setup` installs what the book needs, or lists it"
    if error := ERROR.search(log):
        what = error[3].rstrip(".")
        # TeX's next line shows what it has read, down into macros and arguments: the macro that is not defined comes last.
        if what == "Undefined control sequence" and (read := re.match(r"\n.*(\\\S+) *$", log[error.end() :], re.MULTILINE)):
            what += f" {read[1]}"
        if what == "Emergency stop" and (lost := LOST.search(log)):
            what = lost[1]
        return f"{error[1]}:{error[2]}: {what}"
    if error := re.search(r"^! (.*)$", log, re.MULTILINE):
        return error[1]
    return log.strip().splitlines()[-1] if log.strip() else "TeX said nothing"


def finish(command):
    """(exit status, output) of a program; its children end with it when time is up or the author interrupts."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, env=os.environ | ENVIRONMENT, start_new_session=True, **pipes) as process:
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, output.decode(errors="replace")


def execute(command, log, about):
    """Runs a program of TeX's; AuthorError about `about` with the first error of the log where it fails."""
    try:
        status, output = finish(command)
    except FileNotFoundError:
        raise AuthorError(f"{command[0]} is not installed; `make setup` installs it, or says how") from None
    except subprocess.TimeoutExpired:
        raise AuthorError(f"{about}: {command[0]} did not end within {SECONDS} s") from None
    if status:
        text = log.read_text(errors="replace") if log.is_file() else output
        raise AuthorError(f"{about}: {first_error(text)}")


@contextmanager
def scratch(build):
    """A folder for one run's files, relative to the repository as paranoid TeX wants it; gone afterwards."""
    room = Path(build) / "scratch"
    room.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=room) as folder:
        yield Path(os.path.relpath(folder))


def define(**macros):
    return "".join(rf"\def\{name}{{{value}}}" for name, value in macros.items())


def settings(book, edition, **macros):
    """What both frames want to know before they begin."""
    inks = {"inkfile": book.inks(edition)} if book.edition(edition).colourmodel == "cmyk" else {}
    return define(bookdir=book.root, edition=edition, **inks, **macros)


def compile_picture(book, edition, source, target, about, **macros):
    """One run of the figure's frame over a rendered picture."""
    code = settings(book, edition, picturefile=source, **macros) + r"\input{templates/figure}"
    with scratch(book.build) as folder, whole(target) as aside:
        execute(["pdflatex", *FLAGS, f"-output-directory={folder}", "-jobname=figure", code], folder / "figure.log", about)
        os.replace(folder / "figure.pdf", aside)


def compile_document(book, edition, target, about, generated, **macros):
    """As many runs of the book's frame, and BibTeX, as its references need; stops for what a reader would stumble over.

    generated : TeX that defines what the text quotes, read by the frame before the document begins.
    """
    with scratch(book.build) as folder, whole(target) as aside:
        (folder / "generated.tex").write_text(generated)
        code = settings(book, edition, generated=folder / "generated", **macros)
        command = ["latexmk", "-norc", "-pdf", "-silent", *FLAGS, f"-usepretex={code}", f"-output-directory={folder}", "-jobname=book"]
        execute([*command, "templates/book.tex"], folder / "book.log", about)
        if found := complaints((folder / "book.log").read_text(errors="replace")):
            raise AuthorError("\n".join(f"{about}: {complaint}" for complaint in found))
        os.replace(folder / "book.pdf", aside)


def complaints(log):
    """Undefined references and citations, and boxes more than 1 pt too wide, as lines."""
    found = re.findall(r"Warning: ((?:Reference|Citation) [`'][^']+'.*?undefined)", log)
    wide = re.findall(r"Overfull \\[hv]box \((\d+\.?\d*)pt too (?:wide|high)\)(.*)", log)
    return found + [f"a box is {width} pt too wide{where}" for width, where in wide if float(width) > 1]
