from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import tex


rule format:
    """what all figures of an edition have in common, and what all its texts have, precompiled"""
    input:
        lambda w: book.mixed(w.edition),
        metadata=book.metadata,
    output:
        format=book.format("{edition}"),
        sum=book.format_sum("{edition}"),
        text=book.text_format("{edition}"),
        text_sum=book.text_format_sum("{edition}"),
    log:
        book.log("format", "{edition}"),
    wildcard_constraints:
        edition=session.drawn,
    resources:
        mem_mb=2000,
        runtime=10,
    params:
        code=sum_of(book, book.sources("pipeline/format.py")),
        versions=lambda w: tex(),
        read=lambda w: changed(book, book.format(w.edition)),
    message:
        "dump format ({wildcards.edition})"
    shell:
        "step format --edition {wildcards.edition} > {log:q} 2>&1"
