"""The ASGI application, built from its arguments."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from interlock.graph import Engine
from interlock.graph.errors import BackendDown
from interlock.server.answering import Answering
from interlock.server.console import console_response
from interlock.server.export_view import export_routes
from interlock.server.graphql_view import AGAIN, GraphQLView
from interlock.server.limiting import Limiting, limits_of
from interlock.server.map_page import map_script
from interlock.server.metrics import Metrics
from interlock.server.pages import Pages
from interlock.server.rates import Store, store_at
from interlock.server.readiness import Readiness
from interlock.server.reconcile import Reconciliation
from interlock.server.recording import Recording
from interlock.server.security_headers import SecurityHeaders
from interlock.server.settings import Settings
from interlock.server.sharing import Sharing
from interlock.server.static_files import static_files
from interlock.server.tracing import Tracing, tracer_to


def create_app(
    engine: Engine,
    settings: Settings | None = None,
    metrics: Metrics | None = None,
    *,
    answering: Answering | None = None,
    readiness: Readiness | None = None,
    rates: Store | None = None,
) -> Starlette:
    """An application that answers questions about the engine's graph.

    ``answering`` is how, by default with threads for what takes long; ``readiness``, ``metrics`` and ``rates`` may be those of the
    application before. Raises ``BadInput`` if a file that the settings name is not in order.
    """
    settings, readiness, metrics = settings or Settings(), readiness or Readiness(), metrics or Metrics()
    metrics.loaded(engine.graph)
    limits = limits_of(settings, rates or store_at(settings.rate_store))
    answering = answering or Answering(engine, settings, metrics=metrics)
    pages = Pages(engine)
    return Starlette(
        routes=[
            Route("/", pages.home, name="home"),
            Route("/graphql", GraphQLView(answering, settings.body_bytes, console_response)),
            Route("/schema.graphql", lambda request: PlainTextResponse(answering.desk.schema.as_str() + "\n")),
            *export_routes(engine),
            Route("/paths", pages.paths),
            Route("/dataset", pages.dataset, name="dataset"),
            Route("/embed", pages.embed, name="embed"),
            Route("/embed.js", map_script),
            Route("/entity/{slug}", pages.entity, name="entity"),
            *readiness.routes(engine.graph.version),
            *Reconciliation(engine).routes(),
            Mount("/static", static_files(), name="static"),
        ],
        exception_handlers={BackendDown: _is_down},
        middleware=[
            Middleware(SecurityHeaders),
            *([Middleware(Tracing, tracer=tracer_to(settings.traces))] if settings.traces else []),
            Middleware(Recording, metrics=metrics),
            Middleware(Sharing, origins=settings.asking_origins),
            *([Middleware(Limiting, limits=limits, metrics=metrics)] if limits.needed else []),
        ],
    )


def _is_down(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 503, {"Retry-After": str(AGAIN)})
