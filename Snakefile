# The table of contents: what there is to build. How each thing is made stands in pipeline/rules/, a file a stage.
#
# `snakemake --lint` has one wish that is not granted: a conda environment or container for each rule. All rules share
# one environment, .venv, whose packages are pinned in requirements.lock.
import atexit
import gc
import json
import os
import shlex
import sys
from pathlib import Path

from pipeline.engine import server
from pipeline.engine.lock import busy, claim
from pipeline.engine.place import check_place, date_back
from pipeline.engine.stale import withdraw
from pipeline.errors.report import failures, notes, states
from pipeline.errors.telling import told_to_author
from pipeline.files import beside
from pipeline.project.book import Book
from pipeline.project.editions import files
from pipeline.project.names import NAME
from pipeline.project.surroundings import PYTHON, begin_again, settle
from pipeline.prune import prune
from pipeline.records.git import COMMIT, head
from pipeline.tex import sandbox

begin_again("-m", "snakemake", *sys.argv[1:])
settle()
# A graph of thousands of jobs is no garbage: looking for some takes a fifth of the start, and another fifth at the end.
gc.disable()  # until the first job
atexit.register(gc.freeze)
with told_to_author(config.get("book", "book")):
    book = Book(config.get("book", "book"))
    check_place(book)
    logs = states(book.build / "logs")  # of earlier builds
    titles = {name: figure.title for name, figure in book.figures.items()}
    if not busy(book):
        withdraw(book)
        if not {"-n", "--dry-run", "--dryrun", "-l", "--list", "--lint"} & {*sys.argv}:
            date_back(book)
            # Now, so that it is there when the jobs are known.
            server.start(beside(book.build / "server"))
NONE = "(?!)"  # matches nothing
# Jobs run in the environment of this snakemake, whether or not it is activated.
# They are run by the build's server, which has imported what they import.
interpreter = shlex.join([*PYTHON, "-S", "-E", "pipeline/engine/client.py"])
shell.prefix(
    f'python() ( exec {interpreter} "$@" ); '.replace("{", "{{").replace("}", "}}")
)


wildcard_constraints:
    edition="|".join(book.all_editions),
    chapter="|".join(book.chapters),
    figure=f"{NAME.pattern}/{NAME.pattern}",  # a list of them all would be searched for each file
    model="|".join(book.models) or NONE,


rule all:
    """the book, in every edition, and their preflight"""
    default_target: True
    input:
        [book.pdf(edition) for edition in book.editions],
        [book.preflight(edition) for edition in book.editions],


rule figures:
    """all figures, in every edition"""
    input:
        book.pdfs(book.figures),


# Editions that are made on request are checked when they are there.
rule preflight:
    """what the editions promise, checked on their PDFs: the reports"""
    input:
        [
            book.preflight(e)
            for e in book.all_editions
            if e in book.editions or Path(book.pdf(e)).is_file()
        ],


rule preview:
    """all computed figures, drawn by Matplotlib"""
    input:
        [book.preview(e, f) for e in book.editions for f in book.computed],


onstart:
    gc.enable()
    with told_to_author(book.root):
        claim(book)
        prune(book)
    os.environ[COMMIT] = json.dumps(head(book))
    sandbox.asked()  # its jobs inherit the answer
    # Snakemake's limit on jobs a second, which is for clusters, looks at all jobs again a second after each: their number's square.
    workflow.scheduler.job_rate_limiter = None


onsuccess:
    for note in notes(book.build / "logs", before=logs):
        print(note, file=sys.stderr)


onerror:
    withdraw(book)
    told = notes(book.build / "logs", before=logs), failures(
        book.build / "logs", before=logs
    )
    print("", *sum(told, []), sep="\n", file=sys.stderr)


include: "pipeline/rules/train.smk"
include: "pipeline/rules/tables.smk"
include: "pipeline/rules/picture.smk"
include: "pipeline/rules/inks.smk"
include: "pipeline/rules/format.smk"
include: "pipeline/rules/figure.smk"
include: "pipeline/rules/preview.smk"
include: "pipeline/rules/book.smk"
include: "pipeline/rules/preflight.smk"
include: "pipeline/rules/web.smk"
include: "pipeline/rules/targets.smk"
