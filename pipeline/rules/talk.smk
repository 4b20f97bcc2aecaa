from pathlib import Path

from pipeline.project import slides
from pipeline.project.quoting import elsewhere
from pipeline.records.digest import digest_of, sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import tex
from pipeline.tex.definitions import names
from pipeline.tex.facts import counted, made_with


# The labels are those of the last book, which is not made for their sake.
rule talk:
    """a talk's slides, in one edition"""
    input:
        inks=lambda w: book.mixed(w.edition),
        labels=lambda w: [
            before_update(ancient(file))
            for file in [book.labels(w.edition)]
            if Path(file).is_file()
        ],
        figures=lambda w: book.slides_and_values(w.edition, w.talk),
        facts=lambda w: counted(book, [slides.key(w.talk)]),
        metadata=book.metadata,
    output:
        pdf=book.talk("{edition}", "{talk}"),
        mend=book.loose_ends(slides.at("{edition}", "{talk}")),
        places=book.places(slides.at("{edition}", "{talk}")),
        viewers=book.for_viewers(book.talk("{edition}", "{talk}")),
    log:
        book.log("talk", slides.at("{edition}", "{talk}")),
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        names=lambda w: digest_of(names(book, w.edition, [slides.key(w.talk)])),
        code=sum_of(book, book.sources("pipeline/talk.py")),
        elsewhere=lambda w: digest_of(elsewhere(book, w.edition, slides.key(w.talk))),
        versions=lambda w: tex() | made_with(book, [slides.key(w.talk)]),
        read=lambda w: changed(book, book.talk(w.edition, w.talk)),
    message:
        "typeset the talk {wildcards.talk} ({wildcards.edition})"
    shell:
        "step talk {wildcards.talk} --edition {wildcards.edition} > {log:q} 2>&1"
