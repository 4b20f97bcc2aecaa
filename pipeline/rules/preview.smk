from pipeline.record import versions


rule draw_preview:
    """a figure drawn by Matplotlib, in one edition"""
    input:
        step=book.sources("pipeline/preview.py"),
        module=lambda w: book.sources(book.find(w.figure).module),
        style=book.style,
        edition=lambda w: book.edition_sources(w.edition),
        tables=lambda w: book.drawn_from(w.figure),
    output:
        book.preview("{edition}", "{figure}"),
    log:
        book.log("preview", "{edition}/{figure}"),
    wildcard_constraints:
        figure="|".join(book.computed) or NONE,
    params:
        book=book.root,
        versions=lambda w: versions(book.sources("pipeline/preview.py"), "matplotlib"),
    message:
        "preview {wildcards.figure} ({wildcards.edition})"
    shell:
        "python -m pipeline.preview {wildcards.figure} --edition {wildcards.edition} "
        "--book {params.book} > {log} 2>&1"
