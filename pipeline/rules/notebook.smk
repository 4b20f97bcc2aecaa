from pipeline import cells
from pipeline.records.digest import digest_of, sum_of
from pipeline.records.versions import versions

# What a notebook's cells run are the stages; what these make is there already, and tells when it is another.
NOTING = [*book.sources("pipeline/notebook.py"), *book.sources("pipeline/jupyter.py")]


rule notebook_chapter:
    """a chapter's notebook, run: its computed figures with their code"""
    input:
        previews=lambda w: [
            book.preview(cells.edition(book), name)
            for name in cells.figures(book, w.chapter)
        ],
        models=lambda w: [book.model(name) for name in cells.models(book, w.chapter)],
        metadata=book.metadata,
    output:
        book.notebook("{chapter}"),
    log:
        book.log("notebook", "{chapter}"),
    resources:
        mem_mb=4000,
        runtime=120,
    params:
        cells=lambda w: digest_of(cells.cells(book, w.chapter)),
        code=sum_of(book, NOTING),
        versions=versions(NOTING),
    message:
        "run the notebook of {wildcards.chapter}"
    shell:
        "step notebook {wildcards.chapter} > {log:q} 2>&1"
