"""The ASGI application, built from its arguments."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from interlock.graph import Engine
from interlock.server.graphql_view import GraphQLView
from interlock.server.pages import Pages
from interlock.server.reconcile import Reconciliation

STATIC = Path(__file__).parent / "static"


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
            *Reconciliation(engine).routes(),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
        ]
    )
