from pipeline.project.device import device
from pipeline.project.figures import models_of
from pipeline.records.digest import sum_of
from pipeline.records.interrupted import going_on
from pipeline.records.reads import changed
from pipeline.records.record import trained_by
from pipeline.records.versions import versions


rule train:
    """a trained model: weights, history, snapshots"""
    input:
        lambda w: [book.model(teacher) for teacher in book.teachers(w.model)],
        metadata=book.metadata,
    output:
        book.model("{model}"),
    log:
        book.log("train", "{model}"),
    resources:
        gpu=int(device(book) == "cuda"),
        mem_mb=4000,
        runtime=240,
        going=lambda w: going_on(book, w.model),
    params:
        models=lambda w: models_of(w.model, book.models[w.model], book.models),
        seed=lambda w: book.seed(w.model),
        device=device(book),
        code=lambda w: sum_of(book, trained_by(book, w.model)),
        versions=lambda w: versions(trained_by(book, w.model)),
        read=lambda w: changed(book, book.model(w.model)),
    message:
        "train {wildcards.model}{resources.going}"
    shell:
        "step train {wildcards.model} > {log:q} 2>&1"
