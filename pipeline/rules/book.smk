from pipeline.records.digest import digest_of, sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import tex
from pipeline.tex.definitions import names
from pipeline.tex.facts import counted, made_with


rule book_edition:
    """the book, in one edition"""
    input:
        inks=lambda w: book.mixed(w.edition),
        format=book.text_format_sum("{edition}"),
        contents=book.contents,
        figures=lambda w: book.pictures_and_values(w.edition, book.chapters),
        facts=lambda w: counted(book, book.chapters),
    output:
        pdf=book.pdf("{edition}"),
        mend=book.loose_ends("{edition}"),
        places=book.places("{edition}"),
        viewers=book.for_viewers(book.pdf("{edition}")),
        captions=book.captions("{edition}"),
        labels=update(book.labels("{edition}")),  # the last are kept where the book fails
    log:
        book.log("book", "{edition}"),
    resources:
        mem_mb=2000,
        runtime=60,
    params:
        names=lambda w: digest_of(names(book, w.edition, book.chapters)),
        code=sum_of(book, book.sources("pipeline/book.py")),
        versions=lambda w: tex() | made_with(book, book.chapters),
        read=lambda w: changed(book, book.pdf(w.edition)),
    message:
        "typeset {book.root} ({wildcards.edition})"
    shell:
        "step book --edition {wildcards.edition} > {log:q} 2>&1"
