from pipeline.project import slides
from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.versions import versions

CHECKING = book.sources("pipeline/preflight.py")


# What it finds takes nothing away: rules/mend.smk is strict.
rule preflight_edition:
    """the promises that an edition makes, held against its figures and its book"""
    input:
        figures=lambda w: [
            book.figure(w.edition, name) for name in book.figures_of(book.chapters)
        ],
        pictures=lambda w: [
            book.picture(name) for name in book.figures_of(book.chapters)
        ],
        lines=lambda w: [book.lines(name) for name in book.figures_of(book.chapters)],
        pdf=book.pdf("{edition}"),
        places=book.places("{edition}"),
    output:
        book.preflight("{edition}"),
    log:
        messages=book.log("preflight", "{edition}"),
        page=f"{book.build}/preflight/{{edition}}.html",
    resources:
        mem_mb=4000,
        runtime=60,
    params:
        title=book.config["title"],
        answers=lambda w: book.edition(w.edition).answers,
        code=sum_of(book, CHECKING),
        versions=versions(CHECKING),
        read=lambda w: changed(book, book.preflight(w.edition)),
    message:
        "preflight {book.root} ({wildcards.edition})"
    shell:
        "step preflight --edition {wildcards.edition} --lenient > {log.messages:q} 2>&1"


rule preflight_talk:
    """the same of a talk's slides"""
    input:
        lambda w: book.slides_and_values(w.edition, w.talk),
        pictures=lambda w: [
            file(name)
            for name, _ in slides.shown(book, w.talk)
            for file in (book.picture, book.lines)
        ],
        pdf=book.talk("{edition}", "{talk}"),
        places=book.places(slides.at("{edition}", "{talk}")),
    output:
        book.preflight(slides.at("{edition}", "{talk}")),
    log:
        messages=book.log("preflight", slides.at("{edition}", "{talk}")),
        page=f"{book.build}/preflight/{slides.at('{edition}', '{talk}')}.html",
    resources:
        mem_mb=4000,
        runtime=60,
    params:
        title=lambda w: book.talk_title(w.talk),
        answers=lambda w: book.edition(slides.edition_of(w.edition)).answers,
        code=sum_of(book, CHECKING),
        versions=versions(CHECKING),
        read=lambda w: changed(book, book.preflight(slides.at(w.edition, w.talk))),
    message:
        "preflight the talk {wildcards.talk} ({wildcards.edition})"
    shell:
        "step preflight --edition {wildcards.edition} --slides {wildcards.talk} --lenient > {log.messages:q} 2>&1"
