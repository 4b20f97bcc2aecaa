from pipeline.record import trained_by, versions


rule train:
    """a trained model: weights, history, snapshots"""
    input:
        step=book.sources("pipeline/train.py"),
        module=lambda w: book.sources(book.models[w.model]),
    output:
        book.model("{model}"),
    log:
        book.log("train", "{model}"),
    params:
        seed=lambda w: book.seed(w.model),
        book=book.root,
        versions=lambda w: (
            versions(trained_by(book, w.model)) if w.model in book.models else {}
        ),
    message:
        "train {wildcards.model}"
    shell:
        "python -m pipeline.train {wildcards.model} --book {params.book} > {log} 2>&1"
