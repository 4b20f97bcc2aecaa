def trained(wildcards):
    """Trained models that a figure asks for; one that is not there is the job's to report."""
    names = book.find(wildcards.figure).models.values()
    return [book.model(name) for name in names if name in book.models]


rule tables:
    input:
        step=book.sources("pipeline/tables.py"),
        module=lambda w: book.sources(book.find(w.figure).module),
        shapes=lambda w: [
            file
            for name in book.find(w.figure).models.values()
            if name in book.models
            for file in book.sources(book.models[name])
        ],
        models=trained,
    output:
        values=book.tables("{figure}") + "/values.json",
        sums=book.tables("{figure}") + "/SHA256SUMS",
    log:
        book.log("tables", "{figure}"),
    params:
        seed=lambda w: book.seed(w.figure),
        book=book.root,
    message:
        "compute {wildcards.figure}"
    shell:
        "{PYTHON} pipeline.tables {wildcards.figure} --book {params.book} > {log} 2>&1"
