from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.record import computed_by
from pipeline.records.versions import versions


rule tables_figure:
    """a figure's tables and values"""
    input:
        lambda w: [book.model(model) for model in book.asked(w.figure)],
        metadata=book.metadata,
    output:
        values=book.values("{figure}"),
        sums=book.sums("{figure}"),
    log:
        book.log("tables", "{figure}"),
    resources:
        mem_mb=4000,
        runtime=60,
    params:
        seed=lambda w: book.seed(w.figure),
        models=lambda w: book.find(w.figure).models,
        code=lambda w: sum_of(book, computed_by(book, w.figure)),
        versions=lambda w: versions(computed_by(book, w.figure)),
        read=lambda w: changed(book, book.tables(w.figure)),
    message:
        "compute {wildcards.figure}"
    shell:
        "step tables {wildcards.figure} > {log:q} 2>&1"
