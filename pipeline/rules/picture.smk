from pipeline.picture import templates_of


def table_sums(wildcards):
    """The tables of a computed figure, as their checksums."""
    computed = book.find(wildcards.figure).module
    return [book.tables(wildcards.figure) + "/SHA256SUMS"] if computed else []


rule picture:
    input:
        step=book.sources("pipeline/picture.py"),
        templates=lambda w: templates_of(book, book.find(w.figure)),
        tables=table_sums,
    output:
        book.picture("{figure}"),
    log:
        book.log("picture", "{figure}"),
    params:
        book=book.root,
    message:
        "render {wildcards.figure}"
    shell:
        "{PYTHON} pipeline.picture {wildcards.figure} --book {params.book} > {log} 2>&1"
