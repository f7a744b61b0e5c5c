"""The W3C's cases for the syntaxes of RDF 1.1, from a copy beside the checkout, and what they don't cover."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from interlock.graph import DataError
from interlock.graph.parsing import format_of, parse_file

SUITE = Path(__file__).parents[2] / "shared" / "data" / "rdf-tests" / "rdf" / "rdf11"
NEEDS_SUITE = pytest.mark.skipif(not SUITE.is_dir(), reason=f"the W3C test cases are not in {SUITE}")
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FOLDERS = {"rdf-turtle": 313, "rdf-trig": 356, "rdf-n-triples": 70, "rdf-n-quads": 87}


@cache
def cases(folder: str) -> list[tuple[str, Path, Path | None]]:
    """Type, file and, where there is one, the file of what it means: of every case of a manifest."""
    path = SUITE / folder / "manifest.ttl"
    said: dict[object, dict[str, object]] = {}
    for quad in parse_file(path, path.as_uri()).quads:
        said.setdefault(quad.subject, {})[quad.predicate.value] = quad.object
    found, rest = [], next(properties[MF + "entries"] for properties in said.values() if MF + "entries" in properties)
    while rest in said:
        case = said[said[rest][RDF + "first"]]
        action, result = (Path(term.value[7:]) if (term := case.get(MF + name)) else None for name in ("action", "result"))  # type: ignore[attr-defined]
        assert action is not None
        found.append((case[RDF + "type"].value.rpartition("#")[2], action, result))  # type: ignore[attr-defined]
        rest = said[rest][RDF + "rest"]
    return found


def canonical(quads: list[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def verdict(path: Path, base: str) -> list[ox.Quad] | DataError:
    try:
        return parse_file(path, base).quads
    except DataError as error:
        return error


@NEEDS_SUITE
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_case_of_the_w3c_is_read_or_refused_as_it_has_to_be(folder: str) -> None:
    wrong = []
    for kind, action, result in cases(folder):
        got = verdict(action, f"https://w3c.github.io/rdf-tests/rdf/rdf11/{folder}/{action.name}")
        if isinstance(got, DataError) != ("Negative" in kind):
            wrong.append((action.name, kind, got))
        elif isinstance(got, DataError):
            (problem,) = got.problems
            if problem.file != str(action) or problem.line < 1 or not problem.message.startswith("column "):
                wrong.append((action.name, kind, problem))
        elif result is not None and canonical(got) != canonical(parse_file(result).quads):
            wrong.append((action.name, kind, got))
    assert wrong == []
    assert len(cases(folder)) == FOLDERS[folder]


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/">\n{}\n</rdf:RDF>'
LINES = """<http://e.example/a> <http://e.example/name> "Ann"@en .
<http://e.example/a> <http://e.example/knows> <http://e.example/b> .
"""
SAME = {
    "a.ttl": '@prefix e: <http://e.example/> . e:a e:name "Ann"@en ; e:knows e:b .',
    "a.trig": '{ <http://e.example/a> <http://e.example/name> "Ann"@en ; <http://e.example/knows> <http://e.example/b> }',
    "a.nt": LINES,
    "a.nq": LINES,
    "a.rdf": XML.format(
        '<rdf:Description rdf:about="http://e.example/a"><e:name xml:lang="en">Ann</e:name>'
        '<e:knows rdf:resource="http://e.example/b"/></rdf:Description>'
    ),
    "a.jsonld": '{"@context": {"@vocab": "http://e.example/"}, "@id": "http://e.example/a", "name": {"@value": "Ann", "@language": "en"},'
    ' "knows": {"@id": "http://e.example/b"}}',
}


@pytest.mark.parametrize("name", SAME)
def test_every_syntax_says_the_same_packed_or_not(name: str, tmp_path: Path) -> None:
    plain = written(tmp_path, name, SAME[name])
    packed = written(tmp_path, f"{name}.gz", gzip.compress(SAME[name].encode()))
    expected = set(parse_file(written(tmp_path, "expected.ttl", SAME["a.ttl"])).quads)
    assert set(parse_file(plain).quads) == set(parse_file(packed).quads) == expected
    assert format_of(packed) == format_of(plain)


BAD = {
    "xml.rdf": (XML.format("<e:Thing>"), 3, "column 3: "),
    "json.jsonld": ('{\n"@id": "http://e.example/a",\n', 3, "column 1: "),
    "remote.jsonld": ('{\n"@context": "https://e.example/c",\n"name": "Ann"}', 2, "nothing is ever fetched"),
    "cut.nt.gz": (gzip.compress(SAME["a.nt"].encode())[:-9], 0, "is cut off"),
    "plain.nt.gz": (SAME["a.nt"].encode(), 0, "is not what gzip packs"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    text, line, message = BAD[name]
    with pytest.raises(DataError) as caught:
        parse_file(written(tmp_path, name, text))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / name), line)
    assert message in problem.message


def test_a_file_takes_its_prefixes_from_the_one_beside_it_that_is_for_that(tmp_path: Path) -> None:
    path = written(tmp_path, "data.ttl", 'e:a e:name "Ann" .\n')
    with pytest.raises(DataError, match=r"data\.ttl:1: column 1: The prefix e: has not been declared"):
        parse_file(path)
    written(tmp_path, "prefixes.ttl", "@base <http://e.example/> .\n# for all\n@prefix e: <things/> .\n")
    parsed = parse_file(path)
    assert parsed.quads[0].subject == ox.NamedNode("http://e.example/things/a")
    assert parsed.prefixes == tmp_path / "prefixes.ttl"
    with pytest.raises(DataError, match=r"other\.ttl:2: column 9: The prefix f: has not been declared"):
        parse_file(written(tmp_path, "other.ttl", 'e:a e:name "Ann" .\ne:a e:b f:c .\n'))
