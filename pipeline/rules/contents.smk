from pipeline.records.digest import digest_of, sum_of
from pipeline.records.reads import changed


# First of all: a missing figure stops the book before anything is trained for it.
rule contents:
    """the list of figures, and the check that the chapters show them all"""
    output:
        book.contents,
    log:
        book.log("contents", "contents"),
    priority: 100
    localrule: True
    params:
        shown=lambda w: digest_of([book.shown(chapter) for chapter in book.chapters]),
        figures=digest_of([[f.name, f.description] for f in book.figures.values()]),
        code=sum_of(book, book.sources("pipeline/contents.py")),
        read=lambda w: changed(book, book.contents),
    message:
        "contents of {book.root}"
    shell:
        "step contents > {log:q} 2>&1"
