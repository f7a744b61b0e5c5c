from __future__ import annotations

import pytest

from interlock.graph.folding import fold, in_order, initials, joined, legal_form, without_legal_form


def test_folding_drops_case_accents_and_punctuation() -> None:
    assert fold("Döpfner,  Mathias") == "dopfner mathias"
    assert fold("O’Reilly & Sons, L.L.C.") == "oreilly sons llc"


@pytest.mark.parametrize(
    ("name", "plain", "form"),
    [
        ("The Walt Disney Company", "walt disney", "co"),
        ("company", "company", ""),
        ("Apple Inc.", "apple", "inc"),
        ("Apple Incorporated", "apple", "inc"),
        ("Arm Holdings plc", "arm holdings", "plc"),
        ("Arm Holdings Public Limited Company", "arm holdings", "plc"),
        ("Anadolu Efes A S", "anadolu efes", "as"),
        ("BASF S E", "basf s e", ""),
        ("Energy Transfer Limited Partnership", "energy transfer", "lp"),
        ("Toyota Motor Co., Ltd.", "toyota motor", "co ltd"),
        ("Siemens Aktiengesellschaft", "siemens", "ag"),
        ("S.A.", "sa", ""),
        ("Procter and Gamble Co.", "procter gamble", "co"),
        ("and", "and", ""),
        ("Reed Hastings", "reed hastings", ""),
        ("", "", ""),
    ],
)
def test_legal_form_is_told_from_the_name_however_it_is_written(name: str, plain: str, form: str) -> None:
    assert (without_legal_form(fold(name)), legal_form(fold(name))) == (plain, form)


def test_names_are_compared_without_spaces_in_order_and_by_their_initials() -> None:
    assert joined("la z boy") == "lazboy"
    assert in_order("reed hastings") == "hastingsreed"
    assert initials("international business machines") == "ibm"
    assert initials("best buy") == ""
