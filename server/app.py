"""The ASGI application, built from its arguments."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from interlock.graph import Engine
from interlock.schema import Context, build_schema
from interlock.server.pages import Pages

STATIC = Path(__file__).parent / "static"


class GraphQLView(GraphQL[Context, None]):
    """GraphQL over HTTP, with the engine as the context of every request."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(build_schema(), graphql_ide=None, subscription_protocols=())
        self.engine = engine

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        return Context(self.engine)


def create_app(engine: Engine) -> Starlette:
    """An application that answers questions about the engine's graph."""
    view = GraphQLView(engine)
    pages = Pages(engine)
    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/graphql", view),
            Route("/schema.graphql", lambda request: PlainTextResponse(view.schema.as_str() + "\n")),
            Route("/livez", lambda request: PlainTextResponse("ok\n")),
            Route("/readyz", lambda request: PlainTextResponse(f"ok {engine.graph.version}\n")),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ]
    )
