"""What the project promises about its speed, and whether the results keep it."""

from benchmarks.builds import FIGURE


def text(cell):
    """Numbers to three digits, as a reader wants them."""
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"


def number(results, group, key, what, **where):
    """A cell of the first row whose name begins so and that has these other cells."""
    for cells in results.get(group, ()):
        if cells.get("", "").startswith(what) and all(cells.get(name) == value for name, value in where.items()):
            return cells.get(key)
    return None


def ratio(above, below):
    return above / below if above and below else None


def largest(results, figures):
    sizes = [cells.get("largest process, MB", 0) for cells in results.get("f", ()) if cells.get("figures") == figures]
    return max(sizes) / 1000 if any(sizes) else None


def targets(results):
    """[(target, its limit, what was measured or None, unit)]; a limit below zero is a least one."""

    def wall(group, what, **where):
        return number(results, group, "wall, s", what, **where)

    def tex(name):
        return number(results, "g", "of it TeX, s", f"first, both: {name}", book="this")

    training = [cells["times less"] for cells in results.get("h", ()) if cells.get("model") == "all"]
    return [
        ("one template edited, both PDFs, warm process", 0.6, wall("c", "both PDFs: `python -m pipeline.build"), "s"),
        (f"the same through a cold `snakemake {FIGURE}`", 2.5, wall("c", "both PDFs: `snakemake"), "s"),
        ("nothing changed, 100 figures, `snakemake all`", 1.0, wall("f", "nothing changed", figures=100), "s"),
        ("recolour: 100 figures × 2 editions, TeX stages only", 20, wall("f", "recolour", figures=100), "s"),
        ("one figure with 100,000 points, both editions", 1, wall("e", "the figure's step", points=100_000), "s"),
        (
            "TeX time of the book's figures, both editions, against `external`",
            -6,
            ratio(tex("external"), tex("this")),
            "times less",
        ),
        ("training stage against the plain notebook loop", -2, training[0] if training else None, "times less CPU"),
        ("1,000 figures: nothing changed", 4, wall("f", "nothing changed", figures=1000), "s"),
        ("1,000 figures: memory of any process", 1, largest(results, 1000), "GB"),
    ]


def verdict(limit, measured):
    if measured is None:
        return "not measured"
    return "yes" if (measured >= -limit if limit < 0 else measured <= limit) else "no"


def target_rows(results):
    for what, limit, measured, unit in targets(results):
        wanted = f"{'at least' if limit < 0 else '≤'} {abs(limit):g} {unit}"
        yield {
            "target": what,
            "wanted": wanted,
            "measured": "" if measured is None else f"{text(float(measured))} {unit}",
            "met": verdict(limit, measured),
        }
