# The table of contents: what there is to build. How each thing is made stands in pipeline/rules/, a file a stage.
import sys

from pipeline.project import Book

book = Book(config.get("book", "book"))
PYTHON = f"{sys.executable} -m"


wildcard_constraints:
    edition=r"[a-z][a-z0-9-]*",
    chapter=r"[a-z][a-z0-9-]*",
    figure=r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*",
    model=r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*",


rule all:
    """the book, in every edition"""
    default_target: True
    input:
        [book.pdf(edition) for edition in book.editions],


rule figures:
    """all figures, in every edition"""
    input:
        [book.figure(e, f) for e in book.editions for f in book.figures],


rule preview:
    """all computed figures, drawn by Matplotlib"""
    input:
        [book.preview(e, f) for e in book.editions for f in book.computed],


include: "pipeline/rules/train.smk"
include: "pipeline/rules/tables.smk"
include: "pipeline/rules/picture.smk"
include: "pipeline/rules/figure.smk"
include: "pipeline/rules/preview.smk"
include: "pipeline/rules/book.smk"
include: "pipeline/rules/targets.smk"
