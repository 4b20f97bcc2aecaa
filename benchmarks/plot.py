"""The results as one picture, readable on white and on black: no paper of its own, middle greys and colours."""

from matplotlib import pyplot as plt

GREY = "#808080"
COLOURS = "#3A86C8", "#D9534F", "#4E9A3A", "#B07AC4", "#C28A1E"
STYLE = {
    **dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color", "grid.color"), GREY
    ),
    **dict.fromkeys(("axes.facecolor", "figure.facecolor", "legend.facecolor", "legend.edgecolor"), "none"),
    **{"axes.grid": True, "grid.alpha": 0.3, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9},
    **{"svg.hashsalt": "results", "axes.axisbelow": True},
}
# What a line shows: {how its rows begin: its name}.
POINTS = {
    "from nothing": "from nothing, snakemake",
    "the figure's step": "the figure's step",
    "PGFPlots": "PGFPlots, every mark",
}
GROWTH = {
    "`snakemake all`": "from nothing",
    "recolour": "recolour",
    "one edit: `snakemake": "one edit",
    "one edit: `python": "one edit, warm",
    "nothing changed": "nothing changed",
}
MEMORY = {
    "snakemake itself": "Snakemake itself",
    "preflight": "preflight",
    "book": "typesetting the book",
    "tables": "tables",
    "figure": "figure",
}
RIVALS = "inline", "external", "standalone", "this pipeline"


def lines(axes, rows, over, kinds, key, title, unit):
    """A line for each kind of rows, over a column of theirs."""
    for (begin, name), colour, marker in zip(kinds.items(), COLOURS, "osD^v", strict=False):
        chosen = [cells for cells in rows if cells[""].startswith(begin) and key in cells]
        if chosen:
            axes.plot(
                [c[over] for c in chosen],
                [c[key] for c in chosen],
                color=colour,
                marker=marker,
                markersize=4,
                label=name,
            )
    axes.set(xscale="log", yscale="log", xlabel=over, ylabel=unit, title=title)


def bars(axes, rows):
    """The rivals' seconds in TeX for both editions of this book, side by side."""
    for number, (when, label) in enumerate({"first": "all figures", "one edit": "after one edit"}.items()):
        found = {cells[""]: cells["of it TeX, s"] for cells in rows if cells.get("book") == "this"}
        heights = [found.get(f"{when}, both: {rival}", 0) for rival in RIVALS]
        places = [k + 0.4 * number - 0.2 for k in range(len(RIVALS))]
        drawn = axes.bar(places, heights, width=0.38, color=COLOURS[number], label=label)
        axes.bar_label(drawn, fmt="%.3g", color=GREY)
    axes.set(yscale="log", ylabel="s, in TeX", title="This book's figures, both editions")
    axes.set_xticks(range(len(RIVALS)), [rival.replace(" ", "\n") for rival in RIVALS])
    axes.grid(axis="x", visible=False)


def plot(results, path):
    """Draws those of points, growth and rivals that were measured; False where none was."""
    with plt.rc_context(STYLE):
        panels = [
            ("e", lambda axes, rows: lines(axes, rows, "points", POINTS, "wall, s", "One figure, both editions", "s")),
            ("f", lambda axes, rows: lines(axes, rows, "figures", GROWTH, "wall, s", "Books of many figures", "s")),
            (
                "f",
                lambda axes, rows: lines(
                    axes, rows, "figures", MEMORY, "largest process, MB", "Largest process of a stage", "MB"
                ),
            ),
            ("g", bars),
        ]
        there = [(results[group], draw) for group, draw in panels if group in results]
        if not there:
            return False
        figure, axes = plt.subplots(1, len(there), figsize=(3.6 * len(there), 4), squeeze=False, layout="constrained")
        for each, (rows, draw) in zip(axes[0], there, strict=True):
            draw(each, rows)
            each.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2))
        figure.savefig(path, metadata={"Date": None}, transparent=True)
        plt.close(figure)
    return True
