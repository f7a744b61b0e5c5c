"""A server to be measured, on a free port: Interlock with a plain route beside its own, or the same types by stock Strawberry.

python -m benchmarks.served interlock|stock
"""

from __future__ import annotations

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
from interlock.server.app import create_app
from interlock.server.process import settle
from interlock.server.settings import Settings


def interlock(engine: Engine) -> Starlette:
    """Interlock; ``/plain`` answers with the bytes that ``/graphql`` answered to the first body that it was sent."""
    app, known = create_app(engine, Settings.from_environment()), {}

    async def plain(request: Request) -> Response:
        sent = await request.body()
        if "answer" not in known:
            from starlette.testclient import TestClient

            known["answer"] = TestClient(app).post("/graphql", content=sent, headers={"Content-Type": "application/json"}).content
        return Response(known["answer"], media_type="application/json")

    app.router.routes.append(Route("/plain", plain, methods=["POST"]))
    return app


def stock(engine: Engine) -> Starlette:
    """The same types, served as Strawberry serves them."""

    class View(GraphQL[Context, None]):
        async def get_context(self, request: object, response: object) -> Context:
            return Context(engine)

    types = [*ENTITY_TYPES.values(), *RELATIONSHIP_TYPES.values()]
    schema = strawberry.Schema(query=Query, types=types, config=StrawberryConfig(scalar_map=SCALARS))
    return Starlette(routes=[Route("/graphql", View(schema))])


def main() -> None:
    engine = Engine(load())
    engine.prepare()
    settle()  # as interlock serve does
    app = {"interlock": interlock, "stock": stock}[sys.argv[1]](engine)
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)).run(sockets=[listener])


if __name__ == "__main__":
    main()
