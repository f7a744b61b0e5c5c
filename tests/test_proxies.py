"""Whom a server takes for its client: over real HTTP, since that is where proxies are believed, or not."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving import Served, served

DATA = """
@prefix entity: <https://interlock.example/entity/> .
@prefix schema: <https://schema.org/> .
entity:acme a schema:Corporation ; schema:name "Acme" .
"""
SETTINGS = {"rate": "4", "workers": "0", "log": "json"}
"""Two requests at once, and one more after 15 seconds: of many more the last is refused, however slow the machine."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "acme.ttl"
    path.write_text(DATA)
    return path


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("behind")
    with served(folder, "--data", str(data), trusted_proxies="127.0.0.1, 198.51.100.0/24", **SETTINGS) as server:
        yield server


def get(server: Served, path: str, **headers: str) -> str:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=given)
    with urllib.request.urlopen(request, timeout=60) as answer:
        told: str = answer.read().decode()
    return told


def status(server: Served, **headers: str) -> int:
    try:
        get(server, "/dataset", **headers)
    except urllib.error.HTTPError as refused:
        return refused.code
    return 200


def is_limited(server: Served, forwarded: str) -> bool:
    """Is somebody refused before long, whose address is said to be this?"""
    return 429 in [status(server, X_Forwarded_For=forwarded) for _ in range(8)]


def test_clients_behind_a_trusted_proxy_are_limited_each_by_its_address(behind: Served) -> None:
    assert is_limited(behind, "192.0.2.1")
    assert status(behind, X_Forwarded_For="192.0.2.2") == 200
    assert status(behind, X_Forwarded_For="192.0.2.1, 192.0.2.3") == 200, "what the proxy was told by others does not count"
    assert status(behind, X_Forwarded_For="192.0.2.9, 192.0.2.1") == 429
    assert status(behind, X_Forwarded_For="192.0.2.1, 198.51.100.7") == 429, "which is another proxy"
    assert is_limited(behind, "2001:db8:1:2::1")
    assert status(behind, X_Forwarded_For="2001:db8:1:2:ffff::2") == 429, "it has the same network"
    assert "192.0.2" not in behind.log.read_text()


def test_addresses_that_are_none_make_nothing_fail(behind: Served) -> None:
    for forwarded in (
        "",
        ",",
        " , ",
        "unknown",
        "a" * 5000,
        "192.0.2.1:99999",
        "[::1",
        "\xe9",
        "1,\t2" * 1000,
        "_hidden",
        "0",
        "::",
        "%00",
    ):
        assert status(behind, X_Forwarded_For=forwarded) in (200, 429)
    assert '"exception"' not in behind.log.read_text()


def test_nobody_is_believed_who_is_no_trusted_proxy(tmp_path: Path, data: Path) -> None:
    with served(tmp_path, "--data", str(data), trusted_proxies="198.51.100.0/24", **SETTINGS) as server:
        assert 429 in [status(server, X_Forwarded_For=f"192.0.2.{number}") for number in range(8)]


def test_scheme_is_what_a_trusted_proxy_says_if_it_is_one_and_what_nobody_says_where_none_is_trusted(tmp_path: Path, data: Path) -> None:
    with served(tmp_path, "--data", str(data), trusted_proxies="127.0.0.1", workers="0", log="off") as server:
        assert "https://a.example/" in get(server, "/reconcile", X_Forwarded_Proto="https", Host="a.example")
        assert "javascript" not in get(server, "/reconcile", X_Forwarded_Proto="javascript", Host="a.example")
    with served(tmp_path, "--data", str(data), workers="0", log="off", rate="4") as server:
        assert "https://a.example/" not in get(server, "/reconcile", X_Forwarded_Proto="https", Host="a.example")
        assert 429 in [status(server, X_Forwarded_For=f"192.0.2.{number}") for number in range(8)]
