from pipeline.record import computed_by, versions


rule tables:
    """a figure's tables and values"""
    input:
        step=book.sources("pipeline/tables.py"),
        module=lambda w: book.sources(book.find(w.figure).module),
        shapes=lambda w: [
            f for m in book.asked(w.figure) for f in book.sources(book.models[m])
        ],
        models=lambda w: [book.model(m) for m in book.asked(w.figure)],
    output:
        values=book.values("{figure}"),
        sums=book.sums("{figure}"),
    log:
        book.log("tables", "{figure}"),
    wildcard_constraints:
        figure="|".join(book.computed) or NONE,
    params:
        seed=lambda w: book.seed(w.figure),
        book=book.root,
        versions=lambda w: versions(computed_by(book, w.figure)),
    message:
        "compute {wildcards.figure}"
    shell:
        "python -m pipeline.tables {wildcards.figure} --book {params.book} > {log} 2>&1"
