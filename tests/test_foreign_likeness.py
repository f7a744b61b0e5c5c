from __future__ import annotations

from pathlib import Path

import pytest
from foreign import told, written
from test_loading import GOOD

from interlock.graph import KnowledgeGraph, load

OTHERS = """
e:anna a foaf:Person ; foaf:name "Anna Example" ; org:memberOf e:club .
e:club a org:Organization ; foaf:name "The Club" .
e:inc a schema:Corporation ; schema:name "Acme Incorporated" .
"""
ANN, ACME = "<https://interlock.example/entity/ann>", "<https://interlock.example/entity/acme>"


def loaded(folder: Path, *texts: str, ours: str = GOOD) -> KnowledgeGraph:
    (folder / "ours.trig").write_text(ours, encoding="utf-8")
    for number, text in enumerate(texts):
        written(folder, text, f"{number}.ttl")
    return load(folder)


@pytest.mark.parametrize("link", ["owl:sameAs", "schema:sameAs", "skos:exactMatch"])
@pytest.mark.parametrize("apart", [False, True])
def test_entity_of_others_is_ours_where_either_says_so(tmp_path: Path, link: str, apart: bool) -> None:
    said = f"e:anna {link} {ANN} . e:inc {link} {ACME} ."
    graph = loaded(tmp_path, *([OTHERS, said] if apart else [OTHERS + said]))
    assert sorted(graph.entities) == ["entity/acme", "entity/acme-board", "entity/ann", "http://e.example/club"]
    assert (graph.entities["entity/ann"].name, graph.entities["entity/ann"].aliases) == ("Ann", ("Anna Example",))
    assert "Ann | ASSOCIATION was a member of | The Club" in told(graph)
    assert not graph.provenance.unread


def test_links_of_others_between_ours_and_elsewhere_are_kept(tmp_path: Path) -> None:
    graph = loaded(tmp_path, f"e:acme owl:sameAs {ACME} . e:page owl:sameAs e:other .")
    assert graph.entities["entity/acme"].same_as[0] == "http://e.example/acme"
    assert [(each.iri, each.example) for each in graph.provenance.unread] == [
        ("http://www.w3.org/2002/07/owl#sameAs", "<http://e.example/page>")
    ]


def test_entity_of_others_is_ours_by_a_shared_identifier(tmp_path: Path) -> None:
    theirs = '<http://www.wikidata.org/entity/Q7> a schema:Corporation ; schema:name "Acme AG" .'
    graph = loaded(tmp_path, theirs, ours=GOOD.replace("cik:42", "wikidata:Q7"))
    assert graph.entities["entity/acme"].aliases == ("Acme, Inc.", "Acme AG")


def test_entities_of_others_are_kept_apart_where_they_say_so(tmp_path: Path) -> None:
    same = 'e:inc <http://purl.org/dc/terms/identifier> "cik:42" .'
    assert "http://e.example/inc" not in loaded(tmp_path, OTHERS + same).entities
    graph = loaded(tmp_path, OTHERS + same + f"e:inc owl:differentFrom {ACME} .")
    assert graph.entities["http://e.example/inc"].different_from == ("entity/acme",)


def test_decisions_may_speak_of_entities_of_others(tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text("decision,a,b\nsame,http://e.example/inc,entity/acme\n", encoding="utf-8")
    assert "http://e.example/inc" not in loaded(tmp_path, OTHERS).entities
