"""The ASGI application, built from its arguments."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from interlock.graph import Engine
from interlock.server.graphql_view import GraphQLView
from interlock.server.map_page import map_script
from interlock.server.pages import Pages
from interlock.server.static_files import static_files


def create_app(engine: Engine) -> Starlette:
    """An application that answers questions about the engine's graph."""
    view = GraphQLView(engine)
    pages = Pages(engine)
    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/dataset", pages.dataset, name="dataset"),
            Route("/embed", pages.embed),
            Route("/embed.js", map_script),
            Route("/entity/{slug}", pages.entity, name="entity"),
            Route("/graphql", view),
            Route("/schema.graphql", lambda request: PlainTextResponse(view.schema.as_str() + "\n")),
            Route("/livez", lambda request: PlainTextResponse("ok\n")),
            Route("/readyz", lambda request: PlainTextResponse(f"ok {engine.graph.version}\n")),
            Mount("/static", static_files(), name="static"),
        ]
    )
