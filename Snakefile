# The table of contents: what there is to build. How each thing is made stands in pipeline/rules/, a file a stage; what a
# build does at its beginning and at its end, in pipeline/engine/session.py.
#
# `snakemake --lint` has one wish that is not granted: a conda environment or container for each rule. All rules share
# one environment, .venv, whose packages are pinned in requirements.lock.
from pipeline.engine.session import Session
from pipeline.engine.stages import STAGES

session = Session(workflow, config)
book, whole = session.book, session.parts.whole


wildcard_constraints:
    **session.wildcards,


rule all:
    default_target: True
    input:
        lambda w: whole(
            made(e)
            for e in book.editions
            for made in (book.pdf, book.loose_ends, book.preflight)
        ),


for stage in ["metadata", *STAGES]:

    include: f"pipeline/rules/{stage}.smk"


include: "pipeline/rules/targets.smk"


onstart:
    session.begin()


onsuccess:
    session.succeed()


onerror:
    session.fail()
