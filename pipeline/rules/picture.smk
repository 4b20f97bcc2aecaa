from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import versions

RENDERING = book.sources("pipeline/picture.py")


rule picture:
    """a figure's TikZ, from its template and tables"""
    input:
        lambda w: book.drawn_from(w.figure),
        metadata=book.metadata,
    output:
        picture=book.picture("{figure}"),
        lines=book.lines("{figure}"),
    log:
        book.log("picture", "{figure}"),
    localrule: True
    params:
        title=lambda w: book.find(w.figure).title,
        decimal=lambda w: book.decimal,
        language=book.config["language"],
        code=sum_of(book, RENDERING),
        versions=versions(RENDERING),
        read=lambda w: changed(book, book.picture(w.figure)),
    message:
        "render {wildcards.figure}"
    shell:
        "step picture {wildcards.figure} > {log:q} 2>&1"
