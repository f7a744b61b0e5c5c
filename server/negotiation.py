"""Which media type and which coding of an answer a client would rather have (RFC 9110, section 12)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

JSON: Final = "application/json"
GRAPHQL_JSON: Final = "application/graphql-response+json"
HTML: Final = "text/html"
_QUALITY: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)
_UTF_8: Final = ("utf-8", "utf8")

Wish = tuple[float, int]
"""How much something is wanted, 0 to 1; and how exactly it was named: 2 by its name, 1 by its family, 0 by ``*/*``."""


@lru_cache(256)
def media_type(accept: str) -> str | None:
    """The media type of a GraphQL answer; None if the client wants neither. Without a wish it is ``application/json``."""
    named, plain = _wish(accept, GRAPHQL_JSON), _wish(accept, JSON)
    if not named[0] and not plain[0]:
        return None
    return GRAPHQL_JSON if named > plain or (named == plain and named[1] == 2) else JSON


@lru_cache(256)
def wants_page(accept: str) -> bool:
    """Would the client rather have a page than JSON, as browsers do?"""
    return _wish(accept, HTML)[0] > max(_wish(accept, GRAPHQL_JSON)[0], _wish(accept, JSON)[0])


@lru_cache(256)
def preferred(accept: str, offered: tuple[str, ...]) -> str:
    """Which of these media types is wanted most: of several the one that is named most exactly, then the first; that too if none is."""
    return max(offered, key=lambda media: _wish(accept, media))


@lru_cache(256)
def wants_gzip(accept_encoding: str) -> bool:
    """Does the client take answers that are compressed with gzip?"""
    wishes = dict(_parts(accept_encoding))
    return wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", 0))) > 0


@lru_cache(256)
def is_json(content_type: str) -> bool:
    """Is this the media type of a GraphQL request: ``application/json`` in UTF-8?"""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    named = dict(parameter.split("=", 1) for parameter in parameters if "=" in parameter)
    return kind == JSON and named.get("charset", "utf-8").strip('"') in _UTF_8


def _wish(accept: str, media: str) -> Wish:
    """By the range that names it most exactly."""
    ranges = dict(_parts(accept or "*/*"))
    names = ("*/*", f"{media.partition('/')[0]}/*", media)
    exactness = max((place for place, name in enumerate(names) if name in ranges), default=0)
    return ranges.get(names[exactness], 0), exactness


def _parts(header: str) -> list[tuple[str, float]]:
    """The items of a header and how much each is wanted; what has an odd weight is not wanted."""
    parts = []
    for item in header.split(","):
        name, *parameters = item.split(";")
        weights = [parameter for parameter in parameters if parameter.strip().lower().startswith("q")]
        match = _QUALITY.fullmatch(weights[0]) if weights else None
        parts.append((name.strip().lower(), float(match[1]) if match else 0.0 if weights else 1.0))
    return parts
