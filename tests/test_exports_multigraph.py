"""Selections as Python has them."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pandas as pd
import pytest

from harness import PATIENT, entity, graph, tie
from interlock.graph import BadInput, Engine, everything, near, subgraph, table_rows

GRAPH = graph(
    tie("ann", "acme", "2001-05/2005", kind="BOARD_SEAT", key="seat"),
    tie("ann", "acme", kind="POSITION", key="post", status="ALLEGED"),
    tie("bob", "bell", kind="FOUNDING", key="founding"),
    entities=[entity("Ann", "PERSON", "A."), entity("Bob", "PERSON")],
)
ENGINE = Engine(GRAPH, PATIENT)


def test_subgraph_is_an_ordinary_multigraph_of_the_selection() -> None:
    found = subgraph(GRAPH, near(ENGINE, "ann"))
    assert type(found) is nx.MultiDiGraph
    assert {*found.edges(keys=True)} == {("ann", "acme", "seat"), ("ann", "acme", "post")}
    assert found.nodes["ann"]["aliases"] == ("A.",)
    assert found.edges["ann", "acme", "seat"]["start_earliest"] == date(2001, 5, 1)
    assert found.edges["ann", "acme", "post"]["status"] == "ALLEGED"
    assert "interval" not in found.edges["ann", "acme", "post"]
    assert found.graph["selection"] == "Ann, and what is within 1 hop of it"
    found.add_edge("ann", "bell")


def test_rows_make_a_data_frame() -> None:
    frame = pd.DataFrame(table_rows(GRAPH, everything(ENGINE)))
    assert frame.groupby("status").size().to_dict() == {"ALLEGED": 1, "CONFIRMED": 2}
    assert [row["title"] for row in table_rows(GRAPH, everything(ENGINE), "sources")] == ["The Times"]


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(BadInput, match="Did you mean claims"):
        table_rows(GRAPH, everything(ENGINE), "claim")
