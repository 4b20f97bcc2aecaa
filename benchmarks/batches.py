"""Twenty small figures in one run of TeX, against one by one, both with the format: is batching worth it?

    python -m benchmarks.batches

Counted is TeX's CPU time; the split of a batch into PDFs is not in it. And a PDF has one subset of each font, so that a
figure's bytes would tell which others were compiled with it.
"""

import resource
import statistics
import sys
from pathlib import Path

from pipeline.project.book import Book
from pipeline.tex.compile import FLAGS, define
from pipeline.tex.formats import usable
from pipeline.tex.run import execute
from pipeline.tex.view import view

FIGURES, RUNS = 20, 5
CURVE = r"""\begin{tikzpicture}\begin{axis}[width=0.6\measure, height=0.35\measure, xlabel={$\vx$}, ylabel={$\vy$}]
\addplot[curve, draw=target, samples=25] {x^2 + %d*x};\end{axis}\end{tikzpicture}"""


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(run):
    """CPU seconds of one run, the median of several."""
    found = []
    for _ in range(RUNS):
        before = cpu()
        run()
        found.append(cpu() - before)
    return statistics.median(found)


def main(edition="dark"):
    book = Book("book")
    preloaded = usable(book, edition) or sys.exit(f"snakemake {book.format_sum(edition)} makes it")
    # the picture, and all behind it
    _, body = Path("templates/figure.tex").read_text(encoding="utf-8").split(r"\setbox0=\hbox{\color{ink}")
    body = (
        (r"\setbox0=\hbox{\color{ink}" + body)
        .split(r"\end{document}")[0]
        .replace(r"\newlength{\rim}", r"\ifdefined\rim\else\newlength{\rim}\fi")
    )
    with view(book, preloaded) as seen:
        common = define(bookdir=seen.bookdir, edition=edition)
        for k in range(FIGURES):
            (seen.folder / f"{k}.tex").write_text(CURVE % k, encoding="utf-8")
        (seen.folder / "body.tex").write_text(body, encoding="utf-8")

        def tex(job, code):
            execute(
                ["pdflatex", *FLAGS, f"-jobname={job}", f"-fmt={preloaded}", common + code],
                seen,
                job,
                job,
                RuntimeError,
            )

        def one_by_one():
            for k in range(FIGURES):
                tex(k, rf"\def\picturefile{{{k}}}\input{{templates/figure}}")

        def at_once():
            pictures = "".join(rf"\def\picturefile{{{k}}}\input{{body}}" for k in range(FIGURES))
            tex("batch", rf"{pictures}\end{{document}}")

        one, batch = measured(one_by_one), measured(at_once)
    print(
        f"{FIGURES} small figures, medians of {RUNS}: one by one {one:.2f} s, {1000 * one / FIGURES:.0f} ms a figure;",
        end=" ",
    )
    print(f"in one run {batch:.2f} s, {1000 * batch / FIGURES:.0f} ms a figure")


if __name__ == "__main__":
    main(*sys.argv[1:])
