from pipeline.records.digest import sum_of
from pipeline.records.versions import versions

CONVERTING = book.sources("pipeline/svg.py")


rule svg:
    """a figure's pictures for the web, in one edition"""
    input:
        book.figure("{edition}", "{figure}"),
    output:
        book.svg("{edition}", "{figure}"),
    log:
        book.log("svg", "{edition}/{figure}"),
    resources:
        mem_mb=1000,
        runtime=20,
    params:
        code=sum_of(book, CONVERTING),
        versions=versions(CONVERTING),
    message:
        "svg {wildcards.figure} ({wildcards.edition})"
    shell:
        "step svg {wildcards.figure} --edition {wildcards.edition} > {log:q} 2>&1"
