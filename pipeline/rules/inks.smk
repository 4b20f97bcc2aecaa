from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import versions

MIXING = book.sources("pipeline/inks.py")


rule inks:
    """the colours of an edition whose palette the stylesheet does not hold: in printing inks, or one of its own"""
    input:
        metadata=book.metadata,
    output:
        book.inks("{edition}"),
    log:
        book.log("inks", "{edition}"),
    localrule: True
    params:
        answers=lambda w: book.edition(w.edition).answers,
        code=sum_of(book, MIXING),
        versions=versions(MIXING),
        read=lambda w: changed(book, book.inks(w.edition)),
    message:
        "mix inks ({wildcards.edition})"
    shell:
        "step inks --edition {wildcards.edition} > {log:q} 2>&1"
