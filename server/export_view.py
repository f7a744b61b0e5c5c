"""Exports over HTTP: ``/export/{format}``, and the twins of ``/paths`` for programs: ``/paths.json``, ``/paths.gexf`` and others."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from interlock.graph import BadInput, Engine, QuestionError
from interlock.graph.exports.formats import FORMATS, export, file_name, format_of
from interlock.graph.selection import Parameters, Selection, select
from interlock.graph.selection_query import read_query, write_query

TWINS: Final = ("json", "csv", "gexf", "graphml", "ttl")
"""The formats in which ``/paths`` is to be had too."""


def export_routes(engine: Engine) -> list[Route]:
    """The routes of all exports of the engine's graph."""
    view = ExportView(engine)
    return [Route("/export/{format}", view.export), Route("/paths.{format}", view.twin)]


class ExportView:
    """Answers with a selection in a format.

    An answer is a stream, of which no more than a chunk is held. Its ETag is a hash of what it depends on: the version of the data and of
    the program, the format, the parameters.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def export(self, request: Request) -> Response:
        """``/export/{format}?of=REF&hops=N`` or ``?from=REF&to=REF``."""
        return await self._answer(request, FORMATS)

    async def twin(self, request: Request) -> Response:
        """``/paths.{format}?from=REF&to=REF``."""
        return await self._answer(request, TWINS, of_paths=True)

    async def _answer(self, request: Request, formats: Any, of_paths: bool = False) -> Response:
        name = request.path_params["format"]
        if name not in formats:
            return _refused(BadInput(f"{name[:40]!r} is not to be had here; there are {', '.join(formats)}."), 404)
        try:
            parameters = await run_in_threadpool(read_query, request.url.query, self.engine)
            if of_paths and not parameters.between:
                raise BadInput("from and to are missing: say between whom paths are to be found.")
            headers = self._headers(name, parameters)
            if _knows(request, headers["ETag"]):
                return Response(status_code=304, headers={"ETag": headers["ETag"], "Cache-Control": headers["Cache-Control"]})
            selection, stream = await run_in_threadpool(self._begun, name, parameters)
        except QuestionError as error:
            return _refused(error, 400)
        if selection.stopped:  # another try may find more
            headers = {**headers, "Cache-Control": "no-store"}
            del headers["ETag"]
        if request.method == "HEAD":
            return Response(headers=headers, media_type=format_of(name).media_type)
        return StreamingResponse(stream, headers=headers, media_type=format_of(name).media_type)

    def _headers(self, name: str, parameters: Parameters) -> dict[str, str]:
        graph = self.engine.graph
        depends_on = "\n".join((graph.version, version("interlock-graph"), name, write_query(parameters)))
        return {
            "ETag": f'"{sha256(depends_on.encode()).hexdigest()[:32]}"',
            "Cache-Control": "no-cache",
            "Content-Disposition": f'attachment; filename="{file_name(name, graph, parameters)}"',
            "X-Content-Type-Options": "nosniff",
        }

    def _begun(self, name: str, parameters: Parameters) -> tuple[Selection, Iterator[bytes]]:
        """The selection, and its export with the first chunk written: what can't be exported is found out before anything is sent."""
        selection = select(self.engine, parameters)
        stream = export(name, self.engine.graph, selection)
        return selection, chain([next(stream)], stream)


def _knows(request: Request, etag: str) -> bool:
    """Has the client this very answer?"""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return etag in known or "*" in known


def _refused(error: QuestionError, status: int) -> Response:
    return JSONResponse({"errors": [{"message": str(error), "extensions": error.extensions}]}, status)
