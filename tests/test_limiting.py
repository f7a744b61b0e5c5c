from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from harness import entity, graph, tie
from interlock.graph import BadInput, Engine
from interlock.server.answering import Answering
from interlock.server.app import create_app
from interlock.server.cli import cli
from interlock.server.dispatch import Busy
from interlock.server.keys import given_key, line_of, read_keys
from interlock.server.limiting import client_of
from interlock.server.metrics import Metrics
from interlock.server.settings import Settings

ENGINE = Engine(graph(tie("ann", "acme", "2011/2019"), entities=[entity("Ann", "PERSON")]))
QUERY = {"query": "{ __typename }"}
DEAR = {"query": '{ paths(from: "ann", to: "acme", k: 100) { nodes { sentence hops { relationship { claims { source { title } } } } } } }'}


def client(metrics: Metrics | None = None, **settings: object) -> TestClient:
    return TestClient(create_app(ENGINE, Settings(**settings), metrics))  # type: ignore[arg-type]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.write_text(f"# of whom\n{line_of('alice', 'il_a')}\n\n{line_of('bob', 'il_b', 4)}  # less\n", encoding="utf-8")
    return path


def test_nobody_is_limited_unless_that_is_set() -> None:
    answer = client().post("/graphql", json=QUERY)
    assert not [name for name in answer.headers if name.startswith("ratelimit")]


def test_who_asks_too_often_is_told_when_to_ask_again() -> None:
    metrics = Metrics()
    with client(metrics, rate=4) as opened:
        first, second, third = (opened.post("/graphql", json=QUERY) for _ in range(3))
        assert [first.status_code, second.status_code, third.status_code] == [200, 200, 429]
        assert first.headers["ratelimit-policy"] == '"default";q=2;w=30'
        assert first.headers["ratelimit"].startswith('"default";r=1;t=')
        assert 1 <= int(third.headers["retry-after"]) <= 15
        assert third.json()["errors"][0]["extensions"] == {"code": "RATE_LIMITED"}
        assert third.headers["content-security-policy"]
        assert opened.get("/dataset").status_code == 429
        assert [opened.get(path).status_code for path in ("/livez", "/readyz", "/static/style.css")] == [200, 200, 200]
    assert metrics.registry.get_sample_value("interlock_rate_limited_total", {"by": "address"}) == 2


def test_dear_answer_counts_as_several_requests_unless_it_is_remembered() -> None:
    with client(rate=30) as opened:  # so that a slow machine gets little of it back
        cheap = opened.post("/graphql", json=QUERY).headers["ratelimit"]
        price = opened.post("/graphql", json=DEAR).json()["extensions"]["cost"]["price"]
        left = opened.post("/graphql", json=DEAR).headers["ratelimit"]
        assert price > 3000
        counts = [int(each.split("r=")[1].split(";")[0]) for each in (cheap, left)]
        assert counts[0] - counts[1] >= price // 1000
        again = opened.post("/graphql", json=DEAR).headers["ratelimit"]
        assert counts[1] - int(again.split("r=")[1].split(";")[0]) <= 1


def test_key_has_a_rate_of_its_own(keys: Path) -> None:
    with client(keys=keys, rate=2, key_rate=8) as opened:

        def statuses(count: int, **headers: str) -> list[int]:
            return [opened.post("/graphql", json=QUERY, headers=headers).status_code for _ in range(count)]

        assert statuses(2) == [200, 429]
        assert statuses(5, **{"X-API-Key": "il_a"}) == [200, 200, 200, 200, 429]
        assert statuses(3, Authorization="Bearer il_b") == [200, 200, 429]
        assert statuses(1, Authorization="bearer il_c") == [401]


def test_where_a_key_is_needed_nobody_is_answered_without(keys: Path) -> None:
    with client(keys=keys, key_required=True, origins="https://a.example") as opened:
        refused = opened.post("/graphql", json=QUERY)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert refused.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
        assert opened.get("/export/csv").status_code == 401
        assert opened.post("/graphql", json=QUERY, headers={"X-API-Key": "il_a"}).status_code == 200
        assert opened.get("/readyz").status_code == 200
        asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "X-API-Key"}
        assert opened.options("/graphql", headers=asked).status_code == 200
    with pytest.raises(BadInput, match="INTERLOCK_KEYS"):
        client(key_required=True)


def test_no_method_is_answered_without_a_key_where_one_is_needed(keys: Path) -> None:
    asked = "?queries=" + quote('{"q0": {"query": "ann"}}')
    with client(keys=keys, key_required=True, origins="*") as opened:
        for method in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "REPORT"):
            for path in (
                "/",
                "/graphql",
                f"/reconcile{asked}",
                "/export/csv?of=ann",
                "/entity/ann",
                "/paths?from=ann&to=acme",
                "/embed.js",
            ):
                assert opened.request(method, path, follow_redirects=False).status_code == 401, (method, path)
        preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
        assert "ann" not in opened.options(f"/reconcile{asked}", headers=preflight).text


def test_scripts_of_other_sites_can_read_why_they_are_refused(keys: Path) -> None:
    here, other = {"Origin": "https://a.example"}, {"Origin": "https://b.example"}
    with client(keys=keys, rate=2, origins="https://a.example") as opened:
        unknown = opened.post("/graphql", json=QUERY, headers={**here, "X-API-Key": "il_c"})
        answered, limited, foreign = (opened.post("/graphql", json=QUERY, headers=origin) for origin in (here, here, other))
        reconciled = opened.get("/reconcile", headers=other)
        exported = opened.get("/export/csv", headers=here)
    assert [each.status_code for each in (unknown, answered, limited, foreign, reconciled, exported)] == [401, 200, 429, 429, 429, 429]
    shared = [each.headers.get("access-control-allow-origin") for each in (unknown, answered, limited, foreign, reconciled, exported)]
    assert shared == ["https://a.example"] * 3 + [None, "*", None]
    readable = {each.strip() for each in limited.headers["access-control-expose-headers"].split(",")}
    assert {"Retry-After", "RateLimit", "X-Request-Id"} <= readable


def test_scripts_of_other_sites_can_read_that_too_many_wait() -> None:
    async def busy(*_: object) -> object:
        raise Busy(7)

    answering = Answering(ENGINE, Settings())
    app = create_app(ENGINE, Settings(origins="*"), answering=answering)
    answering.dispatcher.answer = busy  # type: ignore[method-assign, assignment]
    refused = TestClient(app).post("/graphql", json=DEAR, headers={"Origin": "https://a.example"})
    assert (refused.status_code, refused.headers["retry-after"], refused.headers["access-control-allow-origin"]) == (503, "7", "*")


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("testclient", "testclient"),
    ],
)
def test_client_is_an_address_or_the_network_that_one_has(address: str, client: str) -> None:
    assert client_of({"client": (address, 1)}) == client


def test_file_of_keys_names_the_line_that_is_not_in_order(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("# a\nalice secret\n", encoding="utf-8")
    with pytest.raises(BadInput, match=":2: a line is NAME SHA-256"):
        read_keys(path)
    with pytest.raises(BadInput, match="can't be read"):
        read_keys(tmp_path / "none")


def test_command_makes_a_key_and_tells_it_apart_from_its_line(tmp_path: Path) -> None:
    made = CliRunner().invoke(cli, ["key", "alice", "--per-minute", "60"])
    path = tmp_path / "keys"
    path.write_text(made.stdout, encoding="utf-8")
    key = made.stderr.split()[-1]
    assert key not in made.stdout
    assert [each.per_minute for each in read_keys(path).values()] == [60]
    assert client(keys=path, key_required=True).get("/dataset", headers={"X-API-Key": key}).status_code == 200
    assert CliRunner().invoke(cli, ["key", "not a name"]).exit_code == 1


def test_key_is_read_from_either_header() -> None:
    assert given_key({b"authorization": b"Bearer  a "}) == given_key({b"x-api-key": b"a"}) == "a"
    assert given_key({b"authorization": b"Basic a"}) is None
    assert len(given_key({b"x-api-key": b"a" * 9999}) or "") == 200
