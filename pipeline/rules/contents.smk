from pipeline.project.chapters import loose
from pipeline.records.digest import digest_of, sum_of


rule contents:
    """the list of figures, and of what to mend: those that no text names"""
    input:
        metadata=book.metadata,
    output:
        contents=book.contents,
        mend=book.loose_ends("contents"),
    log:
        book.log("contents", "contents"),
    priority: 100
    localrule: True
    params:
        named=lambda w: digest_of([str(error) for error in loose(book)]),
        shown=lambda w: digest_of(book.figures_of(book.chapters)),
        figures=digest_of(
            [[f.name, book.plain(f.title)] for f in book.figures.values()]
        ),
        code=sum_of(book, book.sources("pipeline/contents.py")),
        scrambled=lambda w: digest_of([str(text) for text in book.reading.scrambled()]),
    message:
        "contents of {book.root}"
    shell:
        "step contents > {log:q} 2>&1"
