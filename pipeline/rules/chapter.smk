from pathlib import Path

from pipeline.project.quoting import elsewhere
from pipeline.records.digest import digest_of, sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import tex
from pipeline.tex.definitions import names
from pipeline.tex.facts import counted, made_with


# The labels are those of the book that is made in the same run, else of that which is there, and is not made for their sake.
rule chapter:
    """a chapter as a PDF of its own, in one edition"""
    input:
        inks=lambda w: book.mixed(w.edition),
        format=book.text_format_sum("{edition}"),
        labels=lambda w: (
            book.labels(w.edition)
            if w.edition in session.books
            else [
                before_update(ancient(file))
                for file in [book.labels(w.edition)]
                if Path(file).is_file()
            ]
        ),
        figures=lambda w: book.pictures_and_values(w.edition, [w.chapter]),
        facts=lambda w: counted(book, [w.chapter]),
        metadata=book.metadata,
    output:
        pdf=book.chapter("{edition}", "{chapter}"),
        mend=book.loose_ends("{edition}/{chapter}"),
        places=book.places("{edition}/{chapter}"),
        viewers=book.for_viewers(book.chapter("{edition}", "{chapter}")),
    log:
        book.log("chapter", "{edition}/{chapter}"),
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        before=lambda w: book.reading.numbers()[w.chapter],
        names=lambda w: digest_of(names(book, w.edition, [w.chapter])),
        code=sum_of(book, book.sources("pipeline/chapter.py")),
        elsewhere=lambda w: digest_of(elsewhere(book, w.edition, w.chapter)),
        versions=lambda w: tex() | made_with(book, [w.chapter]),
        read=lambda w: changed(book, book.chapter(w.edition, w.chapter)),
    message:
        "typeset {wildcards.chapter} ({wildcards.edition})"
    shell:
        "step chapter {wildcards.chapter} --edition {wildcards.edition} "
        "> {log:q} 2>&1"
