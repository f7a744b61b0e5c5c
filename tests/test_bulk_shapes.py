"""Big data and any other are held against the shapes with one outcome."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDFS, XSD
from rdflib.namespace import SH

from interlock.graph import DataError, loading
from interlock.graph.loading import check
from interlock.graph.rdf import read
from interlock.graph.shape_forms import JUDGED_BY
from interlock.graph.vocabulary import SEEDS
from interlock.seeds import vocab
from random_rdf import RDF_TYPE, at, dataset, il

NUMBERS = [
    '"-1"^^<{}decimal>',
    '"0"^^<{}integer>',
    '"50"^^<{}decimal>',
    '"101"^^<{}decimal>',
    '"NaN"^^<{}double>',
    '"0"^^<{}double>',
    '"x"^^<{}decimal>',
    '"5"',
]
SHARES = [f"{{}} {il('share')} {number.format(XSD)} ." for number in NUMBERS]
EXTRA = [
    f'{{}} {il("tier")} "P" .',
    f'{{}} {il("tier")} "B" .',
    f'{{}} <{vocab.SKOS.altLabel}> " spaced " .',
    f'{{}} <{vocab.DCTERMS.identifier}> "cik 42" .',
    f'{{}} <{vocab.DCTERMS.publisher}> "Other" .',
    f'{{}} {il("during")} "2011-06-22"@en .',
    f"{{}} <{vocab.SDO.amount}> _:sum .",
    f'_:sum <{vocab.SDO.value}> "-5" . {{}}',
    f"{{}} <{vocab.SDO.url}> <ftp://a.example/> .",
    f"{{}} <{vocab.PROV.hadPrimarySource}> {at('source/s1')} .",
    f"{{}} <{vocab.PROV.hadPrimarySource}> {at('entity/e0')} .",
    f"{{}} <{vocab.PROV.wasAttributedTo}> {at('relationship/r0')} .",
    f"{{}} {il('contradicts')} {at('relationship/r0')} .",
    f"{{}} <{vocab.ORG.role}> {at('role/own')} .",
    f"{at('role/own')} {RDF_TYPE} <https://a.example/Role> . {{}}",
    f"<https://a.example/Role> <{RDFS.subClassOf}> {il('Role')} . {{}}",
    f'{{}} {il("phrase")} "met" .',
    *SHARES,
]
PLACES = (("entity/e", ""), ("source/s", ""), ("relationship/r", ""), ("claim/c", "-0"))
ABOUT = [f"{what}{number}{more}" for what, more in PLACES for number in range(3)]
MORE = st.tuples(st.sampled_from(EXTRA), st.lists(st.sampled_from(ABOUT), min_size=1, max_size=4))


def outcome(path: Path, by_columns: bool) -> object:
    """The problems that ``check`` finds, or the version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "BULK_FROM", 0 if by_columns else 1 << 60)
        try:
            return check(path).version
        except DataError as error:
            return [str(problem) for problem in error.problems if "_:" not in problem.message], error.counts


def test_all_that_shapes_judge_by_is_known() -> None:
    used = {each for each in read([SEEDS / "shapes.ttl"]).subjects.values() for each in each}
    paths = {SH[name] for name in ("path", "property", "message", "targetClass", "targetSubjectsOf", "alternativePath", "inversePath")}
    assert {each for each in used if each in SH} - paths == JUDGED_BY


@given(st.integers(0, 2**32), st.lists(MORE, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shapes_find_in_big_data_what_they_find_in_any_other(tmp_path: Path, seed: int, extra: list[tuple[str, list[str]]]) -> None:
    draw = random.Random(seed)
    lines = dataset(seed, False, padded=True)
    lines += [line.format(at(each)).removesuffix(at(each)).strip() for line, about in extra for each in about]
    draw.shuffle(lines)
    path = tmp_path / "data.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert outcome(path, True) == outcome(path, False)


def test_values_that_shapes_tell_apart_stand_for_themselves_alone(tmp_path: Path) -> None:
    """Shares within bounds or not, two of each."""
    shares = [each for each in SHARES if "NaN" not in each and '"x"' not in each]  # the loader refuses these
    lines = [line.format(at(f"relationship/r{number}")) for number, line in enumerate([*shares, *shares])]
    kind, ends = vocab.RELATIONSHIP_TERMS["OWNERSHIP"], [at("entity/a"), at("entity/b")]
    for number in range(len(lines)):
        tie, claim = at(f"relationship/r{number}"), at(f"claim/c{number}")
        lines += [f"{tie} {RDF_TYPE} <{kind.cls}> .", f"{tie} <{kind.source}> {ends[0]} .", f"{tie} <{kind.target}> {ends[1]} ."]
        said = [f"{RDF_TYPE} {il('Claim')}", f"{il('supports')} {tie}", f"{il('status')} {il('reported')}"]
        lines += [f"{claim} {each} {at('source/s')} ." for each in said]
    lines += [f"{at('source/s')} {RDF_TYPE} {il('Source')} .", f'{at("source/s")} <{vocab.DCTERMS.title}> "S" .']
    lines += [f'{each} {RDF_TYPE} <{vocab.ENTITY_CLASSES["COMPANY"]}> .\n{each} <{vocab.SDO.name}> "A" .' for each in ends]
    path = tmp_path / "data.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = outcome(path, True)
    assert found == outcome(path, False)
    assert isinstance(found, tuple)
    assert 0 < sum("il:share" in fault for fault in found[0]) < 2 * len(shares)


def test_one_fault_of_thousands_is_told_a_thousand_times_and_counted_as_often_as_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, name = vocab.ENTITY_CLASSES["PERSON"], vocab.SDO.name
    path = tmp_path / "data.nq"
    lines = [f'{at(f"entity/e{n}")} {RDF_TYPE} <{person}> .\n{at(f"entity/e{n}")} <{name}> " Ann {n}" .' for n in range(2_345)]
    lines += [f"{at('source/s')} {RDF_TYPE} {il('Source')} .", f'{at("source/s")} <{vocab.DCTERMS.title}> "S" .']
    path.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(loading, "BULK_FROM", 0)
    with pytest.raises(DataError) as raised:
        check(path)
    assert len(raised.value.problems) == 1_000
    assert sorted(raised.value.counts.values()) == [1, 2_345]
    assert any(problem.subject == "source:s" for problem in raised.value.problems)
    assert "… and 2,326 more:\n  2,325 × has a schema:name, skos:altLabel" in str(raised.value)
    assert "\n  1 × is a source, so it needs one il:tier" in str(raised.value)
