# The table of contents: what there is to build. How each thing is made stands in pipeline/rules/, a file a stage; what a
# build does at its beginning and at its end, in pipeline/engine/session.py.
#
# `snakemake --lint` has one wish that is not granted: a conda environment or container for each rule. All rules share
# one environment, .venv, whose packages are pinned in requirements.lock.
from pipeline.engine.session import Session

session = Session(workflow, config)
book, python = session.book, session.python


wildcard_constraints:
    **session.wildcards,


include: "pipeline/rules/targets.smk"
include: "pipeline/rules/train.smk"
include: "pipeline/rules/tables.smk"
include: "pipeline/rules/picture.smk"
include: "pipeline/rules/inks.smk"
include: "pipeline/rules/format.smk"
include: "pipeline/rules/figure.smk"
include: "pipeline/rules/preview.smk"
include: "pipeline/rules/contents.smk"
include: "pipeline/rules/chapter.smk"
include: "pipeline/rules/book.smk"
include: "pipeline/rules/preflight.smk"
include: "pipeline/rules/web.smk"


onstart:
    session.begin()


onsuccess:
    session.succeed()


onerror:
    session.fail()
