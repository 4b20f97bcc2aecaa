from pipeline.records.record import drawn_with
from pipeline.records.digest import sum_of
from pipeline.records.versions import tex, versions

DRAWING = book.sources("pipeline/figure.py")
STYLES = {e: sum_of(book, "style", drawn_with(book, e)) for e in book.all_editions}


rule figure:
    """a figure as a PDF of its final size, in one edition"""
    input:
        inks=lambda w: book.mixed(w.edition),
        format=book.format_sum("{edition}"),
        picture=book.picture("{figure}"),
        tables=lambda w: book.drawn_from(w.figure),
    output:
        book.figure("{edition}", "{figure}"),
    log:
        book.log("figure", "{edition}/{figure}"),
    params:
        book=book.root,
        code=sum_of(book, "code", DRAWING),
        style=lambda w: STYLES[w.edition],
        versions=lambda w: versions(DRAWING) | tex(),
    message:
        "compile {wildcards.figure} ({wildcards.edition})"
    shell:
        "python -m pipeline.figure {wildcards.figure} --edition {wildcards.edition} "
        "--book {params.book:q} > {log:q} 2>&1"
