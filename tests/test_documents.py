from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from foreign import PEOPLE, PREFIXES, told, warnings
from foreign import written as foreign
from test_loading import GOOD

from interlock.graph import DataError, load
from interlock.graph.documents import find_files
from interlock.graph.loading import check

TIE = PEOPLE + "e:ann org:memberOf e:acme ."
LICENSED = """<https://interlock.example/data> a <http://rdfs.org/ns/void#Dataset> ;
    dcterms:license <https://creativecommons.org/licenses/by-sa/4.0/> ."""


def own(folder: Path, text: str = GOOD, name: str = "ours.trig") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_folder_is_searched_for_files_packed_or_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    named = own(tmp_path)
    (tmp_path / "in" / "more.nt.gz").write_bytes(gzip.compress(b""))
    (tmp_path / "in" / "more.txt").write_text("no RDF", encoding="utf-8")
    assert find_files([tmp_path / "in", named]) == {tmp_path / "in" / "more.nt.gz": False, named: True}
    with pytest.raises(DataError, match=r"Name one that ends in \.ttl .*, or one of these and \.gz"):
        find_files([tmp_path / "in" / "more.txt"])


def test_our_own_file_is_read_strictly_and_that_of_others_beside_it_is_not(tmp_path: Path) -> None:
    stranger = "entity:eve a schema:Persona ."
    with pytest.raises(DataError, match="of a type that isn't known"):
        load(own(tmp_path, GOOD + stranger))
    graph = load(own(tmp_path), foreign(tmp_path, TIE + "e:eve a schema:Persona .", "others.ttl"))
    assert len(graph.relationships) == 2
    assert [each.iri for each in graph.provenance.unread] == ["https://schema.org/Persona"]


def test_data_of_ours_and_of_others_hang_together_by_their_iris(tmp_path: Path) -> None:
    link = "<http://e.example/ann> <http://schema.org/worksFor> <https://interlock.example/entity/acme> ."
    graph = load(own(tmp_path), foreign(tmp_path, 'e:ann a foaf:Person ; foaf:name "Ann Example" .' + link, "others.ttl"))
    assert "Ann Example | POSITION employee | Acme" in told(graph)
    assert warnings(graph) == []


def test_file_that_cannot_be_read_is_left_out_of_a_folder_of_others_only(tmp_path: Path) -> None:
    foreign(tmp_path, TIE, "good.ttl")
    bad = foreign(tmp_path, "e:ann a", "bad.ttl")
    graph = check(tmp_path)
    assert len(graph.relationships) == 1
    (warning,) = graph.provenance.warnings
    assert (warning.file, warning.line) == (str(bad), len(PREFIXES.splitlines()) + 1)
    assert warning.message.endswith("This file is left out")
    with pytest.raises(DataError, match=r"bad\.ttl"):
        load(tmp_path, bad)
    own(tmp_path)
    with pytest.raises(DataError, match=r"bad\.ttl"):
        load(tmp_path)


def test_folder_of_which_nothing_can_be_read_is_refused(tmp_path: Path) -> None:
    foreign(tmp_path, "e:ann a", "bad.ttl")
    with pytest.raises(DataError, match=r"bad\.ttl"):
        load(tmp_path)
    foreign(tmp_path, "", "bad.ttl")
    with pytest.raises(DataError, match="says nothing"):
        load(tmp_path)


def test_every_file_keeps_its_licence_and_says_how_much_came_from_it(tmp_path: Path) -> None:
    ours, others = own(tmp_path, GOOD + LICENSED), foreign(tmp_path, TIE, "others.ttl")
    graph = load(ours, others)
    told_of = [(each.name, each.licence, each.entities, each.relationships, each.claims, each.sources) for each in graph.provenance.origins]
    assert told_of == [("ours.trig", "CC-BY-SA-4.0", 3, 1, 1, 1), ("others.ttl", None, 4, 1, 1, 1)]
    assert graph.licence is None
    assert load(ours).licence == "CC-BY-SA-4.0"
    assert [each.statements for each in graph.provenance.origins] == [21, 9]


def test_two_files_of_one_name_are_two_sources(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        foreign(tmp_path / folder, TIE, "data.ttl")
    graph = load(tmp_path)
    assert [source.title for source in graph.sources.values()] == ["one/data.ttl", "two/data.ttl"]
    (tie,) = graph.relationships.values()
    assert tie.independent_sources == 2


def test_many_values_of_one_property_are_each_kept_once(tmp_path: Path) -> None:
    names = ", ".join(f'"n{number}"' for number in [*range(100), *range(100)])
    graph = load(own(tmp_path, GOOD.replace('skos:altLabel "Acme, Inc."', f"skos:altLabel {names}")))
    assert graph.entities["entity/acme"].aliases == tuple(f"n{number}" for number in range(100))
