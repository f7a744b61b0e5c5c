"""Keys of clients: a file that holds their hashes, a line each, ``NAME SHA-256 [REQUESTS-A-MINUTE]``; ``#`` begins a comment.

A key is random and long, so that one round of SHA-256 hides it: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from interlock.graph import BadInput

_LINE: Final = re.compile(r"(?P<name>[\w.@-]{1,64})\s+(?P<hash>[0-9a-f]{64})(?:\s+(?P<rate>[1-9]\d{0,8}))?", re.ASCII)
LONGEST: Final = 200
"""Characters that are read of a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """Whose it is, and how many requests a minute it may make; None for as many as any key."""

    name: str
    per_minute: int | None = None


def new_key() -> str:
    """A key that nobody has: 256 random bits."""
    return f"il_{secrets.token_urlsafe(32)}"


def line_of(name: str, key: str, per_minute: int | None = None) -> str:
    """The line of the file for a key. Raises ``BadInput`` if nobody can be called so."""
    line = " ".join((name, hash_of(key), *([str(per_minute)] if per_minute else [])))
    if not _LINE.fullmatch(line):
        raise BadInput(f"{name[:80]!r} can't be the name of a key: it has 1 to 64 letters, digits or . _ @ -, and no spaces.")
    return line


def read_keys(path: Path) -> dict[str, Key]:
    """The keys of a file by their hash. Raises ``BadInput`` that names the line that is not in order."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The file of keys {path} can't be read: {error}.") from None
    keys: dict[str, Key] = {}
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        match = _LINE.fullmatch(text)
        if text and match is None:
            raise BadInput(f"{path}:{number}: a line is NAME SHA-256 [REQUESTS-A-MINUTE]; `interlock key NAME` makes one.")
        if match:
            keys[match["hash"]] = Key(match["name"], int(match["rate"]) if match["rate"] else None)
    return keys


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def given_key(headers: Mapping[bytes, bytes]) -> str | None:
    """The key in ``X-API-Key`` or ``Authorization: Bearer``; None if there is neither."""
    bearer, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    key = headers.get(b"x-api-key", b"").decode("latin-1").strip() or (token.strip() if bearer.lower() == "bearer" else "")
    return key[:LONGEST] or None
