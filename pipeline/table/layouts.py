"""Where the nodes of a graph are drawn, how its edges bend around other nodes, and where a name is clear of edges."""

from collections.abc import Hashable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors.author import AuthorError
from pipeline.table.numbers import Array

if TYPE_CHECKING:
    import networkx

SWEEPS = 24  # over the layers, up and down
CLEAR = 0.3  # of the least distance between two nodes: how far an edge stays away from others
ANGLES = (0.0, 15.0, -15.0, 25.0, -25.0, 35.0, -35.0, 45.0, -45.0)  # that an edge may bend by
APART = 15.0  # degrees: two edges between the same nodes
REACH = 0.3915  # of the distance between two nodes: how far TikZ's `bend` has its control points from them


def places(graph: "networkx.Graph[Any]", layout: str | None, root: Hashable | None) -> Array:
    """(node, 2): a layout by its name or, without one, the one that fits."""
    import networkx

    plain = graph.to_undirected() if graph.is_directed() else graph
    arrows = graph.is_directed() and networkx.is_directed_acyclic_graph(graph)
    tree = networkx.is_tree(plain)
    if root is not None and root not in graph:
        raise AuthorError(f"the root {root!r} is no node of the graph")
    if layout == "layered" or (layout is None and (arrows or tree)):
        if not arrows and not tree and root is None:
            raise AuthorError("a graph with a cycle has no layers", "say its root, or take the layout kamada-kawai")
        if arrows and root is None:
            level = {node: k for k, layer in enumerate(networkx.topological_generations(graph)) for node in layer}
            late = {node: min(level[other] for other in graph.successors(node)) - 1
                    for node in graph if not graph.in_degree(node) and graph.out_degree(node)}  # fmt: skip
            level |= late  # what begins stands right above where it leads to
        else:
            first = root if root is not None else networkx.center(plain)[0]
            level = networkx.single_source_shortest_path_length(plain, first)
            if len(level) < len(graph):
                raise AuthorError("not all nodes can be reached from the root", "the layout kamada-kawai needs no root")
        return layered(graph, level)
    if layout == "circular":
        turn = np.pi / 2 - 2 * np.pi * np.arange(len(graph)) / len(graph)
        return np.column_stack([np.cos(turn), np.sin(turn)]) * len(graph) / 6
    if layout == "spring":
        found = networkx.spring_layout(plain, seed=0, iterations=300)
    else:
        found = networkx.kamada_kawai_layout(plain, pos=networkx.circular_layout(plain))
    return upright(np.array([found[node] for node in graph.nodes], float))


def upright(found: Array) -> Array:
    """Places turned so that they are wide rather than high, the nodes a unit apart on average."""
    centred = found - found.mean(axis=0)
    if len(found) > 2:
        _, _, axes = np.linalg.svd(centred)
        axes *= np.where(axes.sum(axis=1, keepdims=True) < 0, -1, 1)  # the same on any machine
        centred = centred @ axes.T
    distance = np.hypot(*(centred[:, None] - centred[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    nearest = float(np.mean(distance.min(axis=1))) if len(found) > 1 else 1.0
    return centred / (nearest or 1)


def layered(graph: "networkx.Graph[Any]", level: dict[Any, int]) -> Array:
    """Layers from the top, as by Sugiyama, Tagawa and Toda (1981): edges over several layers have a place in each, and
    each layer the order of its neighbours' means."""
    layers: list[list[Any]] = [[] for _ in range(max(level.values()) + 1)]
    for node in graph.nodes:
        layers[level[node]].append(node)
    around: dict[Any, list[Any]] = {node: [] for node in graph.nodes}
    for a, b in graph.edges:
        if level[a] == level[b]:
            continue
        top, bottom = sorted((a, b), key=lambda node: level[node])
        path = [top, *((a, b, k) for k in range(level[top] + 1, level[bottom])), bottom]
        for k, between in enumerate(path[1:-1], level[top] + 1):
            layers[k].append(between)
            around[between] = []
        for one, other in pairwise(path):
            around[one].append(other)
            around[other].append(one)
    depth = {node: k for k, layer in enumerate(layers) for node in layer}
    x = {node: float(k) for layer in layers for k, node in enumerate(layer)}
    best, fewest = dict(x), np.inf
    for sweep in range(SWEEPS):
        order = range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1)
        for k in order:
            side = k - 1 if sweep % 2 == 0 else k + 1
            wanted = {n: [x[o] for o in around[n] if sweep >= SWEEPS // 2 or depth[o] == side] for n in layers[k]}
            means = {n: float(np.mean(w)) if w else x[n] for n, w in wanted.items()}
            if sweep < SWEEPS // 2:
                layers[k].sort(key=lambda n: means[n])
            x |= dict(zip(layers[k], spread(np.array([means[n] for n in layers[k]])), strict=True))
        if sweep < SWEEPS // 2 and (count := crossings(layers, around, x)) < fewest:
            best, fewest = dict(x), count
        if sweep == SWEEPS // 2 - 1:
            x = best
            layers = [sorted(layer, key=lambda n: x[n]) for layer in layers]
    found = np.array([(x[node], -depth[node]) for node in graph.nodes], float)
    return found


def crossings(layers: list[list[Any]], around: dict[Any, list[Any]], x: dict[Any, float]) -> int:
    """How many edges cross between neighbouring layers."""
    count = 0
    for upper, lower in pairwise(layers):
        below = set(lower)
        ends = np.array([(x[a], x[b]) for a in upper for b in around[a] if b in below]).reshape(-1, 2)
        apart = ends[:, None] - ends[None]
        count += int((apart[..., 0] * apart[..., 1] < -1e-9).sum()) // 2
    return count


def spread(wanted: Array) -> Array:
    """Places in this order, at least 1 apart, as near as can be to those wanted: least squares, by pooling."""
    blocks: list[list[float]] = []  # [mean of wanted - rank, how many]
    for rank, place in enumerate(wanted):
        blocks.append([place - rank, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, count = blocks.pop()
            before = blocks[-1]
            before[0] = (before[0] * before[1] + mean * count) / (before[1] + count)
            before[1] += count
    return np.concatenate([np.full(int(count), mean) for mean, count in blocks]) + np.arange(len(wanted))


def nearest(found: Array) -> float:
    """The least distance between two nodes; 1 where there is a single one."""
    distance = np.hypot(*(found[:, None] - found[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    return float(distance.min()) if len(found) > 1 else 1.0


def together(found: Array) -> tuple[int, int] | None:
    """Two nodes at the same place, or none."""
    distance = np.hypot(*(found[:, None] - found[None]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    a, b = np.unravel_index(int(distance.argmin()), distance.shape)
    reach = np.ptp(found, axis=0).max()
    return (int(a), int(b)) if len(found) > 1 and distance[a, b] <= 1e-3 * reach else None


def bends(found: Array, pairs: Array) -> Array:
    """(edge,): by how many degrees to its left each edge bends, so that it passes no node, nor lies on its way back."""
    clear, there = CLEAR * nearest(found), {(int(a), int(b)) for a, b in pairs}
    result = np.zeros(len(pairs))
    for number, (a, b) in enumerate(pairs):
        if a == b:
            continue
        others = np.delete(found, [a, b], axis=0)
        angles = [angle + APART if (int(b), int(a)) in there else angle for angle in ANGLES]
        room = [(np.hypot(*(way(found[a], found[b], angle)[:, None] - others[None]).transpose(2, 0, 1)).min()
                 if len(others) else np.inf) for angle in angles]  # fmt: skip
        result[number] = next((angle for angle, free in zip(angles, room, strict=True) if free >= clear), angles[0])
    return result


def way(a: Array, b: Array, angle: float) -> Array:
    """Points of an edge that bends, as TikZ draws it."""
    t = np.linspace(0, 1, 33)[:, None]
    turned = complex(*(b - a)) * REACH
    out, back = turned * np.exp(1j * np.radians(angle)), -turned * np.exp(-1j * np.radians(angle))
    one, other = (end + np.array([by.real, by.imag]) for end, by in ((a, out), (b, back)))
    return (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * one + 3 * t**2 * (1 - t) * other + t**3 * b


def sides(found: Array, pairs: Array) -> Array:
    """(node,): the middle of the widest angle between the edges of each node, in degrees; up where it has none."""
    result = np.full(len(found), 90.0)
    for node in range(len(found)):
        ends = [*pairs[pairs[:, 0] == node][:, 1], *pairs[pairs[:, 1] == node][:, 0]]
        angles = np.sort([np.degrees(np.arctan2(*(found[k] - found[node])[::-1])) for k in ends if k != node])
        if len(angles):
            gaps = np.diff([*angles, angles[0] + 360])
            widest = int(np.flatnonzero(gaps >= gaps.max() - 1e-6)[0])
            result[node] = round((angles[widest] + gaps[widest] / 2 + 180) % 360 - 180, 1)
    return result
