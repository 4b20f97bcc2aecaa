def shown(edition, chapters):
    """PDFs of the figures that these chapters show, and the values of the computed ones."""
    names = [n for c in chapters for n, _ in book.shown(c) if n in book.figures]
    computed = [n for n in names if n in book.computed]
    return [book.figure(edition, n) for n in names] + [
        f"{book.tables(n)}/values.json" for n in computed
    ]


DOCUMENT = ["templates/book.tex", *book.style]
TEXT = [f"{book.root}/{name}" for name in ("book.yaml", "book.tex", "references.bib")]


# First of all: a missing figure stops the book before anything is trained for it.
rule contents:
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
        "{PYTHON} pipeline.contents --book {params.book} > {log} 2>&1"


rule book:
    input:
        step=book.sources("pipeline/book.py"),
        frame=DOCUMENT,
        text=TEXT,
        contents=f"{book.build}/contents.txt",
        chapters=[f"{book.root}/{chapter}/chapter.tex" for chapter in book.chapters],
        edition=lambda w: book.edition_file(w.edition),
        figures=lambda w: shown(w.edition, book.chapters),
    output:
        book.pdf("{edition}"),
    log:
        book.log("book", "{edition}"),
    params:
        book=book.root,
    message:
        "typeset {params.book} ({wildcards.edition})"
    shell:
        "{PYTHON} pipeline.book --edition {wildcards.edition} --book {params.book} > {log} 2>&1"


rule chapter:
    input:
        step=book.sources("pipeline/chapter.py"),
        frame=DOCUMENT,
        text=TEXT,
        chapter=f"{book.root}/{{chapter}}/chapter.tex",
        edition=lambda w: book.edition_file(w.edition),
        figures=lambda w: shown(w.edition, [w.chapter]),
    output:
        book.chapter("{edition}", "{chapter}"),
    log:
        book.log("chapter", "{edition}/{chapter}"),
    params:
        book=book.root,
    message:
        "typeset {wildcards.chapter} ({wildcards.edition})"
    shell:
        "{PYTHON} pipeline.chapter {wildcards.chapter} --edition {wildcards.edition} "
        "--book {params.book} > {log} 2>&1"
