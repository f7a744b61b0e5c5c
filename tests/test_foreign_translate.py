from __future__ import annotations

from pathlib import Path

from foreign import PEOPLE, PREFIXES, loaded, told, unread, warnings, written
from hypothesis import given, settings
from hypothesis import strategies as st

from interlock.graph import Engine, KnowledgeGraph, everything, export, load
from interlock.graph.loading import build, check

ORGANIZATION = "e:acme a foaf:Organization ; foaf:name {} ."


def source_of(graph: KnowledgeGraph) -> object:
    (source,) = graph.sources.values()
    return source


def test_name_in_english_comes_first_then_one_in_no_language_then_by_the_alphabet(tmp_path: Path) -> None:
    def names(*labels: str) -> tuple[str, ...]:
        (entity,) = loaded(tmp_path, ORGANIZATION.format(", ".join(labels))).entities.values()
        return entity.names

    assert names('"Äpfel"@de', '"Apples"@en', '"Plain"') == ("Apples", "Plain", "Äpfel")
    assert names('"Zwei"@de', '"Un"@fr', '"Eins"@de', '"British"@en-GB') == ("British", "Eins", "Zwei", "Un")
    assert names('"b"', '"a"') == ("a", "b")


def test_name_is_found_in_parts_and_under_unknown_labels_and_cleaned(tmp_path: Path) -> None:
    text = """
    e:ann a foaf:Person ; foaf:givenName "Ann" ; foaf:familyName "Example" .
    e:bob a foaf:Person ; <http://other.example/label> "Bob" .
    e:eve a foaf:Person ; foaf:name "  Eve\\u202E \\n Example " .
    """
    graph = loaded(tmp_path, text)
    assert [entity.name for entity in graph.entities.values()] == ["Ann Example", "Bob", "Eve Example"]
    assert warnings(graph) == []
    assert unread(graph) == {}


def test_what_is_not_understood_is_counted_by_property_and_class_with_an_example(tmp_path: Path) -> None:
    text = (
        PEOPLE + "e:ann foaf:knows e:bob . e:bob foaf:knows e:ann ; e:eats e:fish . "
        "e:fish a e:Fish, e:Animal ; e:eats e:fish ; rdfs:label 'Fish' ."
    )
    graph = loaded(tmp_path, text)
    rows = [(each.what, each.iri, each.count, each.example) for each in graph.provenance.unread]
    assert rows == [
        ("property", "http://e.example/eats", 2, "<http://e.example/bob> (Bob Example)"),
        ("property", "http://xmlns.com/foaf/0.1/knows", 2, "<http://e.example/ann> (Ann Example)"),
        ("class", "http://e.example/Animal", 1, "<http://e.example/fish> (Fish)"),
        ("class", "http://e.example/Fish", 1, "<http://e.example/fish> (Fish)"),
        ("property", "http://www.w3.org/2000/01/rdf-schema#label", 1, "<http://e.example/fish> (Fish)"),
    ]


@given(st.lists(st.tuples(*[st.sampled_from("abcde")] * 3), min_size=1, max_size=12))
@settings(max_examples=60)
def test_every_statement_is_understood_warned_of_or_counted(triples: list[tuple[str, str, str]]) -> None:
    from tempfile import TemporaryDirectory

    predicates = dict(zip("abcde", ["a", "org:memberOf", "foaf:knows", "org:unitOf", "schema:owns"], strict=True))
    classes = dict(zip("abcde", ["foaf:Person", "org:Organization", "e:Thing", "org:Membership", "skos:Concept"], strict=True))
    lines = {f"e:{s} {predicates[p]} {classes[o] if p == 'a' else f'e:{o}'} ." for s, p, o in triples}
    with TemporaryDirectory() as folder:
        graph = loaded(Path(folder), "\n".join(sorted(lines)))
    counted = sum(each.count for each in graph.provenance.unread)
    unknown = sum("foaf:knows" in line or "e:Thing" in line or "skos:Concept" in line for line in lines)
    assert counted == unknown
    selves = {line for line in lines if line[:3] == line.split()[2] and "knows" not in line}
    ties = {line for line in lines if any(word in line for word in ("memberOf", "unitOf", "owns"))} - selves
    assert len(graph.relationships) == len(ties)
    assert len([each for each in warnings(graph) if "relationship with itself" in each]) == len({line[:3] for line in selves})


def test_statement_in_a_named_graph_is_the_word_of_that_graph(tmp_path: Path) -> None:
    text = """
    e:graph a void:Dataset ; dcterms:title "The register"@en, "Das Register"@de ; dcterms:publisher e:registry ;
      dcterms:issued "2024-01-02"^^xsd:date ;
      dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; schema:url <https://register.example/> ;
      prov:wasDerivedFrom e:older .
    e:registry foaf:name "Registry" .
    e:graph { e:ann org:memberOf e:acme }
    e:other { e:ann org:memberOf e:acme . e:bob org:memberOf e:acme }
    """
    graph = loaded(tmp_path, PEOPLE + text)
    by = {graph.entities[tie.source].name: [claim.source for claim in tie.claims] for tie in graph.relationships.values()}
    assert by == {"Ann Example": ["http://e.example/graph", "http://e.example/other"], "Bob Example": ["http://e.example/other"]}
    register = graph.sources["http://e.example/graph"]
    assert (register.title, register.publisher, str(register.published)) == ("The register", "Registry", "2024-01-02")
    assert (register.licence, register.url, register.derived_from) == (
        "CC-BY-4.0",
        "https://register.example/",
        ("http://e.example/older",),
    )
    assert graph.sources["http://e.example/other"].title == "Dataset http://e.example/other"
    assert {tie.status for tie in graph.relationships.values()} == {"REPORTED"}


def test_statement_in_the_default_graph_is_of_the_dataset_that_its_file_describes_or_of_the_file(tmp_path: Path) -> None:
    tie = PEOPLE + "e:ann org:memberOf e:acme ."
    plain = source_of(loaded(tmp_path, tie))
    assert (plain.id, plain.title) == ("source/file-data.trig", "data.trig")  # type: ignore[attr-defined]
    named = source_of(loaded(tmp_path, tie + "e:d a dcat:Dataset ; dcterms:title 'Mine' ."))
    assert (named.id, named.title) == ("http://e.example/d", "Mine")  # type: ignore[attr-defined]
    two = source_of(loaded(tmp_path, tie + "e:d a dcat:Dataset . e:c a void:Dataset ."))
    assert two.title == "data.trig"  # type: ignore[attr-defined]


def test_same_thing_said_by_two_files_is_one_relationship_with_two_claims(tmp_path: Path) -> None:
    one = written(tmp_path, PEOPLE + "e:ann schema:worksFor e:acme .", "one.ttl")
    other = written(tmp_path, "e:acme schema:employee e:ann .", "other.ttl")
    graph = load(one, other)
    (tie,) = graph.relationships.values()
    assert (len(tie.claims), tie.independent_sources) == (2, 2)


def test_mere_membership_is_not_told_beside_what_says_more(tmp_path: Path) -> None:
    text = "e:ann org:memberOf e:acme ; schema:worksFor e:acme . e:m org:member e:ann ; org:organization e:acme ; schema:roleName 'CFO' ."
    assert told(loaded(tmp_path, PEOPLE + text)) == ["Ann Example | POSITION chief financial officer (CFO) | Acme"]


def test_entities_that_our_own_files_describe_are_not_described_anew(tmp_path: Path) -> None:
    written(tmp_path, PEOPLE + "e:ann org:memberOf e:acme .", "others.ttl")
    (tmp_path / "ours.trig").write_text(
        "@prefix schema: <https://schema.org/> . @prefix il: <https://interlock.example/ns#> .\n"
        '<http://e.example/ann> a schema:Person ; schema:name "Ann of ours" ; il:during "1960/" .',
        encoding="utf-8",
    )
    graph = load(tmp_path)
    assert graph.entities["http://e.example/ann"].name == "Ann of ours"
    assert len(graph.relationships) == 1


MIXED = (
    PEOPLE
    + """
e:ann foaf:knows e:bob ; org:memberOf e:acme .
[] a org:Membership ; org:member e:bob ; org:organization e:big ; org:memberDuring [ time:hasBeginning [ time:inXSDgYear "2011" ] ] ;
  org:role [ skos:prefLabel "Secretary" ] .
"""
)


def test_what_was_translated_passes_the_shapes_and_loads_again_from_an_export_as_the_same_version(tmp_path: Path) -> None:
    graph = check(written(tmp_path, MIXED))
    for format in ("trig", "nq", "jsonld"):
        path = tmp_path / f"again.{format}"
        path.write_bytes(b"".join(export(format, graph, everything(Engine(graph)))))
        again = check(path)
        assert again.version == graph.version
        assert told(again) == told(graph)
        assert warnings(again) == []


def test_version_follows_from_what_is_said_and_not_from_blank_labels_order_or_prefixes(tmp_path: Path) -> None:
    one = written(tmp_path, MIXED)
    version = load(one).version
    lines = (PREFIXES + MIXED).replace("@prefix e:", "@prefix x:").replace(" e:", " x:").replace("\ne:", "\nx:").splitlines()
    head, body = lines[: len(PREFIXES.splitlines())], "\n".join(lines[len(PREFIXES.splitlines()) :]).split(" .\n")
    one.write_text(
        "\n".join(head) + "\n" + " .\n".join(reversed([part.removesuffix(" .") for part in body if part.strip()])) + " .", encoding="utf-8"
    )
    assert load(one).version == version


def test_snapshot_keeps_what_was_said_of_its_files(tmp_path: Path) -> None:
    path = written(tmp_path, MIXED + "e:d a void:Dataset ; dcterms:license <https://opendatacommons.org/licenses/odbl/1-0/> .")
    graph = build([path], tmp_path / "data.interlock")
    opened = load(tmp_path / "data.interlock")
    assert opened.provenance == graph.provenance
    assert opened.licence == "ODbL-1.0"
    (origin,) = opened.provenance.origins
    assert (origin.name, origin.licence, origin.entities, origin.relationships, origin.claims, origin.sources) == (
        "data.trig",
        "ODbL-1.0",
        4,
        2,
        2,
        1,
    )
    assert [source.licence for source in opened.sources.values()] == ["ODbL-1.0"]


def test_graph_that_is_called_like_what_it_speaks_of_is_a_source_beside_it(tmp_path: Path) -> None:
    text = (
        PEOPLE
        + """
    e:ann { e:ann org:memberOf e:acme ; prov:wasDerivedFrom e:acme }
    e:bob { e:bob a org:Membership ; org:member e:bob ; org:organization e:acme }
    """
    )
    graph = check(written(tmp_path, text))
    assert [entity.name for entity in graph.entities.values()] == ["Acme", "Ann Example", "Big", "Bob Example"]
    assert sorted(source.title for source in graph.sources.values()) == ["Acme", "Ann Example", "Bob Example"]
    assert all(id.startswith("source/") for id in graph.sources)
    assert len(graph.relationships) == 2


def test_link_of_a_dataset_that_is_no_link_is_a_warning(tmp_path: Path) -> None:
    text = PEOPLE + "e:ann org:memberOf e:acme . e:d a dcat:Dataset ; schema:url 'http://no link', 'javascript:alert(1)' ."
    graph = loaded(tmp_path, text)
    assert [source.url for source in graph.sources.values()] == [None]
    assert [warning.split("'")[1] for warning in warnings(graph)] == ["http://no link", "javascript:alert(1)"]
