"""Shows what all that is built has cost, by figure and stage, and what holds it up.

Each thing counts as it was made last, whichever build that was. build/timings.html has what each cost, how long all of
it would take on how many cores, the jobs that wait for one another the longest, and the last build as it ran.
"""

from datetime import datetime
from pathlib import Path

import jinja2

from pipeline.cli import print_json, run
from pipeline.engine.costs import Build, read
from pipeline.engine.diary import NAME
from pipeline.engine.screen import counted, duration
from pipeline.engine.spent import spent
from pipeline.engine.stages import STAGES
from pipeline.files import write
from pipeline.project.book import Book

CORES = 1, 2, 4, 8, 16
SHOWN = 5  # of the costliest, in the terminal


def estimates(build: Build) -> list[tuple[int | None, float]]:
    """[(cores, seconds)] up to where more save nothing, and last, of None, what no number of cores goes below."""
    least = sum(job.took for job in build.critical)
    found = [(cores, build.on(cores)) for cores in sorted({*CORES, build.cores})]
    kept = [pair for k, pair in enumerate(found) if k == 0 or found[k - 1][1] > 1.01 * least or pair[0] == build.cores]
    return [*kept, (None, least)]


def stages(build: Build) -> dict[str, float]:
    """{stage: seconds of all its jobs}, in the order of a figure's way."""
    found = {stage: sum(job.took for job in build.jobs if job.stage == stage) for stage in STAGES}
    return {stage: seconds for stage, seconds in found.items() if seconds}


def page(book: Book, build: Build, whole: Build) -> str:
    """What a browser shows of the last build, and of all that is there."""
    source = Path(book.template("timings.html.j2")).read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    subjects = whole.subjects()
    return template.render(
        title=book.plain(book.config["title"]),
        build=build,
        whole=whole,
        when=f"{datetime.fromtimestamp(build.time):%Y-%m-%d %H:%M}",
        begin=min(job.began for job in build.jobs),
        failed=sum(job.failed for job in build.jobs),
        estimates=estimates(whole),
        stages=stages(whole),
        ran=stages(build),
        subjects=subjects,
        greatest=max(sum(costs.values()) for costs in subjects.values()),
        share=lambda seconds: f"{100 * seconds / build.took:.3f}%",
        duration=duration,
        counted=counted,
    )


def timings(book: Book, as_json: bool = False) -> None:
    """Writes the page, and tells the gist of it."""
    build = read(book.build / NAME)
    whole = spent(book.build / NAME, build.cores)
    whole = whole if whole.jobs else build  # nothing of it has been made well
    path = book.build / "timings.html"
    write(path, page(book, build, whole))
    if as_json:
        estimated = [{"cores": cores, "seconds": round(seconds, 3)} for cores, seconds in estimates(whole)]
        critical = [{"job": str(job), "seconds": round(job.took, 3)} for job in whole.critical]
        print_json({
            "targets": build.targets, "cores": build.cores, "jobs": len(build.jobs), "seconds": round(build.took, 3),
            "estimates": estimated, "critical": critical, "subjects": whole.subjects(),
        })  # fmt: skip
        return
    took = f"{duration(whole.work)}, or {duration(whole.on(whole.cores))} with {counted(whole.cores, 'job')} at a time"
    print(f"what is built was made by {counted(len(whole.jobs), 'job')}: {took}")
    for subject, costs in list(whole.subjects().items())[:SHOWN]:
        parts = ", ".join(f"{stage} {duration(costs[stage])}" for stage in STAGES if stage in costs)
        print(f"  {duration(sum(costs.values())):>12}  {subject}: {parts}")
    print(f"critical path: {duration(sum(job.took for job in whole.critical))}, to {whole.critical[-1]}")
    print(f"the last build: {counted(len(build.jobs), 'job')} in {duration(build.took)}")
    print(f"see {path}")


if __name__ == "__main__":
    run(timings, __doc__, "json")
