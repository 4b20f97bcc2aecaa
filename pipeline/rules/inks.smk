from pipeline.records.versions import versions


rule inks:
    """the palette in printing inks, for an edition that has them"""
    input:
        step=book.sources("pipeline/inks.py"),
        style=book.style,
        edition=lambda w: files(book.edition_file(w.edition)),
    output:
        book.inks("{edition}"),
    log:
        book.log("inks", "{edition}"),
    params:
        book=book.root,
        versions=lambda w: versions(book.sources("pipeline/inks.py")),
    message:
        "mix inks ({wildcards.edition})"
    shell:
        "python -m pipeline.inks --edition {wildcards.edition} --book {params.book:q} > {log:q} 2>&1"
