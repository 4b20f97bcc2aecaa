from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import tex, versions

FILMING = book.sources("pipeline/film.py")


rule film:
    """a figure's film, in one edition, its frames and its still"""
    input:
        inks=lambda w: book.mixed(w.edition),
        format=book.format_sum("{edition}"),
        tables=book.sums("{figure}"),
        frames=book.frame_sums("{figure}"),
    output:
        film=book.film("{edition}", "{figure}"),
        still=book.still("{edition}", "{figure}"),
    log:
        book.log("film", "{edition}/{figure}"),
    resources:
        mem_mb=2000,
        runtime=120,
    params:
        title=lambda w: book.find(w.figure).film_title,
        decimal=lambda w: book.decimal,
        language=book.config["language"],
        code=sum_of(book, FILMING),
        versions=lambda w: versions(FILMING) | tex(),
        read=lambda w: changed(book, book.film(w.edition, w.figure)),
    message:
        "film {wildcards.figure} ({wildcards.edition})"
    shell:
        "step film {wildcards.figure} --edition {wildcards.edition} > {log:q} 2>&1"
