from pipeline.records.versions import tex
from pipeline.records.git import stamp

DOCUMENT = ["templates/book.tex", "templates/press.tex", *book.style]
TEXT = [f"{book.root}/{name}" for name in ("book.yaml", "book.tex", "references.bib")]


# First of all: a missing figure stops the book before anything is trained for it.
rule contents:
    """the list of figures, and the check that the chapters show them all"""
    input:
        step=book.sources("pipeline/contents.py"),
        config=TEXT[0],
        chapters=[f"{book.root}/{chapter}/chapter.tex" for chapter in book.chapters],
        sources=[f.module or f.template for f in book.figures.values()],
    output:
        f"{book.build}/contents.txt",
    log:
        book.log("contents", "contents"),
    priority: 100
    params:
        book=book.root,
        figures=sorted(book.figures),
    message:
        "contents of {params.book}"
    shell:
        "python -m pipeline.contents --book {params.book:q} > {log:q} 2>&1"


rule book:
    """the book, in one edition"""
    input:
        step=book.sources("pipeline/book.py"),
        frame=DOCUMENT,
        text=TEXT,
        contents=f"{book.build}/contents.txt",
        chapters=[f"{book.root}/{chapter}/chapter.tex" for chapter in book.chapters],
        edition=lambda w: book.edition_sources(w.edition),
        figures=lambda w: book.pictures_and_values(w.edition, book.chapters),
    output:
        book.pdf("{edition}"),
    log:
        book.log("book", "{edition}"),
    params:
        book=book.root,
        stamp=lambda w: stamp(book, w.edition),
        versions=lambda w: tex(),
    message:
        "typeset {params.book} ({wildcards.edition})"
    shell:
        "python -m pipeline.book --edition {wildcards.edition} --book {params.book:q} > {log:q} 2>&1"


rule chapter:
    """a chapter as a PDF of its own, in one edition"""
    input:
        step=book.sources("pipeline/chapter.py"),
        frame=DOCUMENT,
        text=TEXT,
        chapter=f"{book.root}/{{chapter}}/chapter.tex",
        edition=lambda w: book.edition_sources(w.edition),
        figures=lambda w: book.pictures_and_values(w.edition, [w.chapter]),
    output:
        book.chapter("{edition}", "{chapter}"),
    log:
        book.log("chapter", "{edition}/{chapter}"),
    params:
        book=book.root,
        stamp=lambda w: stamp(book, w.edition),
        versions=lambda w: tex(),
    message:
        "typeset {wildcards.chapter} ({wildcards.edition})"
    shell:
        "python -m pipeline.chapter {wildcards.chapter} --edition {wildcards.edition} "
        "--book {params.book:q} > {log:q} 2>&1"
