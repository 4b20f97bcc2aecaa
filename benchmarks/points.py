"""One figure of ever more points, in both editions: through the pipeline, and where PGFPlots draws every mark."""

import re
import sys

from benchmarks.books import HERE
from benchmarks.measure import Failed, absent, row, run
from benchmarks.project import scratch
from benchmarks.rivals import EDITIONS, Rival

SIZES = 100, 1000, 10_000, 100_000
FIGURE = "part-1/scatter-0"
SAID = re.compile(r"^(?:error: |! )(.*)$|(TeX capacity exceeded, sorry \[[^]]*\])", re.MULTILINE)


def side_by_side(*commands):
    """One command that runs two at once, and fails where either does."""
    first, second = commands
    return ["bash", "-c", f"{first} & {second}; status=$?; wait $! && exit $status"]


def tried(what, repeats, action):
    """The row of an action that returns a Cost; its error's first line where it fails."""
    try:
        return row(what, [action() for _ in range(repeats)])
    except Failed as error:
        said = SAID.search(str(error))
        return absent(what, next(filter(None, said.groups())) if said else str(error).splitlines()[-1])


def all_marks(project):
    """PGFPlots alone on the same table: commands for both editions, and their folder."""
    table = f"build/{project.book}/tables/{FIGURE}/data.dat"
    given = {"data": table, "data.labels.x": r"$\cx$", "data.labels.y": r"$\cy$"}
    template = (HERE / "figures/scatter.tex.j2").read_text(encoding="utf-8")
    picture = project.build / "pictures" / f"{FIGURE}.tex"  # the pipeline's may draw otherwise
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(re.sub(r"\(\(\( (.*?) \)\)\)", lambda match: given[match[1]], template), encoding="utf-8")
    rival = Rival(project, "inline")
    return [" ".join(rival.commands[edition]) for edition in EDITIONS], rival.folder


def drawn(figures, points, repeats):
    name, rows = FIGURE.replace("/", "-"), []
    with scratch(figures, points) as project:

        def cold():
            project.remove()
            return project.snakemake(name)

        rows.append(tried("from nothing, `snakemake`", repeats, cold))
        steps = [
            f"{sys.executable} -m pipeline.figure {FIGURE} --edition {edition} --book {project.book}"
            for edition in EDITIONS
        ]
        if "wall, s" in rows[0]:
            rows.append(
                tried(
                    "the figure's step, both editions at once",
                    repeats,
                    lambda: run(side_by_side(*steps), project.folder),
                )
            )
        project.snakemake(f"{project.build.relative_to(project.folder)}/tables/{FIGURE}/SHA256SUMS")
        commands, folder = all_marks(project)
        rows.append(
            tried("PGFPlots, every mark, both editions at once", repeats, lambda: run(side_by_side(*commands), folder))
        )
    return [{"points": points} | cells for cells in rows]


def measure(repeats):
    return [cells for points in SIZES for cells in drawn(1, points, repeats)]
