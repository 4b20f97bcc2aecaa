"""What a thing was made from, taken down by the step that makes it: files by their hashes, seeds and versions.

A record is {section: {name: value}} and equal for equal builds. Each stage's includes those of the stages before it, so that
a figure's is whole. It lies beside the output in a file of its own, which nothing depends on.
"""

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pipeline.closure import imported_names
from pipeline.device import device
from pipeline.edition import files
from pipeline.files import write
from pipeline.stamp import git, tracked

FRAME = ["templates/figure.tex", "templates/press.tex"]
SECTIONS = ("sources", "seeds", "versions", "built")
NEUTRAL = {"jsonschema", "matplotlib", "psutil", "tqdm", "yaml"}  # they check, show and end; no figure looks otherwise for them
# What TeX's tree calls itself: {name: (file, pattern)}.
TEX = {
    "LaTeX": ("latex.ltx", r"\\edef\\fmtversion\s*\{([^}]+)\}"),
    "pgf": ("pgf.revision.tex", r"\\def\\pgfversion\{([^}]+)\}"),
    "pgfplots": ("pgfplots.revision.tex", r"\\gdef\\pgfplotsversion\{([^}]+)\}"),
}
ASKED, COMMIT = "PIPELINE_TEX_VERSIONS", "PIPELINE_COMMIT"  # what child processes inherit rather than ask again


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]


def digest_of(record):
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def sum_of(book, what, paths):
    """One checksum of what many files hold, for Snakemake to compare: a parameter costs it less than as many inputs."""
    book.digests.update({path: digest(path) for path in paths if path not in book.digests})
    return f"{what} {digest_of([[str(path), book.digests[path]] for path in paths])}"


def named(book, path):
    """A file's name in records: the book's folder is `book`, wherever it lies."""
    return f"book/{Path(path).relative_to(book.root)}" if Path(path).is_relative_to(book.root) else str(path)


def located(book, name):
    """The file of a name in records."""
    return book.root / name.removeprefix("book/") if name.startswith("book/") else Path(name)


# ---- Versions ----
@cache
def packages(path):
    """Names of the packages from elsewhere that a Python file imports."""
    return {name.split(".")[0] for name in imported_names(Path(path), "book")} - sys.stdlib_module_names - NEUTRAL - {"book", "pipeline"}


@cache
def version(package):
    from importlib import metadata  # 0.05 s, which a figure's own step need not spend

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # what is imported as PIL is installed as pillow
        found = metadata.packages_distributions().get(package)
        return metadata.version(found[0]) if found else "none"


def versions(paths, *more):
    """{package: version} of all that these Python files import, and of `more`."""
    return {package: version(package) for package in sorted({*more}.union(*map(packages, paths)))}


def tex():
    """{name: version} of TeX and of what draws in it. Asking takes 50 ms, so child processes inherit the answer."""
    if ASKED not in os.environ:
        os.environ[ASKED] = json.dumps(ask_tex())
    return json.loads(os.environ[ASKED])


def ask_tex():
    try:
        banner = subprocess.run(["pdflatex", "--version"], capture_output=True, encoding="utf-8").stdout.splitlines()
        paths = subprocess.run(["kpsewhich", *(file for file, _ in TEX.values())], capture_output=True, encoding="utf-8").stdout.split()
    except FileNotFoundError:  # the first run of TeX says so
        return {}
    texts = {Path(path).name: Path(path).read_text(errors="replace", encoding="utf-8") for path in paths}
    found = {name: re.search(pattern, texts.get(file, "")) for name, (file, pattern) in TEX.items()}
    return {"pdfTeX": " ".join(banner[:1]).removeprefix("pdfTeX ")} | {name: match[1] for name, match in found.items() if match}


# ---- Records ----
def merge(*records):
    return {section: {key: value for r in records for key, value in r.get(section, {}).items()} for section in SECTIONS}


def part(book, paths, versions, *seeded):
    """What one stage itself reads."""
    sources = {named(book, path): digest(path) for path in paths if Path(path).is_file()}
    return {"sources": sources, "seeds": {name: book.seed(name) for name in seeded}, "versions": versions}


def carried(kind, output, file, record=None):
    """The record of an earlier stage's output, and the hash of its `file`.

    record : instead of the output's own; the file counts only where it was made from just that.
    """
    own = read(output).get("record", {})
    counts = record in (None, own) and Path(file).is_file()
    return merge(own if record is None else record, {"built": {kind: digest(file)} if counts else {}})


def trained_by(book, model):
    """The Python files that make a model."""
    return [*book.sources("pipeline/train.py"), *book.sources(book.models[model])]


def computed_by(book, figure):
    """The Python files that make a figure's tables."""
    shapes = [book.models[model] for model in book.asked(figure)]
    return [path for start in ("pipeline/tables.py", book.find(figure).module, *shapes) for path in book.sources(start)]


def drawn_with(book, edition):
    """What TeX reads for any figure in an edition."""
    return [*FRAME, *book.style, *map(str, files(book.edition_file(edition)))]


# Each takes the records of the stages before, or has them from beside their outputs.
def of_model(book, name):
    paths = trained_by(book, name)
    return merge(part(book, paths, versions(paths) | {"device": device(book)}, name))


def of_tables(book, name, models=None):
    before = [carried(f"model {m}", book.model(m), book.model(m), models and models[m]) for m in book.asked(name)]
    paths = computed_by(book, name)
    return merge(*before, part(book, paths, versions(paths), name))


def of_picture(book, name, templates, tables=None):
    before = [carried("tables", book.tables(name), book.sums(name), tables)] if book.find(name).module else []
    paths = book.sources("pipeline/picture.py")
    return merge(*before, part(book, [*paths, *templates], versions(paths)))


def of_inks(book, edition):
    paths = book.sources("pipeline/inks.py")
    return merge(part(book, [*paths, *book.style, *files(book.edition_file(edition))], versions(paths)))


def of_figure(book, edition, name, picture=None, inks=None):
    before = [carried("picture", book.picture(name), book.picture(name), picture)]
    if book.edition(edition).colourmodel == "cmyk":
        before.append(carried("inks", book.inks(edition), book.inks(edition), inks))
    paths = [*book.sources("pipeline/figure.py"), *drawn_with(book, edition)]
    return {"figure": name, "edition": edition} | merge(*before, part(book, paths, versions(paths) | tex()))


# ---- Beside the output ----
def beside(output):
    return Path(output).with_suffix(".json")


def read(output):
    """What lies beside an output; nothing where nothing does."""
    return json.loads(beside(output).read_text(encoding="utf-8")) if beside(output).is_file() else {}


def keep(output, record, **more):
    write(beside(output), json.dumps({"record": record} | more, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def commit(book):
    """The last commit, and whether nothing has changed since; of neither anything for a book that is in no repository."""
    if not tracked(book.root):
        return {"commit": None, "clean": None}
    head, *lines = git(book.root, "--no-optional-locks", "status", "--porcelain=v2", "--branch").splitlines() or [""]
    return {"commit": head.removeprefix("# branch.oid "), "clean": bool(head) and all(line.startswith("#") for line in lines)}


def circumstances(book):
    """What differs between equal builds; a build's jobs have the commit from its beginning."""
    return (json.loads(os.environ[COMMIT]) if COMMIT in os.environ else commit(book)) | {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{' '.join(os.uname()[::2])}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


def in_pdf(record):
    """A record as the text of a PDF's string, in hexadecimal digits."""
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode().hex().upper()
