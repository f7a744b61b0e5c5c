"""Big data and any other are held against the shapes with one outcome."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interlock.graph import DataError, loading
from interlock.graph.loading import check
from interlock.seeds import vocab
from random_rdf import RDF_TYPE, at, dataset, il

EXTRA = [
    f'{{}} {il("tier")} "P" .',
    f'{{}} <{vocab.SKOS.altLabel}> " spaced " .',
    f'{{}} <{vocab.DCTERMS.identifier}> "cik 42" .',
    f'{{}} {il("during")} "2011-06-22"@en .',
    f"{{}} <{vocab.SDO.amount}> _:sum .",
    f'_:sum <{vocab.SDO.value}> "-5" . {{}}',
]


def outcome(path: Path, by_columns: bool) -> object:
    """The problems that ``check`` finds, or the version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "BULK_FROM", 0 if by_columns else 1 << 60)
        try:
            return check(path).version
        except DataError as error:
            return [str(problem) for problem in error.problems if "_:" not in problem.message], error.counts


@given(st.integers(0, 2**32), st.lists(st.sampled_from(EXTRA), max_size=2))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shapes_find_in_big_data_what_they_find_in_any_other(tmp_path: Path, seed: int, extra: list[str]) -> None:
    draw = random.Random(seed)
    lines = dataset(seed, False, padded=True)
    about = draw.choice(["entity/e0", "source/s0", "relationship/r0", "claim/c0-0"])
    lines += [line.format(at(about)).removesuffix(at(about)).strip() for line in extra]
    draw.shuffle(lines)
    path = tmp_path / "data.nq"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert outcome(path, True) == outcome(path, False)


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
