from pipeline.templating.environment import templates_of
from pipeline.records.digest import sum_of
from pipeline.records.versions import versions

RENDERING = book.sources("pipeline/picture.py")


rule picture:
    """a figure's TikZ, from its template and tables"""
    input:
        tables=lambda w: book.drawn_from(w.figure),
    output:
        picture=book.picture("{figure}"),
        lines=book.lines("{figure}"),
    log:
        book.log("picture", "{figure}"),
    params:
        book=book.root,
        code=sum_of(book, "code", RENDERING),
        templates=lambda w: sum_of(
            book, "templates", templates_of(book, book.find(w.figure))
        ),
        versions=versions(RENDERING),
    message:
        "render {wildcards.figure}"
    shell:
        "python -m pipeline.picture {wildcards.figure} --book {params.book:q} > {log:q} 2>&1"
