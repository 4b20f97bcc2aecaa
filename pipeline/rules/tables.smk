from pipeline.records.record import computed_by
from pipeline.records.digest import sum_of
from pipeline.records.versions import versions


rule tables:
    """a figure's tables and values"""
    input:
        models=lambda w: [book.model(m) for m in book.asked(w.figure)],
    output:
        values=book.values("{figure}"),
        sums=book.sums("{figure}"),
    log:
        book.log("tables", "{figure}"),
    params:
        seed=lambda w: book.seed(w.figure),
        book=book.root,
        code=lambda w: sum_of(book, "code", computed_by(book, w.figure)),
        versions=lambda w: versions(computed_by(book, w.figure)),
    message:
        "compute {wildcards.figure}"
    shell:
        "python -m pipeline.tables {wildcards.figure} --book {params.book:q} > {log:q} 2>&1"
