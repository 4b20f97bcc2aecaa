from pipeline.records.digest import sum_of
from pipeline.records.reads import changed
from pipeline.records.record import computed_by
from pipeline.records.versions import versions


rule frames_figure:
    """what the frames of a figure's film are drawn from: tables and values"""
    input:
        lambda w: [book.model(model) for model in book.asked(w.figure, "frames")],
        metadata=book.metadata,
    output:
        book.frame_sums("{figure}"),
    log:
        book.log("frames", "{figure}"),
    resources:
        mem_mb=4000,
        runtime=60,
    params:
        seed=lambda w: book.seed(w.figure),
        models=lambda w: book.find(w.figure).asked("frames"),
        code=lambda w: sum_of(book, computed_by(book, w.figure, "frames")),
        versions=lambda w: versions(computed_by(book, w.figure, "frames")),
        read=lambda w: changed(book, book.frames(w.figure)),
    message:
        "compute the frames of {wildcards.figure}"
    shell:
        "step frames {wildcards.figure} > {log:q} 2>&1"
