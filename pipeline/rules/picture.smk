from pipeline.picture import templates_of
from pipeline.record import versions


rule picture:
    """a figure's TikZ, from its template and tables"""
    input:
        step=book.sources("pipeline/picture.py"),
        templates=lambda w: templates_of(book, book.find(w.figure)),
        tables=lambda w: book.drawn_from(w.figure),
    output:
        picture=book.picture("{figure}"),
        lines=book.lines("{figure}"),
    log:
        book.log("picture", "{figure}"),
    params:
        book=book.root,
        versions=versions(book.sources("pipeline/picture.py")),
    message:
        "render {wildcards.figure}"
    shell:
        "python -m pipeline.picture {wildcards.figure} --book {params.book} > {log} 2>&1"
