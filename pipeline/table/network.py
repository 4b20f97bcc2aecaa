"""What an author says of a graph: its nodes and edges, what is written on them, and what is no such graph."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.errors.author import AuthorError
from pipeline.table.names import name_of

if TYPE_CHECKING:
    import networkx


def graph_of(edges: Any, nodes: Iterable[Hashable], directed: bool | None) -> "networkx.Graph[Any]":
    """The graph of an author's edges, which are arrows unless told otherwise, or networkx's own; AuthorError for what
    is no pair of nodes, or is said of a graph that has its own."""
    import networkx  # only a figure with a graph pays for it

    if isinstance(edges, networkx.Graph):
        if edges.is_multigraph():
            raise AuthorError("a multigraph has several edges between two nodes", "networkx.Graph(graph) joins them")
        if [*nodes]:
            raise AuthorError("a graph of networkx has nodes of its own", "graph.add_nodes_from([…]), not nodes=[…]")
        if directed not in (None, edges.is_directed()):
            advice = f"graph.to_{'' if directed else 'un'}directed()"
            raise AuthorError(
                f"a graph of networkx says itself whether it is directed, not directed={directed}", advice
            )
        return edges
    graph: networkx.Graph[Any] = networkx.Graph() if directed is False else networkx.DiGraph()
    graph.add_nodes_from(nodes)
    for number, edge in enumerate(edges):
        if not isinstance(edge, tuple | list) or len(edge) != 2:
            raise AuthorError(
                f"edge {number} is {edge!r}, not a pair of nodes", "weights and words are edge_labels={…}"
            )
        graph.add_edge(*edge)
    return graph


def worded(said: Mapping[Any, Any] | None, about: Any, what: str) -> str | None:
    """What is said of a node or an edge; None where nothing is. A group is a word, a label may be a number."""
    thing = (said or {}).get(about)
    if thing is not None and what == "group" and not isinstance(thing, str):
        raise AuthorError(f"the group of {about!r} is {thing!r}, not a word", "groups={node: 'input'}")
    return None if thing is None else name_of(thing, f"the {what} of {about!r}") or None


def both_ways(said: Mapping[tuple[Any, Any], Any], graph: "networkx.Graph[Any]") -> dict[tuple[Any, Any], Any]:
    """Labels of edges, by the pair as the graph has it; AuthorError for an edge that it has not, or with two labels."""
    found, as_listed = dict[tuple[Any, Any], Any](), {*graph.edges}
    for edge, label in said.items():
        if not (isinstance(edge, tuple) and len(edge) == 2 and graph.has_edge(*edge)):
            raise AuthorError(f"edge_labels has the edge {edge!r}, which the graph has not")
        pair = edge if edge in as_listed else edge[::-1]
        if pair in found:
            raise AuthorError(f"edge_labels has the edge {edge!r} twice, for it has no direction")
        found[pair] = label
    return found
