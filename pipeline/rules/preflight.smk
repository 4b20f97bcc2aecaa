from pipeline.project.editions import files


# Snakemake takes a failed job's output away, so that it fails again until it is mended; its logs, and so the page, remain.
rule check_edition:
    """the promises that an edition makes, held against its figures and its book"""
    input:
        step=book.sources("pipeline/preflight.py"),
        page="templates/preflight.html.j2",
        style=book.style,
        config=f"{book.root}/book.yaml",
        edition=lambda w: files(book.edition_file(w.edition)),
        figures=lambda w: [
            book.figure(w.edition, name) for name in book.figures_of(book.chapters)
        ],
        pictures=[book.picture(name) for name in book.figures_of(book.chapters)],
        pdf=book.pdf("{edition}"),
    output:
        book.preflight("{edition}"),
    log:
        messages=book.log("preflight", "{edition}"),
        page=f"{book.build}/preflight/{{edition}}.html",
    params:
        book=book.root,
    message:
        "preflight {params.book} ({wildcards.edition})"
    shell:
        "python -m pipeline.preflight --edition {wildcards.edition} --book {params.book:q} "
        "> {log.messages:q} 2>&1"
