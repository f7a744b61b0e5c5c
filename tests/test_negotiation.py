from __future__ import annotations

import pytest

from interlock.server.negotiation import GRAPHQL_JSON, JSON, is_json, media_type, wants_gzip, wants_page

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, {JSON}", GRAPHQL_JSON),
        (f"{JSON}, {GRAPHQL_JSON}", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.5, {JSON}", JSON),
        (f"{GRAPHQL_JSON}; charset=utf-8, {JSON}; q=0.9, */*; q=0.1", GRAPHQL_JSON),
        (f"*/*, {GRAPHQL_JSON}", GRAPHQL_JSON),
        (f"*/*, {JSON};q=0", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON.upper()};Q=1.000", GRAPHQL_JSON),
        (FIREFOX, JSON),
        ("text/html", None),
        ("*/*;q=0", None),
        (f"{JSON};q=2", None),
        (f"{JSON};q=", None),
        (",;,=", None),
    ],
)
def test_media_type_is_the_one_that_is_wanted_most(accept: str, media: str | None) -> None:
    assert media_type(accept) == media


@pytest.mark.parametrize(
    ("accept", "page"),
    [("", False), ("*/*", False), (JSON, False), ("text/html", True), (FIREFOX, True), (f"text/html;q=0.5, {JSON}", False)],
)
def test_page_is_for_those_who_would_rather_have_one(accept: str, page: bool) -> None:
    assert wants_page(accept) is page


@pytest.mark.parametrize(
    ("codings", "wanted"),
    [("", False), ("gzip, deflate, br", True), ("br;q=1.0, gzip;q=0.8", True), ("gzip;q=0", False), ("*", True), ("*, gzip;q=0", False),
     ("identity", False), ("GZIP", True)],
)  # fmt: skip
def test_gzip_is_for_those_who_take_it(codings: str, wanted: bool) -> None:
    assert wants_gzip(codings) is wanted


@pytest.mark.parametrize(
    ("kind", "fits"),
    [(JSON, True), (f"{JSON}; charset=utf-8", True), (f'{JSON};charset="UTF-8"', True), (f"{JSON}; charset=latin-1", False), ("", False),
     ("text/plain", False), ("application/graphql", False), ("application/x-www-form-urlencoded", False), (f"{JSON}; odd", True)],
)  # fmt: skip
def test_request_is_json_in_utf_8(kind: str, fits: bool) -> None:
    assert is_json(kind) is fits
