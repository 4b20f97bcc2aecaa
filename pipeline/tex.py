"""TeX runs: no shell escape, a view of what they may read, limits of time and size, and errors by the author's file and line."""

import errno
import gzip
import os
import re
import resource
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline import layers, plots, sandbox, view
from pipeline.errors import AuthorError, AuthorErrors, raise_all
from pipeline.files import whole, within
from pipeline.signals import in_words
from pipeline.strip import strip
from pipeline.texlog import ERROR, asking, bibliography, complaints, explain

BYTES = 200_000_000  # for each file of a run, the log among them
MEMORY = 4_000_000_000  # bytes of a run; pdfTeX itself takes 0.2 GB
SPARE = 100_000  # bytes; a disk with less is full
# SOURCE_DATE_EPOCH makes equal sources give equal bytes.
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "0",
    "FORCE_SOURCE_DATE": "1",
    "max_print_line": "1000",
    "error_line": "254",
    "half_error_line": "238",
}
LABEL, KEY = re.compile(r"^\\newlabel\{(.+?)\}", re.MULTILINE), re.compile(r"^ *@\w+ *\{ *([^,\s]+)", re.MULTILINE)
FLAGS = [f"-output-directory={view.OUT}", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error"]


def seconds():
    """How long one run may take."""
    text = os.environ.get("TEX_SECONDS", "300")
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise AuthorError(f"TEX_SECONDS is '{text}', not a number of seconds")
    return float(text)


def limited(command):
    """A command that ends when nobody waits for it any more, and before it fills the disk or the memory."""
    wishes = {"t": (resource.RLIMIT_CPU, int(seconds()) + 10, 1), "f": (resource.RLIMIT_FSIZE, BYTES, 512)}
    if sys.platform == "linux":  # elsewhere nobody holds a process to it
        wishes["v"] = resource.RLIMIT_AS, MEMORY, 1024
    limits = []
    for option, (kind, most, unit) in wishes.items():
        _, hard = resource.getrlimit(kind)
        limits.append(f"ulimit -{option} {-(-most // unit) if hard == resource.RLIM_INFINITY else min(most, hard) // unit}")
    return ["sh", "-c", "; ".join([*limits, 'exec "$@"']), "sh", *command]


def end(program):
    """Kills a program and its children, when time is up or the author interrupts."""
    import psutil  # rarely needed, and slow to import

    with suppress(psutil.NoSuchProcess):  # the same Ctrl-C has ended it
        process = psutil.Process(program)
        children = process.children(recursive=True)
        for each in (process, *children):
            with suppress(psutil.NoSuchProcess):
                each.kill()


def finish(command, folder):
    """(exit status, output, Account) of a program, which stays in this process's group and so is killed with it."""
    patience = seconds()
    listened, spoken = os.pipe()
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": spoken}
    environment = sandbox.environment() | view.ENVIRONMENT | ENVIRONMENT
    with subprocess.Popen(limited(command), cwd=folder, env=environment, **pipes) as process:
        os.close(spoken)
        account = view.Account(listened)
        try:
            output, _ = process.communicate(timeout=patience)
        except BaseException:
            end(process.pid)
            raise
    return process.returncode, output.decode(errors="replace"), account


def execute(command, seen, job, about, explained, where):
    """Runs a program of TeX's in a View, and returns what it opened by absolute path.

    Where it fails raises explained(the job's log), or says what befell it about the file `about`; where it asks for what it may not
    read, says so at where(name, log).
    """
    if not shutil.which(command[0]):
        raise AuthorError(f"{command[0]} is not installed", "`make setup` installs it, or says how")
    log = seen.out / f"{job}.log"
    try:
        status, output, account = finish(seen.command(command), seen.folder)
    except subprocess.TimeoutExpired:
        text = log.read_text(errors="replace", encoding="utf-8") if log.is_file() else None
        hint = "look for a loop without an end; TEX_SECONDS=… before the command sets another limit"
        raise AuthorError(f"{about}: {command[0]} did not end within {seconds():g} s", hint, log=text) from None
    signal = -status if status < 0 else max(status - 128, 0)  # the second is how bubblewrap tells of a signal
    said = seen.in_repository(log.read_text(errors="replace", encoding="utf-8") if log.is_file() else output)
    seen.refuse(account, lambda name: where(name, said if status else ""))
    if status:
        if shutil.disk_usage(seen.out).free < SPARE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if any(file.stat().st_size >= BYTES for file in seen.out.iterdir()):
            raise AuthorError(f"{about}: wrote a file of {BYTES // 10**6} MB", "something repeats without end")
        raise in_words(signal, command[0]).at(about) if signal else explained(said)
    if not account.sought and sandbox.asked()["refused"]:  # it looks for the frame at the least
        raise AuthorError(f"{about}: {command[0]} does not tell what it reads, and nothing keeps it from reading all", "install bubblewrap")
    return [path for path in sorted(account.opened) if os.path.isabs(path)]


def define(**macros):
    return "".join(rf"\def\{name}{{{value}}}" for name, value in macros.items())


def ink_file(book, edition):
    """What both frames are told of printing inks, where the edition has them."""
    return {"inkfile": book.inks(edition)} if book.edition(edition).colourmodel == "cmyk" else {}


def origin(picture, file, line):
    """'file:line' of a line that TeX read; of the template's where it is the picture's."""
    map_ = Path(picture).with_suffix(".lines")
    places = map_.read_text(encoding="utf-8").splitlines() if file == str(picture) and map_.is_file() else []
    return places[line - 1] if line <= len(places) else f"{file}:{line}"


def known(book, edition):
    """The files that hold the names which TeX knows and an author writes."""
    return [*book.edition_sources(edition), *book.style, *map(str, book.root.glob("*/*.j2"))]


def dump_format(book, edition, target):
    """Dumps the figure's frame up to the picture, and returns the files of TeX's own that are in it.

    What cannot be dumped though TeX reads it is an empty file.
    """
    inks = ink_file(book, edition)
    sources = [*book.style, *book.edition_sources(edition)]
    explained = partial(explain, sources=sources, known=known(book, edition), otherwise="templates/figure.tex")
    where = partial(asking, sources=sources, otherwise="templates/figure.tex")
    with view.view(book, *inks.values()) as seen, whole(target) as aside:
        code = define(bookdir=seen.bookdir, edition=edition, **inks) + r"\input{templates/figure}"
        command = [*FLAGS, f"-jobname={edition}", "&pdflatex", code]
        try:
            opened = execute(["pdflatex", "-ini", *command], seen, edition, "templates/figure.tex", explained, where)
            aside.write_bytes(gzip.decompress((seen.out / f"{edition}.fmt").read_bytes()))  # it takes 0.05 s to decompress at each run
            return opened
        except (AuthorError, gzip.BadGzipFile):
            execute(["pdflatex", *command], seen, edition, "templates/figure.tex", explained, where)  # fails where the preamble is at fault
            aside.touch()
            return []


def compile_picture(book, edition, source, target, template, *tables, preloaded=None, **macros):
    """One run of the figure's frame over a rendered picture.

    tables : the files and folders that the picture reads; preloaded : a format with the frame up to the picture, or none.
    """
    inks = ink_file(book, edition)
    command = ["pdflatex", *FLAGS, "-jobname=figure"]
    readable = partial(within, folders=[book.root, *tables])
    where = partial(asking, sources=[str(source)], where=partial(origin, source), otherwise=template)

    def explained(log):
        error = explain(log, [str(source)], known(book, edition), partial(origin, source), template, readable)
        if tables and plots.TOO_LARGE.search(str(error)):
            error.hint = plots.greatest(tables)
        return error

    with view.view(book, source, *tables, *inks.values(), *filter(None, [preloaded])) as seen, whole(target) as aside:
        log = seen.out / "figure.log"
        code = define(bookdir=seen.bookdir, edition=edition, picturefile=source, **inks, **macros) + r"\input{templates/figure}"

        def run():
            try:
                execute([*command, *([f"-fmt={preloaded}"] if preloaded else []), code], seen, "figure", template, explained, where)
            except AuthorError:
                if log.is_file() or not preloaded:
                    raise
                print(f"note: TeX cannot load {preloaded}")  # it writes no log then
                execute([*command, code], seen, "figure", template, explained, where)

        layers.draw(source, seen, run, readable)
        if taken := strip(seen.out / "figure.pdf", template):
            print(f"note: {template}: the figure's PDF loses {', '.join(taken)}: it is a picture, and does nothing")
        plots.check_log(log.read_text(errors="replace", encoding="utf-8"), tables, template)
        os.replace(seen.out / "figure.pdf", aside)


def compile_document(book, edition, target, about, generated, figures, **macros):
    """As many runs of the book's frame, and BibTeX, as its references need; stops for what a reader would stumble over.

    generated : TeX that defines what the text quotes, read by the frame before the document begins; figures : the folder of their PDFs.
    """
    sources = [*map(str, map(book.chapter_file, book.chapters)), f"{book.root}/book.tex"]
    inks = ink_file(book, edition)
    with view.view(book, figures, *inks.values()) as seen, whole(target) as aside:

        def explained(log):
            faults = [] if ERROR.search(log) else bibliography(seen.out / "book.blg")
            names = [*known(book, edition), "templates/book.tex", seen.folder / "generated.tex"]
            return AuthorErrors(faults) if faults else explain(log, sources, names, otherwise=about)

        (seen.folder / "generated.tex").write_text(generated, encoding="utf-8")
        code = define(bookdir=seen.bookdir, edition=edition, generated="generated", figures=f"{figures}/", **inks, **macros)
        command = ["latexmk", "-norc", "-pdf", "-silent", "-bibfudge-", *FLAGS, f"-usepretex={code}", "-jobname=book"]
        execute([*command, "templates/book.tex"], seen, "book", about, explained, partial(asking, sources=sources, otherwise=about))
        labels = LABEL.findall((seen.out / "book.aux").read_text(errors="replace", encoding="utf-8"))
        keys = KEY.findall((book.root / "references.bib").read_text(errors="replace", encoding="utf-8"))
        raise_all(
            complaints(seen.in_repository((seen.out / "book.log").read_text(errors="replace", encoding="utf-8")), sources, labels, keys)
        )
        os.replace(seen.out / "book.pdf", aside)
