"""Graphs and trees: nodes joined by edges, each node with its place."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table import layouts
from pipeline.table.base import Labels, Table
from pipeline.table.meaning import Column, counted
from pipeline.table.names import name_of
from pipeline.table.network import both_ways, graph_of, worded
from pipeline.table.numbers import Array, gaps, objects

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

Node = Hashable
LAYOUTS = ("layered", "kamada-kawai", "spring", "circular")
MOST = 500  # nodes and edges, which TeX draws one by one


class Graph(Table):
    """Nodes and edges between them: Graph([("a", "b"), ("a", "c")]), or a graph of networkx.

    nodes : all of them, if some have no edge, or in their order; names : {node: its name in the book's macros}, the
    node itself without; groups : {node: its group}, which a template draws in a role; edge_labels : {(node, node):
    words or a number}; directed : whether edges are arrows, which pairs are unless it is said.
    Where nodes are: positions, {node: (x, y)}, or a layout: `layered`, from the top, where edges are arrows without a
    cycle or make a tree, which begins at its root; `kamada-kawai` (1989) for others; `spring`, by Fruchterman and
    Reingold (1991); `circular`. In the file a row a node, and below the blank line a row an edge.
    Raises an AuthorError for what is no such graph.
    """

    plate = True
    for_templates = ("nodes", "edges", "reach", "rise", "nearest")

    def __init__(
        self,
        edges: Iterable[tuple[Node, Node]] | networkx.Graph[Any],
        nodes: Iterable[Node] = (),
        names: Mapping[Any, str | float] | None = None,
        groups: Mapping[Any, str] | None = None,
        edge_labels: Mapping[tuple[Any, Any], str | float] | None = None,
        directed: bool | None = None,
        positions: Mapping[Any, tuple[float, float]] | None = None,
        layout: str | None = None,
        root: Node | None = None,
        labels: Labels = None,
    ) -> None:
        graph = graph_of(edges, nodes, directed)
        known, joined = list(graph.nodes), list(graph.edges)
        if not known:
            raise AuthorError("a graph has no nodes")
        if len(known) + len(joined) > MOST:
            raise AuthorError(f"a graph of {len(known)} nodes and {len(joined)} edges, and a page shows {MOST}")
        for what, given in (("names", names), ("groups", groups), ("positions", positions)):
            if odd := [node for node in given or () if node not in graph]:
                raise AuthorError(f"{what} has the node {odd[0]!r}, which the graph has not")
        said = both_ways(edge_labels or {}, graph)
        if positions is not None:
            if lacking := [node for node in known if node not in positions]:
                raise AuthorError(f"the node {lacking[0]!r} has no position", "give all of them, or none and a layout")
            places = np.array([positions[node] for node in known], float)
        elif layout in (None, *LAYOUTS):
            places = layouts.places(graph, layout, root)
            places = np.round(places - places.min(axis=0), 4) + 0.0
        else:
            raise AuthorError(f"there is no layout '{layout}'", ", ".join(LAYOUTS))
        if places.shape != (len(known), 2) or not np.isfinite(places).all():
            raise AuthorError("a position is (x, y), two numbers")
        close = layouts.together(places)
        if close is not None:
            raise AuthorError(f"the nodes {known[close[0]]!r} and {known[close[1]]!r} are at the same place")
        at = {node: k for k, node in enumerate(known)}
        pairs = np.array([(at[a], at[b]) for a, b in joined], int).reshape(-1, 2)
        n, m = len(known), len(joined)
        called = [name_of((names or {}).get(node, node), f"the name of {node!r}") for node in known]
        grouped = [worded(groups, node, "group") for node in known]
        labelled = [worded(said, edge, "label") for edge in joined]
        columns = {
            "node": below(Column(np.arange(n), called), m),
            "x": below(Column(places[:, 0]), m),
            "y": below(Column(places[:, 1]), m),
            "side": below(Column(layouts.sides(places, pairs)), m),
        }
        if any(grouped):
            columns["group"] = below(counted(objects(grouped), None), m)
        columns |= {"from": above(n, Column(pairs[:, 0])), "to": above(n, Column(pairs[:, 1])),
                    "bend": above(n, Column(layouts.bends(places, pairs)))}  # fmt: skip
        if any(labelled):
            columns["edge"] = above(n, counted(objects(labelled), None))
        columns["arrow"] = above(n, Column(np.full(m, int(graph.is_directed()))))
        super().__init__(columns, labels, [n] if m else [])

    @property
    def _may_miss(self) -> Container[str]:
        return self.columns

    @property
    def _may_be_words(self) -> Container[str]:
        return ("node", "group", "edge")

    def _check_gaps(self, where: str, name: str, missing: Array) -> None:
        """Nodes have gaps where edges have numbers, and the other way round."""

    def word(self, name: str, row: int) -> str:
        """The word of a row; empty where there is none."""
        if name not in self.columns or np.isnan(self.columns[name][row]):
            return ""
        return self.words[name][int(self.columns[name][row])]

    @property
    def nodes(self) -> list[dict[str, Any]]:
        """{name, x, y, group, side} of each node; side : in degrees, where a name beside it is clear of edges."""
        rows = np.flatnonzero(~gaps(self.columns["node"].astype(float)))
        place = {name: self.columns[name].tolist() for name in ("x", "y", "side")}
        return [
            {"name": self.word("node", int(row)), "group": self.word("group", int(row))}
            | {key: place[key][row] for key in place}
            for row in rows
        ]

    @property
    def reach(self) -> float:
        """How wide the nodes reach, from the middle of the leftmost to that of the rightmost."""
        return float(np.nanmax(self.columns["x"]) - np.nanmin(self.columns["x"]))

    @property
    def rise(self) -> float:
        """How far they reach from bottom to top."""
        return float(np.nanmax(self.columns["y"]) - np.nanmin(self.columns["y"]))

    @property
    def nearest(self) -> float:
        """The least distance between two nodes."""
        return layouts.nearest(np.array([[node["x"], node["y"]] for node in self.nodes]))

    @property
    def edges(self) -> list[dict[str, Any]]:
        """{a, b, bend, label, arrow} of each edge; a, b : the numbers of its nodes; bend : in degrees, to the left."""
        column = self.columns
        return [
            {"a": int(column["from"][row]), "b": int(column["to"][row]), "bend": float(column["bend"][row]),
             "label": self.word("edge", int(row)), "arrow": bool(column["arrow"][row])}
            for row in np.flatnonzero(~gaps(column["from"].astype(float)))
        ]  # fmt: skip

    def draw(self, axes: Axes, colours: Iterator[ColorType]) -> None:
        nodes, edges = self.nodes, self.edges
        own = {group: next(colours) for group in dict.fromkeys(node["group"] for node in nodes)}
        ink = axes.xaxis.label.get_color()
        step = min(axes.bbox.size) / axes.figure.dpi * 72 * 0.8 / max(self.reach, self.rise, 1e-3)  # points a unit
        size = min(22, 0.7 * step * self.nearest)
        dots = size < 12  # names stand beside them
        for edge in edges:
            a, b = ((nodes[k]["x"], nodes[k]["y"]) for k in (edge["a"], edge["b"]))
            arc = f"arc3,rad={-np.tan(np.radians(edge['bend'])) / 2:.3f}"
            style = {
                "arrowstyle": "->" if edge["arrow"] else "-",
                "connectionstyle": arc,
                "color": ink,
                "linewidth": 0.7,
            }
            shrink = 3 if dots else size / 2
            axes.annotate("", b, a, arrowprops=style | {"shrinkA": shrink, "shrinkB": shrink})
            axes.text((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, edge["label"], ha="left", va="center", fontsize="small")
        for node in nodes:
            colour, place = own[node["group"]], (node["x"], node["y"])
            if dots:
                turn = np.radians(node["side"])
                axes.plot(*place, "o", markersize=4, color=colour)
                axes.annotate(node["name"], place, (8 * np.cos(turn), 8 * np.sin(turn)), textcoords="offset points",
                              ha="center", va="center", fontsize="x-small", color=colour)  # fmt: skip
            else:
                axes.plot(*place, "o", markersize=size, color=axes.get_facecolor(), markeredgecolor=colour)
                axes.text(*place, node["name"], ha="center", va="center", color=colour, fontsize=min(9, size / 2))
        axes.set_aspect("equal", adjustable="datalim")
        axes.margins(0.15)
        axes.set_axis_off()


def below(column: Column, rows: int) -> Column:
    """A column with so many gaps after it; without any, as it is."""
    return column._replace(numbers=np.concatenate([column.numbers, np.full(rows, np.nan)])) if rows else column


def above(rows: int, column: Column) -> Column:
    """A column with so many gaps before it."""
    return column._replace(numbers=np.concatenate([np.full(rows, np.nan), column.numbers]))
