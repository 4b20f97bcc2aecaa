from pipeline.record import FRAME, tex


rule figure:
    """a figure as a PDF of its final size, in one edition"""
    input:
        step=book.sources("pipeline/figure.py"),
        frame=FRAME,
        style=book.style,
        edition=lambda w: book.edition_sources(w.edition),
        picture=book.picture("{figure}"),
        tables=lambda w: book.drawn_from(w.figure),
    output:
        book.figure("{edition}", "{figure}"),
    log:
        book.log("figure", "{edition}/{figure}"),
    params:
        book=book.root,
        versions=lambda w: tex(),
    message:
        "compile {wildcards.figure} ({wildcards.edition})"
    shell:
        "python -m pipeline.figure {wildcards.figure} --edition {wildcards.edition} "
        "--book {params.book} > {log} 2>&1"
