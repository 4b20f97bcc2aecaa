"""Push down, pull up.

Bars over the five classes for one point of the third arm, above before training and below after it: linear output s,
softargmax(s), target y, and their difference, the gradient of the energy. Before training the net ranks the right class
last: the gradient pushes its energy down and pulls the other four up, nearly alike. After training the right class has
most of the probability, and what is left of the gradient acts between it and the one neighbour that rivals it.
"""

import torch

from book.spiral.data import arms
from pipeline.table import Bars, Values

FORCE = 0.1  # the least gradient that gets an arrow
CLASS, DOUBT = 2, 0.75  # the point of this class to which the trained net grants about this probability

LABELS = {
    "x": "class",
    "output": r"$\vs$",
    "probability": r"$\softargmax(\vs)$",
    "target": r"$\vy$",
    "gradient": r"$\partial\energy/\partial\vs$",
}


def quantities(s, y):
    """The bars for a linear output s, of shape (classes,), and the target's number y."""
    probability = s.softmax(dim=0)
    target = torch.eye(len(s))[y]
    return Bars(
        torch.arange(len(s)) + 1,
        LABELS,
        output=s,
        probability=probability,
        target=target,
        gradient=probability - target,
    )


def energies_of_a_step(p=(0.01, 0.98, 0.01), rate=0.1):
    """The cross-entropies of three classes with probabilities p, the first one right, before and after a step on s:
    (2, 3)."""
    s = torch.tensor(p, dtype=torch.float64).log()
    moved = s - rate * (s.softmax(dim=0) - torch.eye(3, dtype=torch.float64)[0])
    return -torch.stack([s, moved]).log_softmax(dim=1)


def said(gradient):
    """Where "pull up" and "push down" stand: amid the classes with an arrow, beyond the longest; each (2,)."""
    x = torch.arange(len(gradient)) + 1.0
    up, down = gradient >= min(FORCE, gradient.max()), gradient <= max(-FORCE, gradient.min())
    return {"pull": (x[up].mean(), gradient.max()), "push": (x[down].mean(), gradient.min())}


def tables(classifier):
    x, y = arms()
    doubt = (classifier(x).softmax(dim=1)[:, CLASS] - DOUBT).abs()
    sample = doubt.where(y == CLASS, torch.inf).argmin()
    results = {
        when: quantities(net(x[sample]), CLASS)
        for when, net in (("before", classifier.snapshots[0]), ("after", classifier))
    }
    before, after = results.values()
    step = energies_of_a_step()
    values = Values(
        classes=5,
        sample_class=CLASS + 1,
        sample_rival=after.gradient.argmax() + 1,
        sample_x=x[sample],
        probability_before=before.probability[CLASS],
        probability_after=after.probability[CLASS],
        rival_after=after.gradient.max(),
        output_before=abs(before.output).max(),  # the greatest in size
        gradient_sum=max(abs(bars.gradient.sum()) for bars in results.values()),
        second_before=step[0, 1], second_after=step[1, 1], third_before=step[0, 2], third_after=step[1, 2],
        low=-1.45, high=1.1, scale=6,  # all axes run from low to high, that of s in units of scale
        force=FORCE,
        **{f"{way}_{when}": torch.stack(at) for when, bars in results.items()
           for way, at in said(torch.as_tensor(bars.gradient)).items()},
    )  # fmt: skip
    return results | {"values": values}


def preview(axes, tables):
    values, classes = tables["values"], axes.roles("class", 5)
    panels = axes.panels(4, 2, size=(6.5, 3.8), sharex=True)
    for row, when in enumerate(("before", "after")):
        bars = tables[when]
        for ax, (name, heights) in zip(panels[4 * row :], bars.series.items(), strict=False):
            unit = values["scale"] if name == "output" else 1
            ax.bar(bars.x, heights, color=[axes.colour(role) for role in classes])
            ax.axhline(0, color=axes.colour("axis"), linewidth=0.6)
            ax.grid(axis="x", visible=False)
            ax.set(ylim=(unit * values["low"], unit * values["high"]), xticks=bars.x, yticks=[-1, -0.5, 0, 0.5, 1])
            ax.tick_params(length=0, labelleft=name == "output", labelright=name == "gradient")
            axes.label(ax, title="" if row else LABELS[name])
            for number, role in zip(ax.get_xticklabels() if row else [], classes, strict=bool(row)):
                number.set_color(axes.colour(role))
        panels[4 * row].set_yticks([-5, 0, 5])
        axes.label(panels[4 * row], y=f"{when} training")
        for k, force in enumerate(bars.gradient, 1):
            if abs(force) >= values["force"]:
                way = 1 if force > 0 else -1
                style = {"arrowstyle": "-|>", "color": axes.colour(f"class{k - 1}"), "shrinkA": 2, "shrinkB": 0}
                ax.annotate("", (k, force + 0.3 * way), (k, force), arrowprops=style)
        for words, way in (("pull up", 1), ("push down", -1)):
            x, force = values[f"{words.split()[0]}-{when}"]
            axes.note(ax, words, (x, force + 0.3 * way), "annotation", (0, 7 * way))
    axes.note(panels[0], f"within ±{values['output-before']:.2f}", (3, 0), "annotation", (0, -14))
    axes.write(axes.figure.supxlabel("", size="medium"), LABELS["x"])
    axes.figure.get_layout_engine().set(wspace=0.09)
    for ax, sign in zip(panels[1:3], "-=", strict=True):  # in the gaps between the panels
        axes.note(ax, f"${sign}$", (1.055, 1.08), xycoords="axes fraction", size=None)
        ax.texts[-1].set_in_layout(False)  # gaps stay alike
