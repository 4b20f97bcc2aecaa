from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import versions

PLOTTING = book.sources("pipeline/preview.py")


rule preview_figure:
    """a figure drawn by Matplotlib, in one edition"""
    input:
        lambda w: book.drawn_from(w.figure),
    output:
        book.preview("{edition}", "{figure}"),
    log:
        book.log("preview", "{edition}/{figure}"),
    resources:
        mem_mb=2000,
        runtime=20,
    params:
        code=lambda w: sum_of(
            book, [*PLOTTING, *book.sources(book.find(w.figure).module)]
        ),
        decimal=lambda w: book.decimal,
        language=book.config["language"],
        versions=versions(PLOTTING, "matplotlib"),
        read=lambda w: changed(book, book.preview(w.edition, w.figure)),
    message:
        "preview {wildcards.figure} ({wildcards.edition})"
    shell:
        "step preview {wildcards.figure} --edition {wildcards.edition} "
        "> {log:q} 2>&1"
