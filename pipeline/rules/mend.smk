from pipeline.project import slides
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


rule mend_talk:
    """that nothing is to be mended in a talk"""
    input:
        book.loose_ends(slides.at("{edition}", "{talk}")),
        book.preflight(slides.at("{edition}", "{talk}")),
    output:
        book.mended(slides.at("{edition}", "{talk}")),
    log:
        book.log("mend", slides.at("{edition}", "{talk}")),
    localrule: True
    params:
        code=sum_of(book, book.sources("pipeline/mend.py")),
    message:
        "what to mend in the talk {wildcards.talk} ({wildcards.edition})"
    shell:
        "step mend --edition {wildcards.edition} --slides {wildcards.talk} > {log:q} 2>&1"
