"""Requests that two servers may read differently: each is answered once, in order, and for what it says; nothing hides in another."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from attacks import JSON, Attack, head, post, send
from serving import Served, served

DATA = """
@prefix entity: <https://interlock.example/entity/> .
@prefix schema: <https://schema.org/> .
entity:acme a schema:Corporation ; schema:name "Acme" .
"""
TYPE = b'{"query":"{ __typename }"}'
COUNT = b'{"query":"{ entities { totalCount } }"}'
ANSWERED = b'{"data":{"__typename":"Query"},"extensions":{"cost":{"price":1,"limit":200000}}}'
COUNTED = b'{"data":{"entities":{"totalCount":1}},"extensions":{"cost":{"price":2,"limit":200000}}}'
HIDDEN = b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
"""What is sent where a body is, or is not: nobody may answer it."""
START = "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
CHUNKED = "Transfer-Encoding: chunked"
LAST = b"0\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("strange")
    (folder / "acme.ttl").write_text(DATA)
    with served(folder, "--data", str(folder / "acme.ttl"), workers="0", log="json", request_seconds="5") as running:
        yield running
        assert '"exception"' not in running.log.read_text()


def sent(server: Served, *pieces: bytes) -> bytes:
    """All that comes back on one connection."""
    return asyncio.run(send("127.0.0.1", server.port, Attack("strange", pieces), enough=60)).answer


def statuses(answer: bytes) -> list[int]:
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d+) ", answer)]


def bodies(answer: bytes) -> list[bytes]:
    """The bodies of answers that came one after another, each as long as it says."""
    found = []
    while answer:
        head, _, answer = answer.partition(b"\r\n\r\n")
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # type: ignore[index]
        found.append(answer[:length])
        answer = answer[length:]
    return found


def chunks(body: bytes, size: int) -> bytes:
    parts = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in parts) + LAST


@pytest.mark.parametrize(
    "headers",
    [
        f"Content-Length: 5\r\n{CHUNKED}", f"{CHUNKED}\r\nContent-Length: 5", f"{CHUNKED}\r\n{CHUNKED}", f"{CHUNKED}, chunked",
        f"{CHUNKED}, identity",
        "Transfer-Encoding: identity, chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\x0b",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\r\n chunked", " Transfer-Encoding: chunked", "X: a\rTransfer-Encoding: chunked",
        "X: a\nTransfer-Encoding: chunked",
        "X: a\0\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5, 5", "Content-Length: 0x5",
        "Content-Length: +5",
        "Content-Length: 5 5", "Content-Length: -0", "Content-Length: 99999999999999999999", "Content-Length : 5", "content_length: 5",
        "Transfer-Encoding: gzip", "Transfer-Encoding: ", "Transfer-Encoding: \"chunked\"", "Content-Length: ",
    ],
)  # fmt: skip
def test_nothing_hides_in_a_body_whose_length_is_in_doubt(server: Served, headers: str) -> None:
    for body in (LAST + HIDDEN, b"aaaaa" + HIDDEN):
        answer = sent(server, f"{START}{headers}\r\nConnection: close\r\n\r\n".encode("latin-1") + body)
        assert b"\r\n\r\nok\n" not in answer
        assert len(statuses(answer)) <= 1
        assert not [each for each in statuses(answer) if not 400 <= each < 500]


@pytest.mark.parametrize(
    "body",
    [
        b"+5\r\naaaaa\r\n" + LAST, b"0x5\r\naaaaa\r\n" + LAST, b" 5\r\naaaaa\r\n" + LAST, b"5\raaaaa\r\n" + LAST,
        b"5\r\naaaaaX\r\n" + LAST, b"\r\n" + LAST,
        b"10000000000000000\r\na" + LAST, b"5;a=\r\n b\r\naaaaa\r\n" + LAST, b"5\n\naaaaa" + LAST, b"-1\r\n" + LAST,
        "٥\r\naaaaa\r\n".encode() + LAST,
    ],
)  # fmt: skip
def test_nothing_hides_behind_a_chunk_of_odd_length(server: Served, body: bytes) -> None:
    answer = sent(server, f"{START}{CHUNKED}\r\nConnection: close\r\n\r\n".encode() + body + HIDDEN)
    assert b"\r\n\r\nok\n" not in answer
    assert len(statuses(answer)) <= 1


def test_body_of_a_link_is_no_request(server: Served) -> None:
    for method in ("GET", "HEAD", "DELETE", "OPTIONS"):
        answer = sent(server, head(method, "/graphql?query=%7B__typename%7D", f"Content-Length: {len(HIDDEN)}") + HIDDEN)
        assert len(statuses(answer)) == 1
        assert b"\r\n\r\nok\n" not in answer


def test_requests_one_behind_the_other_are_answered_in_their_order(server: Served) -> None:
    first = f"{START}Content-Length: {len(COUNT)}\r\n\r\n".encode() + COUNT
    chunked = f"{START}{CHUNKED}\r\n\r\n".encode() + chunks(TYPE, 7)
    answer = sent(server, first + chunked + HIDDEN + first + head("GET", "/readyz"))
    told = bodies(answer)
    assert told[:4] == [COUNTED, ANSWERED, b"ok\n", COUNTED]
    assert told[4].startswith(b"ok ")


def test_request_behind_the_last_is_not_answered(server: Served) -> None:
    assert statuses(sent(server, post(TYPE) + HIDDEN)) == [200]
    unread = f"{START.replace('json', 'x')}Content-Length: 900\r\n\r\n".encode()
    assert statuses(sent(server, unread, HIDDEN)) == [415]


def test_trailers_change_nothing(server: Served) -> None:
    def answered(*trailers: str) -> bytes:
        request = f"{START}{CHUNKED}\r\n\r\n".encode() + chunks(TYPE, 100).removesuffix(LAST)
        return sent(server, request + "\r\n".join(("0", *trailers, "", "")).encode() + head("GET", "/livez"))

    answer = answered("X-Request-Id: hidden", "Content-Type: text/plain", "Accept: image/png", "Host: evil.example")
    assert bodies(answer) == [ANSWERED, b"ok\n"]
    assert b"hidden" not in answer
    assert statuses(answered("Content-Length: 9999")) == [400]


def test_body_may_come_byte_by_byte(server: Served) -> None:
    pieces = [f"{START}{CHUNKED}\r\nConnection: close\r\n\r\n".encode(), *(b"1\r\n%c\r\n" % each for each in TYPE), LAST]
    assert bodies(sent(server, *pieces)) == [ANSWERED]


def test_client_that_asks_whether_to_continue_is_told(server: Served) -> None:
    answer = sent(server, head("POST", "/graphql", f"Content-Type: {JSON}", f"Content-Length: {len(TYPE)}", "Expect: 100-continue"), TYPE)
    assert statuses(answer) == [100, 200]
    for refused in (("Content-Length: 99999999",), (f"Content-Length: {len(TYPE)}", "Content-Type: text/plain")):
        kind = () if len(refused) > 1 else (f"Content-Type: {JSON}",)
        answer = sent(server, head("POST", "/graphql", "Expect: 100-continue", *kind, *refused))
        assert statuses(answer) == [413 if kind else 415], "and nothing needs to be sent"


@pytest.mark.parametrize("upgrade", ["websocket", "h2c", "TLS/1.0", "websocket, h2c", "a" * 3000])
def test_nobody_is_let_into_another_protocol_but_answered_in_this(server: Served, upgrade: str) -> None:
    headers = f"Upgrade: {upgrade}\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    for behind in (b"", HIDDEN, b"\x81\x85aaaaaaaaa"):
        link = f"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: a\r\n{headers}\r\n".encode()
        for pieces in ((link + behind,), (link, behind)):
            answer = sent(server, *pieces)
            assert statuses(answer) == [200]
            assert bodies(answer) == [ANSWERED]
            assert b"\r\nconnection: close\r\n" in answer
    refused = sent(server, f"{START}{headers}Content-Length: {len(TYPE)}\r\n\r\n".encode())
    assert (statuses(refused), bodies(refused)) == ([400], [b"No other protocol is spoken here. Send the body without Upgrade."])


def test_target_may_name_a_server_but_only_this_one_answers(server: Served) -> None:
    for target in ("http://evil.example/livez", "HTTP://a.example/livez", "http://user:secret@evil.example:80/livez"):
        answer = sent(server, head("GET", target))
        assert statuses(answer) == [200]
        assert b"evil" not in answer
    for target in (
        "http:///livez",
        "//evil.example/livez",
        "livez",
        "*",
        "file:///etc/passwd",
        "http://evil.example",
        "/livez#a",
        "?/livez",
    ):
        answer = sent(server, head("GET", target))
        assert not [each for each in statuses(answer) if each >= 500]
        assert not re.search(rb"(?i)location: *(https?:)?//", answer)


@pytest.mark.parametrize(
    "path",
    [
        "/entity/acme%00", "/entity/%00", "/entity/acme%00.ttl", "/entity/acme.ttl%00", "/entity/%2500", "/entity/%C0%80",
        "/entity/acme%0d%0aX-A:%20b",
        "/entity/acme%0a", "/entity/%E2%80%AEacme", "/entity/acme%2F..%2Facme", "/entity/%252e%252e%252f", "/entity/acme;a=b",
        "/entity/acme/", "/export/csv%00",
        "/export/%00csv", "/export/csv%00.exe", "/export/CSV", "/export/csv/", "/export/csv%2f..%2fjson", "/paths%00",
        "/paths.json%00", "/static/%00style.css",
        "/static/style.css%00", "/static/%5c..%5capp.py", "/static/%2e%2e%2f%2e%2e%2fapp.py", "/graphql%00", "/graphql%20",
        "/%67raphql/../livez", "/livez/..%2fgraphql",
    ],
)  # fmt: skip
def test_path_of_odd_characters_is_nobodys(server: Served, path: str) -> None:
    answer = sent(server, head("GET", path))
    assert statuses(answer)[0] in (301, 302, 303, 307, 308, 400, 404, 406, 422), answer[:200]
    assert b"\r\nX-A: b" not in answer
    assert not re.search(rb"(?i)location: *(https?:)?//(?!a\.example)", answer)


@pytest.mark.parametrize("name", ["of", "from", "asOf", "kinds", "format", "hops", "sources", "q", "to", "status", "k"])
def test_odd_characters_in_what_is_selected_are_refused_or_find_nothing(server: Served, name: str) -> None:
    for value in (
        "%00",
        "acme%00",
        "%ff%fe",
        "%ED%A0%80",
        "%C0%AF",
        "%E2%80%AE",
        "%0d%0aX-A:%20b",
        "%",
        "%u0041",
        "%F4%90%80%80",
        "-1",
        "9" * 400,
        "%D9%A1",
    ):
        for path in ("/export/csv", "/export/xlsx", "/export/dot", "/paths.json", "/"):
            answer = sent(server, head("GET", f"{path}?of=acme&{name}={value}" if name != "of" else f"{path}?of={value}"))
            assert statuses(answer)[0] < 500, (path, value, answer[:300])
            assert b"\r\nX-A: b" not in answer.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("query=%7B__typename%7D", 200), ("query=%7B+__typename+%7D", 200), ("query=%EF%BB%BF%7B__typename%7D", 200),
        ("query=%7B%0d%0a__typename%09%7D", 200),
        ("query={__typename}", 200), ("query=%ff%7B__typename%7D", 400), ("query=%7B__typename%00%7D", 400),
        ("query=%7B__typename%C0%AF%7D", 400),
        ("query=%7B__typename%ED%A0%80%7D", 400), ("query=%u007B__typename%u007D", 400), ("query=%257B__typename%257D", 400),
        ("query=%7B__typename%", 400),
        ("query=", 400), ("query", 400), ("query[]=%7B__typename%7D", 400), ("QUERY=%7B__typename%7D", 400),
        ("query=%7B__typename%7D&variables=%7B", 400),
        ("query=%7B__typename%7D&variables=%ff", 400), ("query=%7B__typename%7D&variables=1", 400),
        ("query=%7B__typename%7D&extensions=%5B%5D", 400),
        ("query=%7B__typename%7D&variables=" + quote('{"a":' + "[" * 5000 + "]" * 5000 + "}"), 400),
        ("&" * 9 + "query=%7B__typename%7D", 200), ("&" * 5000 + "query=%7B__typename%7D", 400),
        ("query=%7Ba%7D&query=%7B__typename%7D", 400), ("query=%7B__typename%7D&operationName=%00", 400),
        ("%71uery=%7B__typename%7D", 200),
    ],
)  # fmt: skip
def test_document_in_a_link_is_read_as_it_is_written_or_refused(server: Served, query: str, status: int) -> None:
    answer = sent(server, head("GET", f"/graphql?{query}", "Accept: application/graphql-response+json"))
    assert statuses(answer) == [status], answer[-300:]
    told = json.loads(bodies(answer)[0])
    assert ("errors" in told) == (status == 400)


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Encoding: gzip, identity",), ("Content-Encoding: identity", "Content-Encoding: gzip"), ("Content-Encoding: x-gzip",),
        ("Content-Encoding: ,",),
        ("Content-Encoding: identity;q=1",), ("Content-Encoding: compress, gzip, br, deflate, zstd",), ("Content-Encoding: GZIP",),
        ("Content-Encoding: \t",),
    ],
)  # fmt: skip
def test_body_that_is_coded_in_any_way_is_refused(server: Served, headers: tuple[str, ...]) -> None:
    assert statuses(sent(server, post(TYPE, *headers))) in ([415], [200] if headers[0].endswith("\t") else [415])


def test_form_in_parts_is_refused_before_its_parts_have_come(server: Served) -> None:
    start = head("POST", "/graphql", "Content-Type: multipart/form-data; boundary=a", "Content-Length: 900000")
    assert statuses(sent(server, start)) == [415]


def test_as_many_small_headers_as_fit_are_borne_and_more_refused(server: Served) -> None:
    assert statuses(sent(server, head("GET", "/livez", *["a: b"] * 3000))) == [200]
    assert statuses(sent(server, head("GET", "/livez", *["a: b"] * 30_000))) == [431]
    assert statuses(sent(server, head("POST", "/graphql", *["X-API-Key: a"] * 900, "Content-Length: 0"))) == [415]


def test_ranges_bring_no_more_than_there_is(server: Served) -> None:
    whole = len(sent(server, head("GET", "/static/style.css")))
    for ranges in (
        "0-0," * 3000 + "0-0",
        "0-," * 3000 + "0-",
        ",".join(f"{each}-{each}" for each in range(0, 6000, 2)),
        "-" + "9" * 400,
        "9-1",
        "0-0",
    ):
        answer = sent(server, head("GET", "/static/style.css", f"Range: bytes={ranges}"))
        assert statuses(answer)[0] in (200, 206, 400, 416)
        assert len(answer) < 2 * whole


def test_answer_without_a_body_has_none(server: Served) -> None:
    for path in (
        "/",
        "/export/csv?of=acme",
        "/graphql?query=%7B__typename%7D",
        "/entity/acme",
        "/static/style.css",
        "/nothing",
        "/reconcile",
    ):
        answer = sent(server, head("HEAD", path))
        assert len(statuses(answer)) == 1
        assert answer.endswith(b"\r\n\r\n"), path
