"""TeX runs: no shell escape, paranoid reading and writing, a time limit, and errors by the author's file and line."""

import os
import re
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pipeline.errors import AuthorError, AuthorErrors, raise_all
from pipeline.files import whole
from pipeline.texlog import ERROR, bibliography, complaints, explain

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
LABEL, KEY = re.compile(r"^\\newlabel\{(.+?)\}", re.MULTILINE), re.compile(r"^ *@\w+ *\{ *([^,\s]+)", re.MULTILINE)
FLAGS = ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error"]


def seconds():
    """How long one run may take."""
    text = os.environ.get("TEX_SECONDS", "300")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise AuthorError(f"TEX_SECONDS is '{text}', not a number of seconds")
    return float(text)


def finish(command):
    """(exit status, output) of a program; its children end with it when time is up or the author interrupts."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, env=os.environ | ENVIRONMENT, start_new_session=True, **pipes) as process:
        try:
            output, _ = process.communicate(timeout=seconds())
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return process.returncode, output.decode(errors="replace")


def execute(command, log, about, explained):
    """Runs a program of TeX's; where it fails raises explained(its log), or what is to be said about the author's file `about`."""
    try:
        status, output = finish(command)
    except FileNotFoundError:
        raise AuthorError(f"{command[0]} is not installed", "`make setup` installs it, or says how") from None
    except subprocess.TimeoutExpired:
        text = log.read_text(errors="replace") if log.is_file() else None
        hint = "look for a loop without an end; TEX_SECONDS=… before the command sets another limit"
        raise AuthorError(f"{about}: {command[0]} did not end within {seconds():g} s", hint, log=text) from None
    if status:
        raise explained(log.read_text(errors="replace") if log.is_file() else output)


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


def origin(picture, file, line):
    """'file:line' of a line that TeX read; of the template's where it is the picture's."""
    map_ = Path(picture).with_suffix(".lines")
    places = map_.read_text().splitlines() if file == str(picture) and map_.is_file() else []
    return places[line - 1] if line <= len(places) else f"{file}:{line}"


def known(book, edition):
    """The files that hold the names which TeX knows and an author writes."""
    return [*book.edition_sources(edition), *book.style, *map(str, book.root.glob("*/*.j2"))]


def compile_picture(book, edition, source, target, template, **macros):
    """One run of the figure's frame over a rendered picture."""
    code = settings(book, edition, picturefile=source, **macros) + r"\input{templates/figure}"

    def explained(log):
        return explain(log, [str(source)], known(book, edition), partial(origin, source), template)

    with scratch(book.build) as folder, whole(target) as aside:
        command = ["pdflatex", *FLAGS, f"-output-directory={folder}", "-jobname=figure", code]
        execute(command, folder / "figure.log", template, explained)
        os.replace(folder / "figure.pdf", aside)


def compile_document(book, edition, target, about, generated, **macros):
    """As many runs of the book's frame, and BibTeX, as its references need; stops for what a reader would stumble over.

    generated : TeX that defines what the text quotes, read by the frame before the document begins.
    """
    sources = [*map(str, map(book.chapter_file, book.chapters)), f"{book.root}/book.tex"]

    def explained(log):
        faults = [] if ERROR.search(log) else bibliography(folder / "book.blg")
        names = [*known(book, edition), "templates/book.tex", folder / "generated.tex"]
        return AuthorErrors(faults) if faults else explain(log, sources, names, otherwise=about)

    with scratch(book.build) as folder, whole(target) as aside:
        (folder / "generated.tex").write_text(generated)
        code = settings(book, edition, generated=folder / "generated", **macros)
        command = ["latexmk", "-norc", "-pdf", "-silent", *FLAGS, f"-usepretex={code}", f"-output-directory={folder}", "-jobname=book"]
        execute([*command, "templates/book.tex"], folder / "book.log", about, explained)
        labels = LABEL.findall((folder / "book.aux").read_text(errors="replace"))
        keys = KEY.findall((book.root / "references.bib").read_text(errors="replace"))
        raise_all(complaints((folder / "book.log").read_text(errors="replace"), sources, labels, keys))
        os.replace(folder / "book.pdf", aside)
