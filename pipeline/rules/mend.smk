from pipeline.records.digest import sum_of


# Where something is found the output is not made: it is asked for again until all is mended, and nothing else is.
rule mend:
    """that nothing is to be mended in an edition: what the press and `preflight` are strict about"""
    input:
        book.loose_ends("contents"),
        book.loose_ends("{edition}"),
        book.preflight("{edition}"),
    output:
        book.mended("{edition}"),
    log:
        book.log("mend", "{edition}"),
    localrule: True
    params:
        code=sum_of(book, book.sources("pipeline/mend.py")),
    message:
        "what to mend in {book.root} ({wildcards.edition})"
    shell:
        "step mend --edition {wildcards.edition} > {log:q} 2>&1"
