"""What scripts of other sites may read (CORS): refusals too, so that they can tell why they got no answer, and when to ask again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from interlock.server.graphql_view import METHODS

_SOME: Final = ("/graphql", "/embed.js", "/static/")
"""Beginnings of the paths that the origins of the settings may read."""
_ALL: Final = "/reconcile"
"""Beginning of the paths that all may read, as the reconciliation API has it."""
_SENT: Final = ("Authorization", "Content-Type", "X-API-Key")
_TOLD: Final = ("Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id")
"""Headers that scripts may send, and of an answer those that they may read."""


class Sharing:
    """Wraps an application; without ``origins`` nobody else may read what is not for all."""

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._all = CORSMiddleware(app, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"], expose_headers=_TOLD)
        some = CORSMiddleware(app, allow_origins=origins, allow_methods=METHODS, allow_headers=_SENT, expose_headers=_TOLD)
        self._some = some if origins else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        app = self._all if path.startswith(_ALL) else self._some if path.startswith(_SOME) else self._app
        await app(scope, receive, send)
