"""What an attacker would send, as raw bytes over a socket: malformed, oversized, doubling, endless and misleading requests.

Each is sent on a connection of its own. What comes back, and after how long, is for the tests to judge.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import quote

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
ENOUGH: Final = 15.0
"""Seconds after which an answer no longer comes."""

NASTY: Final = (
    "", " ", "\0", "a\0b", "\u202eevil", "\ufeff", "\ufffd" * 200, "ﷺ" * 300, "e" + "\u0301" * 400, "İ" * 500, "ß" * 999,
    "a" * 999, "a" * 10_000, "a " * 499, "- " * 499, "Meta " * 190, "'" * 999, "((((" * 200, "[[a]]" * 150, "\\" * 999, "%00%ff%2e%2e%2f",
    "../../../../etc/passwd", "..\\..\\boot.ini", "<script>alert(1)</script>", "{{7*7}}${7*7}#{7*7}", "' OR 1=1 --", "=cmd|' /C calc'!A0",
    "javascript:alert(1)", "\r\nSet-Cookie: a=b", "http://[::1", "http://" + "a" * 800, "wikidata:" + "9" * 900, "cik:" + "0" * 900,
    "entity/" * 140, "٣" * 900, "²³", "9" * 900, "1e999", "-0", "NaN", "2011-06/..", "99999-99-99", "Y-9999999999", "-9999/9999", "𝟚𝟘𝟙𝟙",
    "How is Netflix connected to Meta's board " + "in 2015 " * 100, "How is " * 140, "How is " + "and " * 230 + " connected?",
)  # fmt: skip
"""Texts for whatever takes a text."""
NUMBERS: Final = ("-1", "0", "101", "2147483648", "-2147483649", "9" * 5000, "1e400", "-1e400", "1.5", "0x10", "null", "true", '"1"', "[1]")
PATHS: Final = (
    "/..%2f..%2f..%2fetc/passwd", "/static/..%2f..%2fapp.py", "/static/%2e%2e/%2e%2e/app.py", "/static/../../app.py", "/static//etc/passwd",
    "/static/%00", "/static/style.css%00.png", "/static/" + "a/" * 2000, "/static/" + "a" * 300, "/static/..%5c..%5capp.py", "/static/",
    "/static/built", "/entity/%00", "/entity/..%2f..%2fetc", "/entity/%ff%fe", "/entity/" + "%F0%9F%98%80" * 100, "/entity/.ttl", "/entity/.",
    "/entity/a%0d%0aSet-Cookie:%20a=b", "/entity/%5C%5Cevil.example", "/entity//evil.example", "//evil.example/entity/netflix",
    "/entity/netflix.ttl.ttl", "/paths.", "/paths.exe", "/paths.json", "/export/", "/export/%00", "/export/exe", "/" + "a" * 20_000,
    "/" + "%41" * 10_000, "/%", "/%zz", "/\xff\xfe", "/?" + "a=b&" * 8000, "/graphql/", "/graphql/../livez", "/;/", "/livez%00", "/.git/config",
    "/metrics", "/admin", "/debug", "/docs", "/openapi.json",
)  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """The bytes of one request, in the pieces in which they are sent."""

    name: str
    pieces: Iterable[bytes]


@dataclass(frozen=True)
class Outcome:
    """The status that came back, or None where the connection was closed without a word; the whole answer; after how many seconds."""

    name: str
    status: int | None
    answer: bytes
    seconds: float


def attacks(every: int = 1) -> Iterator[Attack]:
    """All of them, more than two thousand; of the texts in all places that take one only ``every`` so manieth."""
    yield from _graphql_bodies()
    yield from _graphql_documents()
    yield from islice(_texts_everywhere(), 0, None, every)
    yield from _links()
    yield from _reconciliations()
    yield from (Attack(f"path {path[:40]!r}", [head("GET", path)]) for path in PATHS)
    yield from _heads()
    yield from _bytes()


def head(method: str, target: str, *headers: str, host: str = "a.example") -> bytes:
    """A request without a body, on a connection that is closed after it."""
    lines = (f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1")


def post(body: bytes, *headers: str, kind: str = JSON, target: str = "/graphql") -> bytes:
    return head("POST", target, f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers) + body


def asked(document: str, variables: object = None) -> bytes:
    """A GraphQL request."""
    return post(json.dumps({"query": document, "variables": variables}).encode())


def _graphql_bodies() -> Iterator[Attack]:
    deep = 100_000
    bodies = {
        "nothing": b"", "null": b"null", "number": b"1", "text": b'"{ __typename }"', "true": b"true", "empty list": b"[]", "space": b" " * 999_999,
        "deep lists": b"[" * deep + b"]" * deep, "open lists": b"[" * deep, "deep objects": b'{"a":' * deep + b"1" + b"}" * deep,
        "deep variables": b'{"query":"{__typename}","variables":{"a":' + b"[" * 1000 + b"]" * 1000 + b"}}",
        "deeper variables": b'{"query":"{__typename}","variables":{"a":' + b"[" * deep + b"]" * deep + b"}}",
        "deep objects in variables": b'{"query":"{__typename}","variables":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
        "long number": b'{"query":"{__typename}","variables":{"a":' + b"9" * 5000 + b"}}",
        "NaN": b'{"query":"{__typename}","variables":{"a":NaN}}', "Infinity": b'{"query":"{__typename}","variables":{"a":-Infinity}}',
        "invalid UTF-8": b'{"query":"{ __typename \xff\xfe }"}', "overlong UTF-8": b'{"query":"\xc0\xaf"}', "UTF-16": '{"query":"{a}"}'.encode("utf-16"),
        "byte order mark": b'\xef\xbb\xbf{"query":"{__typename}"}',
        "lone surrogate": b'{"query":"query($a:EntityRef!){entity(ref:$a){id}}","variables":{"a":"\\ud800"}}',
        "lone surrogate in the document": b'{"query":"{ search(text: \\"\\udfff\\") { score } }"}',
        "escaped lone surrogate": rb'{"query":"{ search(text: \"\\ud800\") { score } }"}',
        "duplicate keys": b'{"query":"{__typename}","query":"{a}"}', "many keys": b"{" + b",".join(b'"%d":1' % each for each in range(80_000)) + b"}",
        "query of a wrong type": b'{"query":["{a}"]}', "variables of a wrong type": b'{"query":"{__typename}","variables":[1]}',
        "variables as text": b'{"query":"{__typename}","variables":"{}"}', "extensions of a wrong type": b'{"query":"{__typename}","extensions":1}',
        "operationName of a wrong type": b'{"query":"{__typename}","operationName":{}}', "no query": b"{}", "nulls": b'{"query":null,"documentId":null}',
        "query and documentId": b'{"query":"{a}","documentId":"a"}', "unknown documentId": b'{"documentId":"' + b"f" * 64 + b'"}',
        "long documentId": b'{"documentId":"' + b"f" * 500_000 + b'"}', "long operationName": b'{"query":"{__typename}","operationName":"' + b"a" * 900_000 + b'"}',
        "batch": b"[" + b",".join([b'{"query":"{__typename}"}'] * 10_000) + b"]", "truncated": b'{"query":"{__typename}"', "trailing": b'{"query":"{__typename}"}}',
        "huge variables": json.dumps({"query": "{__typename}", "variables": {"a": ["x" * 90] * 9000}}).encode(),
        "many variables": json.dumps({"query": "{__typename}", "variables": {f"v{each}": each for each in range(60_000)}}).encode(),
        "20 MB": b'{"query":"' + b" " * 20_000_000 + b'{__typename}"}', "1 MB of commas": b'{"query":"' + b"," * 999_000 + b'"}',
        "control characters": b'{"query":"{__typename}\x00\x01"}', "JSON lines": b'{"query":"{__typename}"}\n{"query":"{__typename}"}',
        "prototype": b'{"__proto__":{"query":"{a}"},"constructor":{"prototype":1}}',
    }  # fmt: skip
    yield from (Attack(f"body: {name}", [post(body)]) for name, body in bodies.items())
    good = b'{"query":"{__typename}"}'
    bomb = gzip.compress(b" " * 20_000_000)
    for coding in ("gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip", "\xe9"):
        yield Attack(f"bomb as {coding!r}", [post(bomb, f"Content-Encoding: {coding}")])
    for kind in ("", "text/plain", FORM, "multipart/form-data; boundary=a", "application/graphql", "application/xml", "application/json; charset=utf-16",
                 "application/json; charset=" + "x" * 5000, "application/json;" * 500, "text/html", "*/*", "application/json, text/plain"):  # fmt: skip
        yield Attack(f"media type {kind[:40]!r}", [post(good, kind=kind)])
    form = b'--a\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{__typename}"}\r\n--a--\r\n'
    yield Attack("multipart", [post(form, kind="multipart/form-data; boundary=a")])
    for accept in (
        "text/html",
        "image/png",
        "application/json;q=0",
        "*/*;q=-1",
        "a" * 5000,
        ",".join(["a/b"] * 3000),
        ";;;,,,;q=q",
        "*/*;q=" + "9" * 900,
    ):
        yield Attack(f"accept {accept[:40]!r}", [post(good, f"Accept: {accept}")])
        yield Attack(
            f"accept {accept[:40]!r} of a page", [head("GET", "/entity/netflix", f"Accept: {accept}", f"Accept-Encoding: {accept}")]
        )
    yield Attack("another method", [head("DELETE", "/graphql")])
    yield Attack("a method nobody knows", [head("BREW", "/graphql")])
    yield Attack("a mutation by a link", [head("GET", "/graphql?query=mutation%7Ba%7D")])


def _graphql_documents() -> Iterator[Attack]:
    doubling = (
        " ".join(f"fragment F{each} on Query {{ ...F{each + 1} ...F{each + 1} }}" for each in range(30))
        + " fragment F30 on Query { __typename }"
    )
    wide = (
        " ".join(f"fragment G{each} on Query {{ {'...G%d ' % (each + 1) * 20} }}" for each in range(12))
        + " fragment G12 on Query { __typename }"
    )
    documents = {
        "aliases": "{" + " ".join(f"a{each}: __typename" for each in range(30_000)) + "}",
        "aliases within the limit of tokens": "{" + " ".join(f"a{each}: __typename" for each in range(600)) + "}",
        "searches": "{" + " ".join(f'a{each}: search(text: "a{each}") {{ score }}' for each in range(150)) + "}",
        "directives": "{ __typename " + "@skip(if: false) " * 20_000 + "}", "unknown directives": "{ __typename " + "@a" * 900 + "}",
        "doubling": "{ ...F0 } " + doubling, "wide doubling": "{ ...G0 } " + wide,
        "cycle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "self": "fragment A on Query { ...A } { ...A }",
        "long cycle": "{ ...C0 } " + " ".join(f"fragment C{each} on Query {{ ...C{(each + 1) % 200} }}" for each in range(200)),
        "deep fields": "{ node(id: \"a\") " + "{ ... on Company { board " * 300 + "{ id }" + "}}" * 300 + "}", "deep braces": "{a" * 300_000,
        "deep selections": "{a" * 900 + "}" * 900, "deep list value": '{ entities(kinds: ' + "[" * 900 + "]" * 900 + ") { totalCount } }",
        "deep object value": "{ paths(from: \"a\", to: \"b\", filter: " + "{avoid: " * 400 + "1" + "}" * 400 + ") { complete } }",
        "deep type": "query($a: " + "[" * 900 + "Int" + "]" * 900 + ") { __typename }", "long name": "{ " + "a" * 900_000 + " }", "long comment": "#" + "a" * 900_000,
        "many operations": " ".join(f"query Q{each} {{ __typename }}" for each in range(300)), "no operation": "fragment A on Query { __typename }",
        "subscription": "subscription { a }", "mutation": "mutation { a }", "type system": "type A { a: Int } schema { query: A }",
        "introspection": "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
        "circular introspection": "{ __schema { types { " + "fields { type { " * 9 + "name" + " } }" * 9 + " } } }",
        "block string": '{ search(text: """' + "\n a" * 20_000 + '""") { score } }', "escapes": '{ search(text: "' + "\\u0041" * 5000 + '") { score } }',
        "bad escape": '{ search(text: "\\u{110000}") { score } }', "surrogate escape": '{ search(text: "\\uD83D") { score } }', "unended": '{ search(text: "',
        "many defaults": "query(" + " ".join(f"$v{each}: Int = {each}" for each in range(350)) + ") { __typename }",
        "conflicts": "{" + " ".join(f'search(text: "{each}") {{ score }}' for each in range(140)) + "}", "null byte": "{ __typename \0 }", "bidi": "{ \u202e __typename }",
        "overlapping": "{ " + " ".join(["dataset { version " + "... on Dataset { version } " * 20 + "}"] * 20) + "}",
        "typos": "{" + " ".join(f"serach{each} entties paht" for each in range(400)) + "}",
        "long typo": "{ " + "serch" * 4000 + " }", "typos of enums": '{ entities(kinds: [' + "COMPANI " * 900 + "]) { totalCount } }",
        "dear network": "{" + " ".join(f'i{each}: interlockNetwork(asOf: "20{each:02}") {{ __typename }}' for each in range(10, 50)) + "}",
    }  # fmt: skip
    yield from (Attack(f"document: {name}", [asked(text)]) for name, text in documents.items())
    for number in NUMBERS:
        yield Attack(
            f"k is {number[:20]}", [asked(f'{{ paths(from: "Netflix", to: "Meta", k: {number}, maxHops: {number}) {{ complete }} }}')]
        )
        yield Attack(f"a page of {number[:20]}", [asked(f"{{ entities(first: {number}) {{ totalCount }} }}")])
        raw = f'{{"query":"query($n: Int) {{ entities(first: $n, last: $n) {{ totalCount }} }}","variables":{{"n":{number}}}}}'
        yield Attack(f"a variable of {number[:20]}", [post(raw.encode())])
    for cursor in ("", "a", "=" * 900, "\0", "AAAA" * 5000, "eyJhIjoxfQ==", "é" * 300):
        yield Attack(
            f"cursor {cursor[:20]!r}", [asked("query($c: String) { entities(first: 3, after: $c) { totalCount } }", {"c": cursor})]
        )
        yield Attack(
            f"cursor before {cursor[:20]!r}", [asked("query($c: String) { entities(last: 3, before: $c) { totalCount } }", {"c": cursor})]
        )
    ids = ["entity/netflix"] * 20_000
    yield Attack("many ids", [asked("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ids})])
    yield Attack(
        "many to avoid",
        [
            asked(
                'query($a: [EntityRef!]) { paths(from: "Netflix", to: "Meta", filter: {avoid: $a}) { complete } }', {"a": ["Apple"] * 5000}
            )
        ],
    )
    yield Attack(
        "many dates",
        [asked('query($d: [PartialDate!]!) { compare(from: "Netflix", to: "Meta", dates: $d) { date } }', {"d": ["2011"] * 5000})],
    )
    yield Attack("many of", [asked("query($o: [EntityRef!]!) { neighborhood(of: $o) { complete } }", {"o": ["Netflix"] * 5000})])


def _texts_everywhere() -> Iterator[Attack]:
    documents = (
        "query($t: String!) { ask(question: $t) { sentence } }", "query($t: String!) { search(text: $t) { score } }",
        "query($t: EntityRef!) { entity(ref: $t) { id } }", "query($t: ID!) { node(id: $t) { id } }",
        'query($t: EntityRef!) { paths(from: $t, to: "Meta") { complete } }',
        'query($t: PartialDate!) { paths(from: "Netflix", to: "Meta", filter: {relationships: {asOf: $t}}) { complete } }',
        'query($t: String!) { paths(from: "Netflix", to: "Meta", filter: {relationships: {during: $t}}) { complete } }',
    )  # fmt: skip
    targets = ("/?q=", "/?of=", "/embed?q=", "/?from=Netflix&to=", "/entity/", "/dataset?page=", "/export/csv?of=", "/export/json?q=", "/export/dot?from=Netflix&to=",
               "/export/ttl?of=Netflix&asOf=", "/paths.json?from=Netflix&to=", "/reconcile?queries=", "/reconcile?extend=", "/reconcile?callback=",
               "/reconcile/suggest/entity?prefix=", "/reconcile/suggest/property?prefix=", "/reconcile/suggest/type?cursor=", "/reconcile/preview?id=",
               "/reconcile/properties?type=", "/graphql?query=", "/graphql?documentId=", "/graphql?query=%7B__typename%7D&variables=", "/static/")  # fmt: skip
    for text in NASTY:
        yield from (Attack(f"{text[:20]!r} in {document[:60]}", [asked(document, {"t": text})]) for document in documents)
        yield from (Attack(f"{text[:20]!r} in {target}", [head("GET", target + quote(text, safe=""))]) for target in targets)


def _links() -> Iterator[Attack]:
    for format in ("graphml", "gexf", "cyjs", "json", "ttl", "trig", "nq", "jsonld", "csv", "parquet", "xlsx", "ftm", "dot", "bib", "csl"):
        yield Attack(f"export {format} of many", [head("GET", f"/export/{format}?" + "of=Netflix&" * 1500)])
        for query in (
            "hops=-1&of=Netflix",
            "hops=99999999999999999999&of=Netflix",
            "of=Netflix&hops=x",
            "entityKinds=NOPE",
            "nonsense=1",
            "from=a",
            "q=Why%3F",
        ):
            yield Attack(f"export {format} {query[:20]}", [head("GET", f"/export/{format}?{query}")])
    for number in NUMBERS:
        yield Attack(f"export of {number[:20]} hops", [head("GET", f"/export/json?of=Netflix&hops={quote(number)}&limit={quote(number)}")])
        yield Attack(f"dataset page {number[:20]}", [head("GET", f"/dataset?page={quote(number)}")])
        yield Attack(f"suggestions from {number[:20]}", [head("GET", f"/reconcile/suggest/entity?prefix=a&cursor={quote(number)}")])
    for query in (
        "query=%ff%fe",
        "query=%",
        "query=a&query=b",
        "&" * 5000,
        "a=b&" * 200,
        "query=%7B__typename%7D&variables=%5B",
        "query=" + "%7B" * 5000,
        "query=%00",
    ):
        yield Attack(f"link {query[:20]}", [head("GET", f"/graphql?{query}")])


def _reconciliations() -> Iterator[Attack]:
    def form(name: str, value: object) -> bytes:
        text = value if isinstance(value, str) else json.dumps(value)
        return post(f"{name}={quote(text)}".encode(), kind=FORM, target="/reconcile")

    yield Attack("reconcile 10,000", [form("queries", {f"q{each}": {"query": "a"} for each in range(10_000)})])
    yield Attack(
        "reconcile 50 long names", [form("queries", {f"q{each}": {"query": f"{each} " + "Meta Platforms " * 60} for each in range(50)})]
    )
    yield Attack(
        "reconcile 50 names",
        [form("queries", {f"q{each}": {"query": f"Mcrosoft Incorparated {each}", "limit": 100} for each in range(50)})],
    )
    yield Attack("reconcile huge limit", [form("queries", {"q0": {"query": "a", "limit": 10**300}})])
    for limit in ("1e400", "-1e400", "NaN", "Infinity", "9" * 5000, "-5", "1.5", "null", "[]", "{}", "true", '"5"'):
        yield Attack(f"reconcile limit {limit[:12]}", [form("queries", f'{{"q0":{{"query":"a","limit":{limit}}}}}')])
        yield Attack(
            f"extend limit {limit[:12]}",
            [form("extend", f'{{"ids":["entity/meta"],"properties":[{{"id":"directors","settings":{{"limit":{limit}}}}}]}}')],
        )
        yield Attack(
            f"reconcile value {limit[:12]}", [form("queries", f'{{"q0":{{"query":"a","properties":[{{"pid":"cik","v":{limit}}}]}}}}')]
        )
    for read in ({"q": 1}, {"q": []}, {"q": {"query": 1}}, {"q": {"type": {}}}, {"q": {"type": [[]]}}, {"q": {"properties": {}}}, {"q": {"type_strict": []}},
                 {"q": {"properties": [{"pid": [], "v": {}}]}}, {"q": {"query": "a", "properties": [{"pid": "cik", "v": ["1"] * 20_000}]}},
                 {"q": {"query": "a", "type_strict": {"a": 1}}}, {"q": {"query": "a", "type": "x" * 9000}}):  # fmt: skip
        yield Attack(f"reconcile {str(read)[:40]}", [form("queries", read)])
    for read in ({}, {"ids": {}}, {"ids": ["a"] * 20_000, "properties": []}, {"ids": ["entity/meta"] * 1000, "properties": [{"id": "directors"}] * 200},
                 {"ids": [], "properties": [{"id": "x"}]}, {"ids": ["a"], "properties": [{"id": "directors", "settings": {"as_of": ["x"]}}]},
                 {"ids": ["a"], "properties": [{"id": "directors", "settings": []}]}, {"ids": ["\ud800"], "properties": []}):  # fmt: skip
        yield Attack(f"extend {str(read)[:40]}", [form("extend", read)])
    deep = "[" * 100_000 + "]" * 100_000
    yield Attack("reconcile deep", [form("queries", f'{{"q":{deep}}}')])
    yield Attack(
        "reconcile deep values", [form("queries", '{"q":{"query":"a","properties":[{"pid":"cik","v":' + "[" * 900 + "]" * 900 + "}]}}")]
    )
    yield Attack("reconcile surrogate", [form("queries", '{"\\ud800":{"query":"\\ud800"}}')])
    yield Attack("reconcile surrogate as an id", [form("extend", '{"ids":["\\ud800"],"properties":[{"id":"directors"}]}')])
    yield Attack("reconcile JSON", [post(b"{}", target="/reconcile")])
    yield Attack("reconcile 3 MB", [post(b"queries=" + b"a" * 3_000_000, kind=FORM, target="/reconcile")])
    yield Attack("reconcile many fields", [post(b"a=b&" * 250_000, kind=FORM, target="/reconcile")])
    yield Attack("reconcile percent", [post(b"queries=" + b"%" * 900_000, kind=FORM, target="/reconcile")])
    yield Attack("reconcile nothing", [post(b"", kind=FORM, target="/reconcile")])
    yield Attack("reconcile with a callback", [head("GET", "/reconcile?callback=alert(1)//&queries=%7B%7D")])
    yield Attack(
        "reconcile settings", [head("OPTIONS", "/reconcile", "Origin: https://evil.example", "Access-Control-Request-Method: DELETE")]
    )


def _heads() -> Iterator[Attack]:
    odd = {
        "many headers": tuple(f"X-{each}: a" for each in range(3000)), "a long header": ("X-A: " + "a" * 60_000,), "a huge header": ("X-A: " + "a" * 3_000_000,),
        "a huge cookie": ("Cookie: " + "a=b; " * 200_000,), "NUL in a header": ("X-A: a\0b",), "control characters in a header": ("X-A: a\x01\x7f",),
        "latin-1 in a header": ("X-Request-Id: \xe9\xff", "Accept: \xff", "Authorization: Bearer \xff"), "a folded header": ("X-A: a\r\n b",), "an empty name": (": a",),
        "a space in a name": ("X A: a",), "no colon": ("nonsense",), "two hosts": ("Host: evil.example",), "odd ranges": ("Range: bytes=0-,0-,0-,-1,9-1,x",),
        "many ranges": ("Range: bytes=" + ",".join(f"{each}-{each}" for each in range(5000)),), "odd dates": ("If-Modified-Since: yesterday", "If-None-Match: " + '"a",' * 9000),
        "an upgrade": ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: a", "Sec-WebSocket-Version: 13"), "HTTP/2": ("Upgrade: h2c", "HTTP2-Settings: AAAA"),
        "an expectation": ("Expect: 200-ok",), "to continue": ("Expect: 100-continue", "Content-Length: 5"), "forwarding": ("X-Forwarded-For: " + "1.2.3.4, " * 3000,),
        "a forwarded scheme": ("X-Forwarded-Proto: javascript", "X-Forwarded-Host: evil.example", "Forwarded: for=\"_x\";host=evil.example"),
        "a negative length": ("Content-Length: -1",), "a length of letters": ("Content-Length: abc",), "a huge length": ("Content-Length: " + "9" * 30,),
        "a length with a plus": ("Content-Length: +5",), "two lengths": ("Content-Length: 5", "Content-Length: 6"), "a length of superscripts": ("Content-Length: \xb2\xb3",),
        "a long request id": ("X-Request-Id: " + "a" * 60_000,), "a key": ("X-API-Key: " + "a" * 60_000,), "a bearer": ("Authorization: Bearer",),
        "basic": ("Authorization: Basic OjpAQA==",), "a trace": ("traceparent: 00-" + "z" * 900,), "a language": ("Accept-Language: " + "a," * 9000,),
    }  # fmt: skip
    for name, headers in odd.items():
        for target in ("/graphql?query=%7B__typename%7D", "/static/style.css", "/entity/netflix"):
            yield Attack(f"{name} at {target[:8]}", [head("GET", target, *headers)])
        yield Attack(f"{name} in a POST", [head("POST", "/graphql", "Content-Type: application/json", *headers)])
    for host in (
        "",
        "evil.example",
        "a b",
        "[::1",
        "x" * 60_000,
        "a.example:99999999",
        'a"><script>',
        "\xff",
        "a/../b",
        "{{7*7}}",
        "a.example:x",
        "[v1.x]",
    ):
        for target in (
            "/reconcile",
            "/dataset",
            "/entity/netflix",
            "/",
            "/export/csv?of=Netflix",
            "/paths.json?from=Netflix&to=Meta",
            "/entity/facebook",
        ):
            yield Attack(f"host {host[:20]!r} at {target}", [head("GET", target, host=host)])
    for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "G\0T", "A" * 5000):
        for target in (
            "/",
            "/graphql",
            "/export/csv",
            "/reconcile",
            "/static/style.css",
            "/livez",
            "*",
            "a.example:80",
            "http://a.example/",
            "",
        ):
            yield Attack(f"{method[:20]!r} {target}", [head(method, target)])


def _bytes() -> Iterator[Attack]:
    """What is no request, or two of them to some and one to others."""
    good = b'{"query":"{__typename}"}'
    start = "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
    hidden = b"0\r\n\r\nGET /admin HTTP/1.1\r\nHost: a\r\n\r\n"
    smuggled = {
        "CL and TE": ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", hidden), "TE and CL": ("Transfer-Encoding: chunked\r\nContent-Length: 60\r\n", hidden),
        "TE.TE": ("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", hidden), "TE in capitals": ("Transfer-Encoding: cHuNkEd\r\n", hidden),
        "TE with a space": ("Transfer-Encoding : chunked\r\n", hidden), "TE with a tab": ("Transfer-Encoding:\tchunked\r\n", hidden),
        "TE unknown": ("Transfer-Encoding: xchunked\r\n", hidden), "TE identity": ("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", hidden),
        "TE list": ("Transfer-Encoding: gzip, chunked\r\n", hidden), "TE in a fold": ("Transfer-Encoding:\r\n chunked\r\n", hidden),
        "a chunk of odd length": ("Transfer-Encoding: chunked\r\n", b"zz\r\naa\r\n0\r\n\r\n"), "a negative chunk": ("Transfer-Encoding: chunked\r\n", b"-5\r\naaaaa\r\n0\r\n\r\n"),
        "a huge chunk": ("Transfer-Encoding: chunked\r\n", b"FFFFFFFFFFFFFFFFF\r\na"), "a chunk extension": ("Transfer-Encoding: chunked\r\n", b"5;" + b"a" * 200_000 + b"\r\naaaaa\r\n0\r\n\r\n"),
        "bare line feeds": ("Transfer-Encoding: chunked\r\n", b"18\n" + good + b"\n0\n\n"), "trailers": ("Transfer-Encoding: chunked\r\n", b"18\r\n" + good + b"\r\n0\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"),
        "tiny chunks": ("Transfer-Encoding: chunked\r\n", b"1\r\n \r\n" * 200_000 + b"0\r\n\r\n"),
    }  # fmt: skip
    for name, (headers, body) in smuggled.items():
        yield Attack(name, [f"{start}{headers}\r\n".encode() + body])
    yield Attack(
        "chunks without end", _endless(f"{start}Transfer-Encoding: chunked\r\n\r\n".encode(), b"4000\r\n" + b" " * 0x4000 + b"\r\n")
    )
    yield Attack(
        "a form without end",
        _endless(
            f"{start.replace('/graphql', '/reconcile').replace(JSON, FORM)}Transfer-Encoding: chunked\r\n\r\n".encode(),
            b"4000\r\n" + b"a" * 0x4000 + b"\r\n",
        ),
    )
    yield Attack(
        "a body nobody reads",
        _endless(
            f"{start.replace('/graphql', '/livez')}Transfer-Encoding: chunked\r\n\r\n".encode(), b"4000\r\n" + b" " * 0x4000 + b"\r\n"
        ),
    )
    yield Attack("headers without end", _endless(b"GET / HTTP/1.1\r\nHost: a\r\n", b"X-A: " + b"a" * 4000 + b"\r\n"))
    yield Attack("a header without end", _endless(b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ", b"a" * 65536))
    yield Attack("a URL without end", _endless(b"GET /", b"a" * 65536))
    yield Attack("a method without end", _endless(b"", b"A" * 65536))
    yield Attack("line ends without end", _endless(b"", b"\r\n" * 30_000))
    yield Attack("pipelined", [b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: a\r\n\r\n" * 300 + head("GET", "/livez")])
    for name, raw in {
        "nothing at all": b"\r\n\r\n", "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500, "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "HTTP/0.9": b"GET /\r\n\r\n", "HTTP/9.9": b"GET / HTTP/9.9\r\n\r\n", "HTTP/1.0": b"GET / HTTP/1.0\r\n\r\n", "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "spaces": b"GET  /  HTTP/1.1\r\nHost: a\r\n\r\n", "bare line feed": b"GET / HTTP/1.1\nHost: a\n\n", "random": bytes(range(256)) * 40, "SSH": b"SSH-2.0-a\r\n",
        "a space first": b" GET / HTTP/1.1\r\nHost: a\r\n\r\n", "NUL in the target": b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", "UTF-8 in the target": "GET /é HTTP/1.1\r\nHost: a\r\n\r\n".encode(),
    }.items():  # fmt: skip
        yield Attack(f"bytes: {name}", [raw])


def _endless(first: bytes, piece: bytes) -> Iterable[bytes]:
    """16 MB, more than anybody has to take."""
    yield first
    for _ in range(16_000_000 // len(piece)):
        yield piece


async def send(host: str, port: int, attack: Attack, enough: float = ENOUGH) -> Outcome:
    """Send one, and wait until the server closes the connection. Raises ``TimeoutError`` that names what took longer than enough."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection(host, port, limit=2**26)
    reading = asyncio.create_task(_read(reader))
    try:
        async with asyncio.timeout(enough):
            await _write(writer, attack, reading)
        async with asyncio.timeout(enough):
            answer = await reading
    except TimeoutError:
        raise TimeoutError(f"{attack.name}: the connection was not closed within {enough:.0f} s") from None
    finally:
        reading.cancel()
        writer.transport.abort()
    return Outcome(attack.name, _status(answer), answer, time.perf_counter() - began)


async def _write(writer: asyncio.StreamWriter, attack: Attack, reading: asyncio.Task[bytes]) -> None:
    """Write the pieces, until all are written or the server has closed."""
    try:
        for piece in attack.pieces:
            if reading.done():
                break
            writer.write(piece)
            await writer.drain()
    except (ConnectionError, RuntimeError):
        pass


async def _read(reader: asyncio.StreamReader) -> bytes:
    parts = []
    try:
        while part := await reader.read(1 << 20):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def _status(answer: bytes) -> int | None:
    words = answer.split(b" ", 2)
    return int(words[1]) if answer.startswith(b"HTTP/1.1 ") else None
