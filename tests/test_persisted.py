from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from interlock.graph import BadInput
from interlock.server.graphql_request import GraphQLRequest, RequestError
from interlock.server.persisted import PersistedDocuments, read_manifest

DOCUMENT = "query Ü { __typename }"
HASH = hashlib.sha256(DOCUMENT.encode()).hexdigest()
KNOWN = PersistedDocuments({HASH: DOCUMENT})


def asked(query: str | None = None, document_id: str | None = None) -> GraphQLRequest:
    return GraphQLRequest(query, document_id, None, {})


@pytest.mark.parametrize("document_id", [HASH, f"sha256:{HASH}"])
def test_document_is_found_by_its_hash(document_id: str) -> None:
    assert KNOWN.text(asked(document_id=document_id)) == DOCUMENT


@pytest.mark.parametrize("document_id", [HASH.upper(), f"md5:{HASH}", "x", "", "sha256:"])
def test_document_that_is_not_known_is_refused(document_id: str) -> None:
    with pytest.raises(RequestError) as caught:
        KNOWN.text(asked(document_id=document_id))
    assert (caught.value.code, caught.value.status) == ("DOCUMENT_NOT_FOUND", 404)


def test_other_documents_are_answered_unless_only_trusted_ones_are() -> None:
    assert KNOWN.text(asked("{ a }")) == "{ a }"
    only = PersistedDocuments({HASH: DOCUMENT}, only=True)
    assert only.text(asked(DOCUMENT)) == DOCUMENT
    with pytest.raises(RequestError) as caught:
        only.text(asked("{ a }"))
    assert (caught.value.code, caught.value.status) == ("DOCUMENT_NOT_TRUSTED", 403)


@pytest.mark.parametrize("prefix", ["", "sha256:"])
def test_manifest_is_read_as_a_code_generator_writes_it(prefix: str, tmp_path: Path) -> None:
    path = tmp_path / "persisted-documents.json"
    path.write_text(json.dumps({prefix + HASH: DOCUMENT}, indent=2), encoding="utf-8")
    assert read_manifest(path) == {HASH: DOCUMENT}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps({HASH: DOCUMENT + " "}), f"'{HASH}' is not the SHA-256 of its document"),
        (json.dumps({hashlib.sha1(DOCUMENT.encode()).hexdigest(): DOCUMENT}), "set hashAlgorithm to sha256"),
        (json.dumps([DOCUMENT]), "must be a JSON object"),
        (json.dumps({HASH: 1}), "must be a JSON object"),
        ("{", "is not JSON"),
        (None, "can't be read"),
    ],
)
def test_manifest_that_is_not_in_order_is_refused(content: str | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "persisted-documents.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="persisted-documents") as caught:
        read_manifest(path)
    assert said in str(caught.value)
