"""Documents that the server knows by their hash: the manifest that GraphQL Code Generator writes for a front end."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import orjson

from interlock.graph import BadInput
from interlock.server.graphql_request import GraphQLRequest, RequestError

_PREFIX: Final = "sha256:"
_OPERATION: Final = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)", re.ASCII)


@dataclass(frozen=True)
class PersistedDocuments:
    """Hash of a document → the document; if they are ``only`` answered, no other is."""

    documents: Mapping[str, str] = field(default_factory=dict)
    only: bool = False

    def text(self, request: GraphQLRequest) -> str:
        """The document that is asked for."""
        if request.query is not None:
            if self.only and _hash(request.query) not in self.documents:
                raise RequestError(403, "This server answers known documents only. Send the documentId of one.", "DOCUMENT_NOT_TRUSTED")
            return request.query
        document_id = request.document_id or ""
        text = self.documents.get(document_id.removeprefix(_PREFIX))
        if text is None:
            message = (
                f"No document is known as {document_id[:80]!r}. A documentId is the SHA-256 of a document of the manifest, in hexadecimal."
            )
            raise RequestError(404, message, "DOCUMENT_NOT_FOUND")
        return text

    def operation(self, request: GraphQLRequest) -> str:
        """The name of the first operation of a known document, whatever the client calls it; empty for a document of the client's own."""
        return self._operations.get((request.document_id or "").removeprefix(_PREFIX), "")

    @cached_property
    def _operations(self) -> dict[str, str]:
        named = {key: _OPERATION.search(text) for key, text in self.documents.items()}
        return {key: match[1] for key, match in named.items() if match}


def read_manifest(path: Path) -> dict[str, str]:
    """The documents of a ``persisted-documents.json``, by their hash. Raises ``BadInput`` if one has another hash."""
    try:
        read = orjson.loads(path.read_bytes())
    except OSError as error:
        raise BadInput(f"The manifest of documents {path} can't be read: {error.strerror}.") from None
    except orjson.JSONDecodeError as error:
        raise BadInput(f"The manifest of documents {path} is not JSON: {error}.") from None
    if not isinstance(read, dict) or not all(isinstance(document, str) for document in read.values()):
        raise BadInput(f"The manifest of documents {path} must be a JSON object of hashes and documents.")
    documents = {key.removeprefix(_PREFIX): document for key, document in read.items()}
    for key, document in documents.items():
        if key != _hash(document):
            hint = " That is as long as a SHA-1: set hashAlgorithm to sha256 in persistedDocuments." if len(key) == 40 else ""
            raise BadInput(f"{path}: {key[:80]!r} is not the SHA-256 of its document, which is {_hash(document)}.{hint}")
    return documents


def _hash(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()
