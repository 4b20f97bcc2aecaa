"""Books of 10, 100 and 1,000 synthetic figures: each stage's time and memory, and what an author waits for every
day."""

from benchmarks.books import EDIT, names
from benchmarks.builds import after, warm_and_cold
from benchmarks.measure import row
from benchmarks.project import scratch, stages

SIZES = 10, 100, 1000


def few(repeats, figures):
    """Fewer runs where one takes minutes."""
    return 1 if figures == 1000 else repeats


def everyday(project, repeats, figures):
    """Rows of nothing changed, of a recolour and of an edit."""
    chapter, stem, _ = names(figures)[0]
    template = f"{project.book}/{chapter}/{stem}.tex.j2"
    costs, ran = after(project, repeats, lambda: None, "all")
    rows = [row("nothing changed: `snakemake all`", costs, note=ran)]
    rows += warm_and_cold(project, repeats, "one edit", lambda: project.toggle(template, *EDIT), f"{chapter}-{stem}")
    project.snakemake("figures")
    costs, ran = after(project, few(repeats, figures), project.recolour, "figures")
    return [*rows, row("recolour: `snakemake figures`", costs, note=ran)]


def grown(repeats, figures):
    costs, builds = [], []
    with scratch(figures) as project:
        for _ in range(few(repeats, figures)):
            project.remove()
            costs.append(project.snakemake("all", watched=True))
            builds.append(project.jobs())
        rows = [
            row("`snakemake all`, from nothing", costs),
            *stages(builds, costs),
            *everyday(project, repeats, figures),
        ]
    return [{"figures": figures} | cells for cells in rows]


def measure(repeats, quick=False):
    return [cells for figures in SIZES[: 2 if quick else 3] for cells in grown(repeats, figures)]
