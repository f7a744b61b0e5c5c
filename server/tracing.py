"""A span for each request, as OpenTelemetry's conventions for HTTP servers name its attributes; off unless it is told where to send them.

It tells the route and never the path: what was asked stays here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interlock.graph import BadInput
from interlock.server.recording import route_of

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

_NAME: Final = "interlock"
_MISSING: Final = 'Spans are to be sent, but OpenTelemetry is not installed: pip install "interlock-graph[otel]".'


@cache
def tracer_to(endpoint: str) -> Tracer:
    """Sends spans to an OTLP endpoint over HTTP, in a thread of its own: one for all that is served one after the other.

    Raises ``BadInput`` if OpenTelemetry is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise BadInput(_MISSING) from None
    provider = TracerProvider(resource=Resource.create({"service.name": _NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    return provider.get_tracer(_NAME)


class Tracing:
    """Wraps an application; a span goes on where the client's ``traceparent`` says that it belongs."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self.app, self.tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        given = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"] if name in (b"traceparent", b"tracestate")
        }
        around = TraceContextTextMapPropagator().extract(given)
        with self.tracer.start_as_current_span(scope["method"], around, SpanKind.SERVER) as span:

            async def traced(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                await send(message)

            await self.app(scope, receive, traced)
            route = route_of(scope)
            span.update_name(f"{scope['method']} {route}".strip())
            span.set_attributes({"http.request.method": scope["method"], "http.route": route})
