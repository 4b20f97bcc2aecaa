from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import tex, versions

DRAWING = book.sources("pipeline/figure.py")


rule figure:
    """a figure as a PDF of its final size, in one edition"""
    input:
        inks=lambda w: book.mixed(w.edition),
        format=lambda w: book.format_sum(w.edition),
        picture=book.picture("{figure}"),
        tables=lambda w: book.drawn_from(w.figure),
    output:
        book.figure("{edition}", "{figure}"),
    log:
        book.log("figure", "{edition}/{figure}"),
    wildcard_constraints:
        edition=session.drawn,
    resources:
        mem_mb=2000,
        runtime=20,
    params:
        code=sum_of(book, DRAWING),
        provenance=lambda w: book.edition(w.edition).provenance,
        versions=lambda w: versions(DRAWING) | tex(),
        read=lambda w: changed(book, book.figure(w.edition, w.figure)),
    message:
        "compile {wildcards.figure} ({wildcards.edition})"
    shell:
        "step figure {wildcards.figure} --edition {wildcards.edition} " "> {log:q} 2>&1"
