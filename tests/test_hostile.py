"""Whatever is thrown at it, it answers or says what is wrong; nothing else ever comes out."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_loading import GOOD

from harness import PATIENT
from interlock.graph import BadInput, DataError, Engine, InterlockError, QuestionError, load
from interlock.graph.dates import parse_date
from interlock.graph.intervals import parse_interval, parse_window
from interlock.graph.parsing import FORMATS

ENGINE = Engine(load(), PATIENT)
VOCABULARY = """
    how is are what who connects links connected to and with Netflix Meta's board of Facebook in 2015 2011-13 before since between June 22
    ignoring without lawsuits via within 3 hops today on the record only at same time ? ' ’ " \\ ( [ * ﷺ é \0
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.text() | st.lists(WORDS, max_size=14).map(" ".join)


def refusal(call: Callable[[], object], kind: type[InterlockError]) -> InterlockError | None:
    """With which error of this kind a call is refused, if it is."""
    try:
        call()
    except kind as error:
        return error
    return None


@given(TEXTS)
@example("How is connected to ?")
@example("How is Netflix connected to Meta in 99999?")
@example("how are and connected")
@example("who connects " + "and " * 60)
def test_any_question_is_answered_or_refused(text: str) -> None:
    error = refusal(lambda: ENGINE.ask(text).sentence, QuestionError)
    assert error is None or str(error)


@given(TEXTS)
def test_any_name_is_found_or_refused(text: str) -> None:
    assert all(0 < hit.score <= 1 for hit in ENGINE.search(text))
    error = refusal(lambda: ENGINE.entity(text), QuestionError)
    assert error is None or str(error)


@given(st.text() | st.text(alphabet="0123456789-/.~?%XY"), st.sampled_from([parse_date, parse_interval, parse_window]))
def test_any_date_is_read_or_refused(text: str, parse: Callable[[str], object]) -> None:
    error = refusal(lambda: parse(text), BadInput)
    parts = (text, *text.partition("/"))
    assert error is None or any(repr(part) in str(error) for part in parts)


def loaded_or_refused(content: bytes, ending: str) -> bool:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"data{ending}"
        path.write_bytes(content)
        error = refusal(lambda: load(path), DataError)
        return error is None or all(problem.file == str(path) and problem.message for problem in error.problems)  # type: ignore[attr-defined]


@given(st.binary() | st.text().map(str.encode), st.sampled_from(sorted(FORMATS)))
def test_any_file_is_loaded_or_refused_with_its_name(content: bytes, ending: str) -> None:
    assert loaded_or_refused(content, ending)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 12), st.sampled_from(["", " ", ".", ";", '"', "entity:x", "[]", "<>", "1", "\n"]))
def test_any_slip_in_a_good_file_is_loaded_or_refused_with_its_name(place: int, length: int, slip: str) -> None:
    assert loaded_or_refused((GOOD[:place] + slip + GOOD[place + length :]).encode(), ".trig")


def test_a_long_text_is_refused_at_once() -> None:
    for call in (ENGINE.ask, ENGINE.entity, ENGINE.search):
        with pytest.raises(QuestionError, match="at most"):
            call("a" * 10_000)


PREFIXED = "@prefix e: <http://e.example/> . @prefix schema: <https://schema.org/> .\n"
DTD = '<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b SYSTEM "{}">]>'
XML = '<?xml version="1.0"?>{}<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/">{}</r:RDF>'
FETCHING = {
    "context.jsonld": '{{"@context": "{0}", "@id": "http://e.example/a", "e": "x"}}',
    "contexts.jsonld": '{{"@context": [{{"e": "http://e.example/"}}, "{0}"], "@id": "http://e.example/a", "e": "x"}}',
    "import.jsonld": '{{"@context": {{"@version": 1.1, "@import": "{0}"}}, "@id": "http://e.example/a", "e": "x"}}',
    "scoped.jsonld": '{{"@context": {{"e": {{"@id": "http://e.example/e", "@context": "{0}"}}}},'
    ' "e": {{"@id": "http://e.example/a", "f": "x"}}}}',
    "entity.rdf": XML.replace("{}", DTD.replace("{}", "{0}"), 1).replace("{}", "<r:Description r:about='http://e.example/a' e:b='&b;'/>"),
    "dtd.rdf": XML.replace("{}", '<!DOCTYPE r SYSTEM "{0}">', 1).replace("{}", "<r:Description r:about='http://e.example/a' e:b='x'/>"),
}


@pytest.mark.parametrize("name", FETCHING)
def test_nothing_is_fetched_from_anywhere_while_loading(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonld"
    secret.write_text('{"@context": {"e": "http://e.example/read"}}', encoding="utf-8")
    path = tmp_path / name
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for address in (f"http://127.0.0.1:{listener.getsockname()[1]}/context", secret.as_uri()):
            path.write_text(FETCHING[name].format(address), encoding="utf-8")
            with pytest.raises(DataError, match=r"nothing is ever fetched|document type declaration"):
                load(path)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_document_type_declaration_is_seen_in_every_encoding(tmp_path: Path) -> None:
    path = tmp_path / "data.rdf"
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        path.write_bytes(XML.format(DTD.format("x"), "").encode(encoding))
        with pytest.raises(DataError, match="document type declaration"):
            load(path)


def test_packed_file_that_swells_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.nt.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(70):
            file.write(b"<http://e.example/a> <http://e.example/b> <http://e.example/c> .\n" * (1 << 14))
    with pytest.raises(DataError, match="swells to more than 100 times its size"):
        load(path)


ALIKE = ", ".join(f"_:a{n}" for n in range(12))
STRANGE = {
    "a name of 10 MB": 'e:a a schema:Person ; schema:name "' + "x" * 10_000_000 + '" ; schema:worksFor e:b .',
    "5,000 prefixes": "".join(f"@prefix p{n}: <http://p{n}.example/> .\n" for n in range(5000))
    + 'p1:a a schema:Person ; schema:worksFor p4999:b .',
    "a circle": " ".join(f"e:o{n} a schema:Corporation ; schema:parentOrganization e:o{(n + 1) % 300} ." for n in range(300)),
    "blank nodes that are all alike": " ".join(f"_:a{n} schema:subOrganization {ALIKE} ." for n in range(12)),
    "a chain of blank nodes": " ".join(f"_:a{n} schema:subOrganization _:a{n + 1} ." for n in range(300)),
    "a deep list": "e:a schema:owns " + "(" * 3000 + ")" * 3000 + " .",
    "scripts for links": 'e:a a schema:Person ; schema:sameAs <javascript:alert(1)> ; schema:worksFor e:b ;'
    ' schema:url "javascript:alert(2)" .',
    "text that runs backwards": 'e:a a schema:Person ; schema:name "Ann \\u202Eelpmaxe\\u2069" ; schema:worksFor e:b .',
    "references to nothing": "e:a schema:member [ a schema:OrganizationRole ; schema:member e:nobody ; schema:startDate e:never ] .",
}  # fmt: skip


@pytest.mark.parametrize("case", STRANGE)
def test_strange_data_of_others_loads_and_shows_nothing_that_harms(case: str, tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(PREFIXED + STRANGE[case], encoding="utf-8")
    graph = load(path)
    shown = [text for entity in graph.entities.values() for text in (*entity.names, *entity.same_as)]
    assert all(len(text) <= 1000 and "javascript:" not in text and text.isprintable() for text in shown)
    assert len(graph.relationships) + len(graph.provenance.warnings) + len(graph.provenance.unread) > 0
