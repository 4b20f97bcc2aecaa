"""Images, cells, tabulars and graphs: what is dumped is what was meant, and what could not be drawn is refused."""

import datetime
import itertools
import math

import networkx
import numpy as np
import pytest
import torch

from pipeline.errors.author import AuthorError
from pipeline.table import Cells, Graph, Image, Tabular, layouts, read
from pipeline.table.cells import readable

RANDOM = np.random.default_rng(0)


def again(table, folder):
    table.check("table 'it'")
    (folder / "it.dat").write_text(table.dump(), encoding="utf-8")
    return read(folder / "it.dat")


# ---- Images ----
@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 3), (5, 3, 6), (5, 3, 4, 3), (1, 4), (4, 1), (5, 3, 4, 1)])
def test_pixels_come_back_in_any_shape(shape, tmp_path):
    pixels = RANDOM.integers(0, 256, shape, dtype=np.uint8)
    several = len(shape) == 4 or (len(shape) == 3 and shape[-1] != 3)
    expected = pixels if several else pixels[None]
    expected = expected if expected.ndim == 4 else expected[..., None]
    assert np.array_equal(again(Image(pixels), tmp_path).pixels, expected)


def test_floats_whole_numbers_and_truths_are_the_same_pixels():
    bits = RANDOM.integers(0, 2, (4, 5))
    expected = 255 * bits
    for given in (
        bits == 1,
        bits.astype(float),
        torch.tensor(bits, dtype=torch.float16),
        expected.astype("u1"),
        expected,
    ):
        assert np.array_equal(Image(given).pixels[0, ..., 0], expected)
    assert np.array_equal(Image(2 * bits - 1, limits=(-1, 1)).pixels[0, ..., 0], expected)


def test_an_image_has_edges_and_its_first_row_is_on_top(tmp_path):
    counted, placed = Image(np.eye(2)), Image(np.zeros((2, 4)), x=(0, 2), y=(-1, 1))
    assert again(counted, tmp_path).edges == (-0.5, 1.5, 1.5, -0.5)  # left, right, bottom, top
    assert again(placed, tmp_path).edges == pytest.approx((0, 2, -1, 1))
    assert placed.y[0] > placed.y[-1] and counted.y[0] < counted.y[-1]
    lines = counted.dump().splitlines()
    assert lines == ["# Image", "x y grey", "0 0 255", "1 0 0", "", "0 1 0", "1 1 255"]  # an edit of a pixel is a line


def test_names_may_be_alike(tmp_path):
    image = again(Image(np.zeros((3, 2, 2)), names=["7", "7", r"$\cx$"]), tmp_path)
    assert image.names == ["7", "7", r"$\cx$"] and len(image.pixels) == 3


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Image(np.zeros((2, 2, 4))), "an image of shape .2, 2, 4. has 4 channels"),
        (lambda: Image(np.zeros((5, 3, 8, 8))), "has its channels before its rows"),
        (lambda: Image(np.zeros(5)), "an image of shape"),
        (lambda: Image(np.zeros((0, 5))), "an image of shape"),
        (lambda: Image([[0, 1.5]]), "pixels from 0 to 1.5; black is 0 and white 1"),
        (lambda: Image([[0, 256]]), "pixels from 0 to 256; black is 0 and white 255"),
        (lambda: Image([[0, np.nan]]), "row 0, column 1 is missing"),
        (lambda: Image([[0, np.inf]]), "row 0, column 1 is inf"),
        (lambda: Image(np.full((2, 2, 2), "a")), "image 0, row 0, column 0 is 'a'"),
        (lambda: Image([[0, 1]], limits=(1, 1)), "the limits of an image"),
        (lambda: Image([[0, 1]], x=(1, 1)), "an image cannot reach from 1 to 1"),
        (lambda: Image([[0, 1]], names=["a", "b"]), "there is one image, and 2 names"),
        (lambda: Cells([1, 2]), "have shape"),
        (lambda: Cells([[1, np.inf]]), r"value\[0, 1\] is inf"),
        (lambda: Cells([[np.nan]]), "all of the cells' values are missing"),
        (lambda: Cells([[1, 2]], ["a"]), "there are 2 columns, and 1 name"),
        (lambda: Cells(np.zeros((51, 50))), "2550 cells"),
        (lambda: Tabular(), "no columns"),
        (lambda: Tabular(a=[1, 2], rules=[2]), "a rule stands before row 2"),
        (lambda: Graph([]), "no nodes"),
        (lambda: Graph([(0, 1, 2.5)]), r"edge 0 is \(0, 1, 2.5\)"),
        (lambda: Graph([(0, 1)], names={2: "x"}), "names has the node 2"),
        (lambda: Graph([(0, 1)], positions={0: (0, 0)}), "the node 1 has no position"),
        (lambda: Graph([(0, 1)], positions={0: (0, 0), 1: (0, 0)}), "at the same place"),
        (lambda: Graph([(0, 1)], layout="dot"), "there is no layout 'dot'"),
        (lambda: Graph([(0, 1), (1, 2), (2, 0)], layout="layered"), "no layers"),
        (lambda: Graph([(0, 1)], edge_labels={(0, 2): "x"}), r"edge_labels has the edge \(0, 2\)"),
        (lambda: Graph([(0, 1)], root=3, layout="layered"), "the root 3"),
        (lambda: Graph(networkx.Graph([(0, 1)]), nodes=[2]), "has nodes of its own"),
        (lambda: Graph(networkx.Graph([(0, 1)]), directed=True), "not directed=True"),
        (lambda: Graph([(0, 1)], edge_labels={(0, 1): "a", (1, 0): "b"}, directed=False), "twice"),
        (lambda: Graph(networkx.MultiGraph([(0, 1), (0, 1)])), "multigraph"),
        (lambda: Graph([(k, k + 1) for k in range(400)]), "401 nodes and 400 edges"),
    ],
)
def test_what_could_not_be_drawn_is_refused(make, message):
    with pytest.raises(AuthorError, match=message):
        make()


# ---- Cells ----
def test_cells_are_counted_from_the_top_left_by_name_or_number(tmp_path):
    cells = again(Cells([[1, 2, None], [4, 5, 6]], [0.1, 1, 10], ["a", "b"]), tmp_path)
    np.testing.assert_array_equal(cells.grid, [[1, 2, np.nan], [4, 5, 6]])
    assert cells.words == {"x": ["$0.1$", "$1$", "$10$"], "y": ["a", "b"]}
    assert cells.x.tolist() == [0, 1, 2] * 2 and cells.y.tolist() == [0] * 3 + [1] * 3


@pytest.mark.parametrize("rgb", list(itertools.product([0, 0.25, 0.46, 0.5, 0.75, 1], repeat=3)))
def test_a_previews_number_can_be_read_on_any_cell(rgb):
    from pipeline.style.colour import contrast

    assert contrast(readable(*rgb), tuple(round(255 * v) for v in rgb)) >= 4.5


# ---- Tabulars ----
@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 20, 300], ["1", "20", "300"]),
        ([1.0, 2.0], ["1", "2"]),
        ([0.5, 0.123456], ["0.500", "0.123"]),
        ([123.4, 99.99], ["123", "100"]),
        ([99.9, 100], ["99.9", "100.0"]),  # so that they stay apart
        ([0.001, 1.5], ["0.001", "1.500"]),
        ([-0.0004, 2.25], ["-0.0004", "2.2500"]),
        ([None, 0.25], [None, "0.25"]),  # no zeros that say nothing
        ([0.1, torch.tensor(0.2)], ["0.1", "0.2"]),
        (["a", "b"], ["a", "b"]),
        (np.array(["2025-01-31", "NaT"], "datetime64[ns]"), ["2025-01-31", None]),
        ([datetime.datetime(2025, 1, 31, 12, 30)], ["2025-01-31T12:30"]),
    ],
)
def test_a_column_has_the_decimals_that_it_needs(numbers, expected, tmp_path):
    assert again(Tabular(it=numbers), tmp_path).written("it") == expected


def test_digits_are_those_asked_for_and_zero_has_no_sign():
    table = Tabular(loss=[-0.004, 12.345, None, 0], name=["a", "b", "c", "d"])
    assert table.written("loss", 2) == ["0.00", "12.35", None, "0.00"] or table.written("loss", 2)[1] in (
        "12.34",
        "12.35",
    )
    assert table.written("loss", significant=2) == ["-0.0040", "12", None, "0"]
    rows = table.printed(["name", "loss"], None, {"loss": 2})
    assert rows == [[("a", 0), ("-0.0040", 0)], [("b", 0), ("12", 4)], [("c", 0), (None, 4)], [("d", 0), ("0", 4)]]
    with pytest.raises(AuthorError, match="no column 'lose'"):
        table.printed(["loss"], {"lose": 2}, None)


@pytest.mark.parametrize("value", RANDOM.lognormal(0, 6, 60).tolist())
def test_significant_digits_are_pythons_own(value):
    text = Tabular(it=[value, 0.5]).written("it", significant=3)[0]
    assert float(text) == pytest.approx(float(f"{value:.3g}"), rel=1e-12) or value >= 1000
    assert abs(float(text) - value) <= 0.5000001 * 10 ** (math.floor(math.log10(value)) - 2)


def test_heads_over_several_columns():
    table = Tabular(a=[1], b=[1], c=[1], d=[1])
    assert table.spans(["a", "b", "c", "d"], {"G": ["b", "c"]}) == [("", 1, 1), ("G", 2, 3), ("", 4, 4)]
    with pytest.raises(AuthorError, match="'G' are not side by side: a, c"):
        table.spans(["a", "b", "c"], {"G": ["a", "c"]})


# ---- Graphs ----
def test_a_graph_comes_back(tmp_path):
    graph = again(
        Graph(
            [("x", "h"), ("h", "y"), ("x", "y")], nodes=["z"], names={"x": r"$\cx$"}, groups={"x": "input"},
            edge_labels={("x", "h"): "f", ("h", "y"): 0.5},
        ),
        tmp_path,
    )  # fmt: skip
    assert [(node["name"], node["group"]) for node in graph.nodes] == [
        ("z", ""),
        (r"$\cx$", "input"),
        ("h", ""),
        ("y", ""),
    ]
    assert [(e["a"], e["b"], e["label"], e["arrow"]) for e in graph.edges] == [
        (1, 2, "f", True), (1, 3, "", True), (2, 3, "$0.5$", True)]  # fmt: skip
    assert graph.breaks == [4]


def crossing(graph, places):
    """How many pairs of straight edges cross, by the signs of triangles."""
    at = dict(zip(graph.nodes, places, strict=True))

    def turn(a, b, c):
        return np.sign(np.linalg.det(np.array([at[b] - at[a], at[c] - at[a]])).round(9))

    pairs = [(e, f) for e, f in itertools.combinations(graph.edges, 2) if not {*e} & {*f}]
    return sum(turn(*e, f[0]) * turn(*e, f[1]) < 0 and turn(*f, e[0]) * turn(*f, e[1]) < 0 for e, f in pairs)


@pytest.mark.parametrize("seed", range(8))
def test_a_tree_has_its_root_on_top_no_crossings_and_room(seed):
    tree = networkx.random_labeled_tree(20, seed=seed)
    places = layouts.places(tree, None, root=0)
    at, depth = dict(zip(tree.nodes, places, strict=True)), networkx.single_source_shortest_path_length(tree, 0)
    assert {node: -at[node][1] for node in tree} == depth
    assert layouts.nearest(places) >= 1 - 1e-9
    assert crossing(tree, places) == 0


@pytest.mark.parametrize("seed", range(8))
def test_arrows_lead_downwards(seed):
    edges = [e for e in networkx.gnp_random_graph(14, 0.2, seed=seed).edges]
    graph = networkx.DiGraph(edges)
    at = dict(zip(graph.nodes, layouts.places(graph, None, None), strict=True))
    assert all(at[a][1] > at[b][1] for a, b in graph.edges)


def test_layers_cross_as_rarely_as_can_be():
    order = networkx.DiGraph([(f"a{k}", f"b{(3 * k) % 7}") for k in range(7)])
    assert crossing(order, layouts.places(order, None, None)) == 0


def test_layouts_are_networkxs_own_but_for_a_turn_and_a_scale():
    graph = networkx.petersen_graph()
    ours, theirs = layouts.places(graph, "kamada-kawai", None), networkx.kamada_kawai_layout(graph)
    a, b = (np.linalg.norm(p[:, None] - p[None], axis=-1) for p in (ours, np.array([theirs[n] for n in graph])))
    np.testing.assert_allclose(a / a.max(), b / b.max(), atol=0.03)
    assert np.array_equal(layouts.places(graph, "spring", None), layouts.places(graph, "spring", None))


def test_places_are_the_nearest_that_are_apart():
    """Pooling against brute force: no other places of a fine grid in this order are nearer."""
    wanted = np.array([0.5, 0.0, 3.0])
    grid = np.arange(-1, 5, 0.25)
    tried = [p for p in itertools.product(grid, repeat=3) if p[1] - p[0] >= 1 and p[2] - p[1] >= 1]
    best = min(tried, key=lambda p: ((np.array(p) - wanted) ** 2).sum())
    np.testing.assert_allclose(layouts.spread(wanted), best, atol=0.13)


def test_an_edge_bends_around_a_node_and_away_from_its_way_back():
    places, pairs = np.array([[0, 0], [1, 0], [2, 0]]), np.array([[0, 2], [0, 1], [1, 0]])
    past, there, back = layouts.bends(places, pairs)
    gap = np.hypot(*(layouts.way(places[0], places[2], past) - places[1]).T).min()
    assert past and gap >= layouts.CLEAR
    assert there == back == layouts.APART  # each to its own left
    assert layouts.bends(places, np.array([[0, 1]])).tolist() == [0]


def test_a_name_stands_where_no_edge_leads():
    places, pairs = np.array([[0, 0], [1, 0], [0, 1], [-1, 0]]), np.array([[0, 1], [0, 2], [0, 3]])
    assert layouts.sides(places, pairs)[0] == pytest.approx(-90)


def test_labels_of_an_undirected_graph_stay_whichever_way_they_are_written():
    for given in (networkx.Graph([("b", "a"), ("b", "c")]), None):
        pairs = [("b", "a"), ("b", "c")] if given is None else given
        table = Graph(pairs, edge_labels={("a", "b"): "f", ("b", "c"): 1e-7}, directed=False)
        assert [(edge["label"], edge["arrow"]) for edge in table.edges] == [("f", False), ("$10^{-7}$", False)]


def test_what_is_empty_is_no_label_and_no_group(tmp_path):
    graph = again(Graph([("a", "b")], names={"b": ""}, groups={"a": ""}, edge_labels={("a", "b"): ""}), tmp_path)
    assert [(node["name"], node["group"]) for node in graph.nodes] == [("a", ""), ("", "")]
    assert graph.edges[0]["label"] == "" and not {"group", "edge"} & {*graph.columns}


def test_numbers_that_vanish_are_told():
    (note,) = Tabular(a=[1e-12, 2e-12], b=[0, 1e-9]).notes()
    assert note.startswith("column 'a' needs more than 9 decimals") and "significant=3" in note


def test_small_whole_numbers_are_no_less_pixels():
    pixels = np.array([[-128, 0, 127]], np.int8)
    assert Image(pixels, limits=(-128, 127)).pixels.ravel().tolist() == [0, 128, 255]
