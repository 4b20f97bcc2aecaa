from pipeline.project.editions import files
from pipeline.records.digest import sum_of
from pipeline.records.versions import versions

PLOTTING = book.sources("pipeline/preview.py")


rule draw_preview:
    """a figure drawn by Matplotlib, in one edition"""
    input:
        inks=lambda w: book.mixed(w.edition),
        tables=lambda w: book.drawn_from(w.figure),
    output:
        book.preview("{edition}", "{figure}"),
    log:
        book.log("preview", "{edition}/{figure}"),
    params:
        book=book.root,
        code=lambda w: sum_of(
            book, "code", [*PLOTTING, *book.sources(book.find(w.figure).module)]
        ),
        style=lambda w: sum_of(
            book, "style", [*book.style, *files(book.edition_file(w.edition))]
        ),
        versions=versions(PLOTTING, "matplotlib"),
    message:
        "preview {wildcards.figure} ({wildcards.edition})"
    shell:
        "python -m pipeline.preview {wildcards.figure} --edition {wildcards.edition} "
        "--book {params.book:q} > {log:q} 2>&1"
