from pipeline.tex.formats import changed
from pipeline.records.record import FRAME
from pipeline.records.versions import tex


rule dump_format:
    """what all figures of an edition have in common, precompiled"""
    input:
        step=book.sources("pipeline/format.py"),
        frame=FRAME,
        style=book.style,
        edition=lambda w: book.edition_sources(w.edition),
    output:
        format=book.format("{edition}"),
        sum=book.format_sum("{edition}"),
    log:
        book.log("format", "{edition}"),
    params:
        book=book.root,
        versions=lambda w: tex(),
        packages=lambda w: changed(book, w.edition),
    message:
        "dump format ({wildcards.edition})"
    shell:
        "python -m pipeline.format --edition {wildcards.edition} --book {params.book:q} > {log:q} 2>&1"
