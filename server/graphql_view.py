"""GraphQL over HTTP."""

from __future__ import annotations

import json
from typing import Any

from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from interlock.graph import Engine
from interlock.schema import Context, build_schema
from interlock.server.console import console_response, wants_console


class GraphQLView(GraphQL[Context, None]):
    """Answers POST and GET, with the engine as the context of every request; what is no request is told in GraphQL's own form."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(build_schema(), graphql_ide=None, subscription_protocols=())
        self.engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response: Response
        try:
            if wants_console(request):
                response = console_response(request)
                await response(scope, receive, send)
                return
            if request.method == "GET" and "query" not in request.query_params:
                raise HTTPException(
                    400, 'There is no query. POST {"query": "…"} as JSON, or GET with ?query=…; the schema is at /schema.graphql.'
                )
            response = await self.run(request)
        except HTTPException as error:
            body = {"errors": [{"message": error.reason, "extensions": {"code": "BAD_REQUEST"}}]}
            response = JSONResponse(body, error.status_code)
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        return Context(self.engine)

    def parse_json(self, data: str | bytes) -> Any:
        """A body, or the variables of a link: an object; ``null`` stands for an empty one."""
        read = super().parse_json(data)
        if read is None:
            return {}
        if not isinstance(read, dict):
            raise HTTPException(400, f"{str(read)[:40]!r} stands where a JSON object belongs.")
        return read

    def encode_json(self, data: object) -> str:
        """An answer as JSON in UTF-8, names and dashes unescaped."""
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
