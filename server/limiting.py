"""Who may ask, and how often: by key, or by address."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interlock.graph import BadInput
from interlock.server.keys import Key, given_key, hash_of, read_keys
from interlock.server.metrics import Metrics
from interlock.server.rates import Rate, Store, Verdict
from interlock.server.request_record import current
from interlock.server.settings import Settings

PRICE_OF_A_REQUEST: Final = 1000
"""What a GraphQL document may cost to count as one request; a dearer one counts as several."""
FREE: Final = ("/livez", "/readyz", "/static/")
"""What is answered to anybody, as often as it is asked."""


@dataclass(frozen=True)
class ClientLimits:
    """``address`` and ``key`` are the rates of each, None for as many as they like."""

    keys: Mapping[str, Key]
    key_required: bool
    address: Rate | None
    key: Rate | None
    store: Store

    @property
    def needed(self) -> bool:
        """Is there anything to be checked?"""
        return bool(self.keys or self.key_required or self.address)


def limits_of(settings: Settings, store: Store) -> ClientLimits:
    """What the settings say. Raises ``BadInput`` if the file of keys is not in order."""
    keys = read_keys(settings.keys) if settings.keys else {}
    if settings.key_required and not keys:
        raise BadInput("A key is required of everybody, but there are none. Name a file of them: INTERLOCK_KEYS.")
    return ClientLimits(keys, settings.key_required, _rate(settings.rate), _rate(settings.key_rate), store)


def _rate(per_minute: int) -> Rate | None:
    return Rate(per_minute, max(1, per_minute // 2)) if per_minute else None


class Limiting:
    """Wraps an application: 401 for who is nobody, 429 for who asks too often."""

    def __init__(self, app: ASGIApp, limits: ClientLimits, metrics: Metrics) -> None:
        self.app, self.limits, self.metrics = app, limits, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
            return
        given = given_key(dict(scope["headers"]))
        key = self.limits.keys.get(hash_of(given)) if given else None
        if key is None and (self.limits.key_required or (given and self.limits.keys)):
            said = "This key is not known here." if given else "A key is needed: X-API-Key, or Authorization: Bearer."
            await _refuse(401, "UNAUTHENTICATED", said, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
            return
        rate = self._rate_of(key)
        if rate is None:
            await self.app(scope, receive, send)
            return
        client = f"key {key.name}" if key else client_of(scope)
        verdict = await self.limits.store.take(client, rate)
        headers = _headers(rate, verdict)
        if not verdict.allowed:
            self.metrics.rate_limited(key is not None)
            seconds = math.ceil(verdict.seconds)
            said = f"More than {rate.per_minute} requests a minute. Ask again in {seconds} second{'s' if seconds != 1 else ''}."
            await _refuse(429, "RATE_LIMITED", said, {"Retry-After": str(seconds), **headers})(scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self.app(scope, receive, telling)
        more = current().price / PRICE_OF_A_REQUEST - 1
        if more > 0:
            await self.limits.store.take(client, rate, more, always=True)

    def _rate_of(self, key: Key | None) -> Rate | None:
        if key is None:
            return self.limits.address
        return _rate(key.per_minute) if key.per_minute else self.limits.key


def client_of(scope: Scope) -> str:
    """The address, of IPv6 its /64: who has one of that has all of them."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


def _headers(rate: Rate, verdict: Verdict) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers has them."""
    return {
        "RateLimit-Policy": f'"default";q={rate.burst};w={math.ceil(rate.window)}',
        "RateLimit": f'"default";r={verdict.left};t={math.ceil(verdict.seconds)}',
    }


def _refuse(status: int, code: str, message: str, headers: Mapping[str, str]) -> JSONResponse:
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return JSONResponse(body, status, {**headers, "Cache-Control": "no-store"})
