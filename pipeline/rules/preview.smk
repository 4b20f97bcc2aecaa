rule draw_preview:
    input:
        step=book.sources("pipeline/preview.py"),
        module=lambda w: book.sources(book.find(w.figure).module),
        style=book.style,
        edition=lambda w: book.edition_file(w.edition),
        tables=table_sums,
    output:
        book.preview("{edition}", "{figure}"),
    log:
        book.log("preview", "{edition}/{figure}"),
    params:
        book=book.root,
    message:
        "preview {wildcards.figure} ({wildcards.edition})"
    shell:
        "{PYTHON} pipeline.preview {wildcards.figure} --edition {wildcards.edition} "
        "--book {params.book} > {log} 2>&1"
