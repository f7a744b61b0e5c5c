"""What networkx's own algorithms and views give on the graph, and on a dict graph with the same content."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import entity, graph, tie
from interlock.graph import KnowledgeGraph, load
from interlock.graph.model import Records

NODES = "abcdef"
Multi = nx.MultiDiGraph


def plain(known: KnowledgeGraph) -> Multi:
    """A dict graph with the same content, made without networkx's looking at ours."""
    made = nx.MultiDiGraph()
    for each in known.entities.values():
        made.add_node(each.id, name=each.name, kind=each.kind.value, slug=each.slug, iri=each.iri)
    for source in known.entities:
        for each in sorted(known.ties(source), key=lambda tie: (tie.target, tie.id)):
            if each.source == source:
                attributes = {"kind": each.kind.value, "label": each.label, "role": each.role, "status": each.status.value}
                made.add_edge(source, each.target, each.id, **attributes, interval=each.interval.text, iri=each.iri)
    return made


def simple(g: Multi) -> nx.DiGraph:
    return nx.DiGraph(g)


def undirected(g: Multi) -> nx.Graph:
    """A simple graph without self-loops, as many algorithms want it."""
    made = nx.Graph(g.to_undirected())
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return made


def capacities(g: Multi) -> nx.DiGraph:
    made = nx.DiGraph()
    made.add_nodes_from(g)
    made.add_edges_from((u, v, {"capacity": g.number_of_edges(u, v)}) for u, v in dict.fromkeys(g.edges()))
    return made


def sides(g: Multi) -> nx.Graph:
    """Two copies of every node, joined as the edges say: a bipartite graph."""
    made = nx.Graph()
    made.add_nodes_from((("from", node) for node in g), bipartite=0)
    made.add_nodes_from((("to", node) for node in g), bipartite=1)
    made.add_edges_from((("from", u), ("to", v)) for u, v in g.edges())
    return made


def edges_of(g: Any) -> list[Any]:
    return list(g.edges(keys=True, data=True)) if g.is_multigraph() else list(g.edges(data=True))


def groups(found: Any) -> list[list[Any]]:
    return sorted(sorted(group) for group in found)


def parts(known: Multi) -> set[str]:
    return set(list(known)[::2])


ASKED: dict[str, Callable[[Any], Any]] = {
    # views
    "nodes": lambda g: (list(g), list(g.nodes(data=True)), list(g.nodes.data("kind")), len(g), g.number_of_nodes(), g.order()),
    "edges": lambda g: (list(g.edges), edges_of(g), list(g.edges(data="status")), len(g.edges), g.number_of_edges(), g.size()),
    "in edges": lambda g: list(g.in_edges(keys=True, data=True)),
    "out edges of some": lambda g: list(g.out_edges(parts(g), keys=True)),
    "adjacency": lambda g: {u: {v: {k: dict(d) for k, d in keys.items()} for v, keys in nbrs.items()} for u, nbrs in g.adjacency()},
    "predecessors": lambda g: {u: list(g.predecessors(u)) for u in g},
    "successors": lambda g: {u: (list(g.successors(u)), list(g[u])) for u in g},
    "all neighbours": lambda g: {u: list(nx.all_neighbors(g, u)) for u in g},
    "degree": lambda g: (dict(g.degree), dict(g.in_degree), dict(g.out_degree), dict(g.degree(parts(g)))),
    "has edge": lambda g: [(u, v, g.has_edge(u, v), g.number_of_edges(u, v)) for u in g for v in g],
    "has node": lambda g: ("a" in g, "nobody" in g, None in g, g.has_node("b"), [] in g if False else None),
    "edge data": lambda g: [g.get_edge_data(u, v) for u, v, _ in g.edges],
    "self-loops": lambda g: (nx.number_of_selfloops(g), list(nx.selfloop_edges(g, keys=True)), list(nx.nodes_with_selfloops(g))),
    "density": nx.density,
    "subgraph": lambda g: (edges_of(g.subgraph(parts(g))), list(g.subgraph(parts(g)).nodes(data=True))),
    "subgraph copied": lambda g: edges_of(g.subgraph(parts(g)).copy()),
    "edge subgraph": lambda g: edges_of(g.edge_subgraph(list(g.edges)[::2])),
    "restricted view": lambda g: edges_of(nx.restricted_view(g, ["a"], [])),
    "filtered view": lambda g: edges_of(nx.subgraph_view(g, filter_edge=lambda u, v, k: u < v)),
    "reverse": lambda g: edges_of(g.reverse()),
    "reverse view": lambda g: edges_of(g.reverse(copy=False)),
    "copy": lambda g: edges_of(g.copy()),
    "to undirected": lambda g: (edges_of(g.to_undirected()), edges_of(g.to_undirected(as_view=True))),
    "to directed": lambda g: (edges_of(g.to_directed()), edges_of(g.to_directed(as_view=True))),
    "ego graph": lambda g: edges_of(nx.ego_graph(g, "a")),
    "relabelled": lambda g: edges_of(nx.relabel_nodes(g, str.upper)),
    "composed": lambda g: edges_of(nx.compose(g, g)),
    "complement": lambda g: sorted(simple(nx.complement(g)).edges),
    "node-link": lambda g: nx.node_link_data(g, edges="edges"),
    "dict of dicts": nx.to_dict_of_dicts,
    "edge list": lambda g: list(nx.to_edgelist(g)),
    "matrix": lambda g: nx.to_numpy_array(g).tolist(),
    "isolates": lambda g: list(nx.isolates(g)),
    # paths and traversal
    "shortest path lengths": lambda g: dict(nx.all_pairs_shortest_path_length(g)),
    "all shortest paths": lambda g: [list(nx.all_shortest_paths(g, "a", v)) for v in nx.descendants(g, "a")],
    "Dijkstra": lambda g: nx.single_source_dijkstra(g, "a"),
    "Bellman-Ford": lambda g: nx.single_source_bellman_ford(g, "a"),
    "Floyd-Warshall": lambda g: {u: dict(d) for u, d in nx.floyd_warshall(g).items()},
    "A*": lambda g: [nx.astar_path(g, "a", v) for v in sorted(nx.descendants(g, "a"))],
    "simple paths": lambda g: [list(nx.all_simple_paths(g, "a", v, cutoff=3)) for v in g],
    "simple edge paths": lambda g: [list(nx.all_simple_edge_paths(g, "a", v, cutoff=2)) for v in g],
    "breadth first": lambda g: list(nx.bfs_edges(g, "a")),
    "depth first": lambda g: (list(nx.dfs_edges(g, "a")), list(nx.dfs_preorder_nodes(g, "a"))),
    "edges, breadth first": lambda g: list(nx.edge_bfs(g, "a", orientation="ignore")),
    "ancestors and descendants": lambda g: {u: (nx.ancestors(g, u), nx.descendants(g, u)) for u in g},
    "efficiency": lambda g: nx.global_efficiency(undirected(g)),
    "Wiener index": nx.wiener_index,
    # components
    "weakly connected": lambda g: (groups(nx.weakly_connected_components(g)), nx.is_weakly_connected(g)),
    "strongly connected": lambda g: groups(nx.strongly_connected_components(g)),
    "attracting": lambda g: groups(nx.attracting_components(g)),
    "condensation": lambda g: sorted(nx.condensation(g).edges),
    "articulation points": lambda g: sorted(nx.articulation_points(undirected(g))),
    "bridges": lambda g: groups(nx.bridges(undirected(g))),
    "biconnected": lambda g: groups(nx.biconnected_components(undirected(g))),
    "acyclic": lambda g: (nx.is_directed_acyclic_graph(g), sorted(map(len, nx.simple_cycles(g)))),
    "transitive closure": lambda g: sorted(set(nx.transitive_closure(g).edges())),
    # centrality
    "degree centrality": lambda g: (nx.degree_centrality(g), nx.in_degree_centrality(g)),
    "betweenness": nx.betweenness_centrality,
    "edge betweenness": nx.edge_betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "harmonic": nx.harmonic_centrality,
    "load": nx.load_centrality,
    "Katz": lambda g: nx.katz_centrality(simple(g), alpha=0.01),
    "reciprocity": lambda g: nx.overall_reciprocity(simple(g)) if g.size() else None,
    "constraint": lambda g: {u: str(value) for u, value in nx.constraint(undirected(g)).items()},
    "degree assortativity": lambda g: nx.degree_mixing_dict(g),
    "attribute assortativity": lambda g: nx.attribute_mixing_dict(g, "kind"),
    # communities, cores, triangles, matching, colouring
    "label propagation": lambda g: groups(nx.community.asyn_lpa_communities(g, seed=1)),
    "Louvain": lambda g: groups(nx.community.louvain_communities(g, seed=1)),
    "modularity": lambda g: nx.community.modularity(g, [set(g)]) if g.size() else None,
    "greedy modularity": lambda g: groups(nx.community.greedy_modularity_communities(undirected(g))) if g.size() else None,
    "core numbers": lambda g: nx.core_number(undirected(g)),
    "triangles": lambda g: (nx.triangles(undirected(g)), nx.triadic_census(simple(g))),
    "clustering": lambda g: (nx.clustering(undirected(g)), nx.transitivity(undirected(g))),
    "cliques": lambda g: groups(nx.find_cliques(undirected(g))),
    "matching": lambda g: groups(nx.max_weight_matching(undirected(g))),
    "independent set": lambda g: sorted(nx.maximal_independent_set(undirected(g), seed=1)),
    "colouring": lambda g: nx.greedy_color(undirected(g)),
    "spanning tree": lambda g: sorted(nx.minimum_spanning_edges(g.to_undirected(), keys=True, data=False)),
    "dominating set": lambda g: nx.dominating_set(undirected(g), start_with="a"),
    # flows and bipartite graphs
    "flow": lambda g: [nx.maximum_flow_value(capacities(g), "a", v) for v in g if v != "a"],
    "node connectivity": lambda g: nx.node_connectivity(undirected(g)),
    "bipartite projection": lambda g: groups(nx.bipartite.projected_graph(sides(g), [("from", node) for node in g]).edges),
    "bipartite matching": lambda g: len(nx.bipartite.hopcroft_karp_matching(sides(g), [("from", node) for node in g])),
    "Jaccard": lambda g: sorted(nx.jaccard_coefficient(undirected(g))),
}
LINKS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(["CONFIRMED", "ALLEGED"])), max_size=14)


def known(links: list[tuple[str, str, str]]) -> KnowledgeGraph:
    ties = [tie(u, v, status=status, key=f"t{number}") for number, (u, v, status) in enumerate(links)]
    return graph(*ties, entities=map(entity, NODES))


@pytest.mark.parametrize("asked", ASKED)
@settings(max_examples=25)
@given(LINKS)
def test_algorithm_gives_what_it_gives_on_a_dict_graph(asked: str, links: list[tuple[str, str, str]]) -> None:
    ours = known(links)
    assert ASKED[asked](ours) == ASKED[asked](plain(ours))


SHIPPED = load()
SMALL_ONLY = {"simple paths", "simple edge paths", "acyclic", "flow", "has edge", "Floyd-Warshall", "transitive closure", "complement"}
OF_A = {
    "A*",
    "Bellman-Ford",
    "Dijkstra",
    "all shortest paths",
    "breadth first",
    "depth first",
    "edges, breadth first",
    "ego graph",
    "dominating set",
}


@pytest.mark.parametrize(
    "asked", [name for name in ASKED if name not in SMALL_ONLY | OF_A | {"restricted view", "node connectivity", "Katz"}]
)
def test_algorithm_gives_what_it_gives_on_a_dict_graph_of_the_shipped_content(asked: str) -> None:
    assert ASKED[asked](SHIPPED) == ASKED[asked](plain(SHIPPED))


def test_what_networkx_makes_of_the_graph_is_an_ordinary_graph() -> None:
    ours = known([("a", "b", "CONFIRMED"), ("b", "c", "ALLEGED")])
    made = [ours.copy(), ours.subgraph("ab"), ours.edge_subgraph([("a", "b", "t0")]), ours.reverse(), ours.to_directed(), ours.__class__()]
    assert {type(each) for each in made} == {nx.MultiDiGraph}
    assert type(ours.to_undirected()) is nx.MultiGraph
    changeable = ours.copy()
    changeable.nodes["a"]["colour"] = "red"
    changeable.remove_node("b")
    assert "colour" not in ours.nodes["a"]
    assert "b" in ours


@pytest.mark.parametrize(
    "change",
    [
        lambda g: g.add_node("x"),
        lambda g: g.add_edge("a", "b"),
        lambda g: g.add_edges_from([("a", "b")]),
        lambda g: g.remove_node("a"),
        lambda g: g.remove_edge("a", "b"),
        lambda g: g.clear(),
        lambda g: g.clear_edges(),
        lambda g: g.nodes["a"].update(name="x"),
        lambda g: g["a"]["b"]["t0"].pop("kind"),
        lambda g: nx.set_node_attributes(g, "red", "colour"),
        lambda g: nx.set_edge_attributes(g, 1, "weight"),
    ],
)
def test_graph_refuses_every_change(change: Callable[[KnowledgeGraph], object]) -> None:
    with pytest.raises(nx.NetworkXError, match="Frozen"):
        change(known([("a", "b", "CONFIRMED")]))


@pytest.mark.parametrize("missing", ["nobody", None, 7, ("a", "b")])
def test_node_that_is_not_there_is_answered_as_by_a_dict_graph(missing: Any) -> None:
    ours = known([("a", "b", "CONFIRMED")])
    assert missing not in ours
    assert not ours.has_edge("a", missing)
    assert ours.get_edge_data(missing, "a") is None
    for ask in (lambda: ours.nodes[missing], lambda: ours[missing], lambda: ours["a"][missing], lambda: ours["a"]["b"][missing]):
        with pytest.raises(KeyError):
            ask()


def test_graph_can_be_pickled_and_copied_deeply() -> None:
    ours = known([("a", "b", "CONFIRMED"), ("a", "b", "ALLEGED")])
    for other in (pickle.loads(pickle.dumps(ours)), copy.deepcopy(ours)):
        assert isinstance(other, KnowledgeGraph)
        assert edges_of(other) == edges_of(ours)
        assert dict(other.relationships) == dict(ours.relationships)


def test_empty_graph_is_a_graph() -> None:
    empty = KnowledgeGraph(Records({}, {}, {}))
    assert (len(empty), empty.size(), list(empty.edges), dict(empty.claims)) == (0, 0, [], {})
    assert nx.number_weakly_connected_components(empty) == 0
