from pipeline.html.sources import state
from pipeline.html.themes import made_of
from pipeline.records.digest import digest_of, sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import versions


rule gallery:
    """a site of the book's figures, of files alone"""
    input:
        lambda w: whole(made_of(book)),
        metadata=book.metadata,
    output:
        book.gallery,
    log:
        book.log("gallery", "gallery"),
    resources:
        mem_mb=1000,
        runtime=20,
    params:
        config=digest_of(book.config),
        figures=lambda w: digest_of([*book.figures]),
        repository=lambda w: digest_of(state(book)),
        code=sum_of(book, book.sources("pipeline/gallery.py")),
        versions=versions(book.sources("pipeline/gallery.py")),
        read=lambda w: changed(book, book.gallery),
    message:
        "gallery of {book.root}"
    shell:
        "step gallery > {log:q} 2>&1"
