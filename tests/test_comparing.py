from __future__ import annotations

import pytest

from harness import entity
from interlock.graph.comparing import agreement, bare_identifier
from interlock.graph.dates import parse_date

META = entity("Meta", "COMPANY", "Facebook, Inc.")


@pytest.mark.parametrize(
    ("given", "known", "agrees"),
    [
        ("2011-06-22", "2011-06-22", 1.0),
        ("2011", "2011-06-22", 0.9),
        ("2011-06-22", "2011-06", 0.9),
        ("2011-06-22T00:00:00Z", "2011-06-22", 1.0),
        ("2012", "2011-06-22", 0.0),
        ("soon", "2011", 0.0),
    ],
)
def test_date_agrees_as_far_as_it_goes(given: str, known: str, agrees: float) -> None:
    assert agreement(given, parse_date(known)) == agrees


@pytest.mark.parametrize(
    ("given", "agrees"),
    [("meta", 1.0), ("Facebook", 1), ("FACEBOOK INC", 1), ("Facebok", pytest.approx(0.933, abs=0.01)), ("Apple", 0)],
)
def test_entity_agrees_by_its_id_and_by_its_names(given: str, agrees: float) -> None:
    assert agreement(given, META) == agrees


def test_text_agrees_but_for_case_and_accents() -> None:
    assert agreement("Chief Executive Officer", "chief executive officer") == 1
    assert agreement("chief", "director") == 0
    assert agreement("", "director") == 0


@pytest.mark.parametrize(
    ("scheme", "text", "bare"),
    [
        ("cik", "0001326801", "1326801"),
        ("cik", "CIK:1326801", "1326801"),
        ("cik", "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK=1326801", "1326801"),
        ("wikidata", "http://www.wikidata.org/entity/Q380", "q380"),
        ("lei", " BQ4BKCS1HXDV9HN80Z93 ", "bq4bkcs1hxdv9hn80z93"),
    ],
)
def test_identifier_is_the_same_however_it_is_written(scheme: str, text: str, bare: str) -> None:
    assert bare_identifier(text, scheme) == bare


def test_identifier_never_nearly_agrees() -> None:
    assert agreement("1326801", "1326801", "cik") == 1
    assert agreement("1326802", "1326801", "cik") == 0
