"""A server to be measured, on a free port: Interlock with a plain route beside its own, or the same types by stock Strawberry.

python -m benchmarks.served interlock|stock
"""

from __future__ import annotations

import asyncio
import socket
import sys

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig

from interlock.graph import Engine, load
from interlock.schema import Context
from interlock.schema.entities import ENTITY_TYPES
from interlock.schema.query import Query
from interlock.schema.relationships import RELATIONSHIP_TYPES
from interlock.schema.scalars import SCALARS
from interlock.server.answering import Asked
from interlock.server.live import Live
from interlock.server.negotiation import JSON
from interlock.server.process import settle
from interlock.server.serving import run
from interlock.server.settings import Settings


class WithPlain(Live):
    """Interlock; ``/plain`` answers with the bytes that ``/graphql`` answered to the first body that it was sent."""

    known = b""

    async def start(self) -> None:
        await super().start()
        self.edition.app.router.routes.append(Route("/plain", self.plain, methods=["POST"]))

    async def plain(self, request: Request) -> Response:
        sent = await request.body()
        if not self.known:
            self.known = (await self.edition.answering.answer(Asked(False, sent, JSON, False), "plain", asyncio.Event().wait)).body
        return Response(self.known, media_type="application/json")


def stock() -> Starlette:
    """The same types, served as Strawberry serves them."""
    engine = Engine(load())
    engine.prepare()

    class View(GraphQL[Context, None]):
        async def get_context(self, request: object, response: object) -> Context:
            return Context(engine)

    types = [*ENTITY_TYPES.values(), *RELATIONSHIP_TYPES.values()]
    schema = strawberry.Schema(query=Query, types=types, config=StrawberryConfig(scalar_map=SCALARS))
    return Starlette(routes=[Route("/graphql", View(schema))])


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    if sys.argv[1] == "interlock":
        settings = Settings.from_environment()
        run(WithPlain(engine := Engine(load(), settings.limits), lambda: engine, settings), listener, settings)
    else:
        app = stock()
        settle()
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)).run(sockets=[listener])


if __name__ == "__main__":
    main()
