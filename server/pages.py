"""Pages for people: a question and its answer, one entity, the data; each in words, with dates, status and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interlock.graph import AmbiguousEntity, Engine, QuestionError, UnknownEntity
from interlock.graph.engine import Asked
from interlock.graph.exports.formats import FORMATS
from interlock.server.dataset_page import dataset_page
from interlock.server.entity_data import TWINS, entity_data, wanted_format
from interlock.server.entity_page import KINDS, entity_page, find_entity
from interlock.server.linked_data import linked_data
from interlock.server.map_page import asked_for, map_page
from interlock.server.templating import page

FIRST_QUESTION: Final = "How is Netflix connected to Meta's board?"
EXAMPLES: Final = (
    FIRST_QUESTION,
    "How is Netflix connected to Meta's board in 2024?",
    "How are Netflix and Meta connected?",
    "How are Netflix and Meta connected, on the record only?",
    "Who links Dropbox to Meta's board?",
    "What connects Microsoft and Meta ignoring lawsuits?",
)


def _led(request: Request, query: str, embedded: bool = False) -> str:
    """The address of the map with this query."""
    return request.url_for("embed" if embedded else "home").path + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Shown:
    """What the page shows: an answer, what is wrong with the question, or whose neighbourhood is asked for."""

    question: str
    asked: Asked | None = None
    error: str = ""
    around: str = ""


class Pages:
    """The pages about one graph."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def home(self, request: Request) -> Response:
        """The map, and in it the answer to the question of the query string, else to the first one."""
        return await self._answer(request)

    async def paths(self, request: Request) -> Response:
        """``/paths?from=…&to=…``: leads to the map of these paths."""
        return RedirectResponse(_led(request, request.url.query))

    async def embed(self, request: Request) -> Response:
        """The same for a frame in any other page."""
        return await self._answer(request, embedded=True)

    async def _answer(self, request: Request, *, embedded: bool = False) -> Response:
        ends = [(name, value) for name in ("from", "to") if (value := request.query_params.get(name))]
        if len(ends) == 1 and not request.query_params.keys() & {"q", "of"}:  # half a question: show what is around that end
            others = [(name, value) for name, value in request.query_params.multi_items() if name != ends[0][0]]
            return RedirectResponse(_led(request, urlencode([("of", ends[0][1]), *others]), embedded))
        question, around = asked_for(request.query_params), request.query_params.get("of", "")
        shown = Shown("", around=around) if around and not question else await run_in_threadpool(self._ask, question or FIRST_QUESTION)
        context = {"shown": shown, "graph": self.engine.graph, "examples": EXAMPLES}
        return map_page(request, context, 400 if shown.error else 200, embedded=embedded)

    async def entity(self, request: Request) -> Response:
        """All that is known about one entity, as a page or as RDF. Another name of it leads here, nobody's to those who might be meant."""
        slug, _, ending = request.path_params["slug"].rpartition(".")
        if ending in TWINS:
            return await run_in_threadpool(self._entity, request, slug, ending)
        response = await run_in_threadpool(self._entity, request, request.path_params["slug"], "")
        response.headers["Vary"] = "Accept"
        return response

    async def dataset(self, request: Request) -> Response:
        """What the data is, and where it comes from."""
        return await run_in_threadpool(self._dataset, request)

    def _dataset(self, request: Request) -> Response:
        number = request.query_params.get("page", "1")
        page_number = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1
        return self._page(request, "dataset.html", dataset_page(self.engine.graph, page_number, str(request.url_for("dataset"))))

    def _entity(self, request: Request, slug: str, ending: str) -> Response:
        graph = self.engine.graph
        try:
            entity = find_entity(self.engine, slug)
        except QuestionError as error:
            near = error.entities if isinstance(error, UnknownEntity | AmbiguousEntity) else ()
            return self._page(request, "unknown.html", {"message": str(error), "suggestions": near, "kinds": KINDS}, status_code=404)
        if entity.slug != slug:
            return RedirectResponse(request.url_for("entity", slug=f"{entity.slug}.{ending}" if ending else entity.slug).path)
        format = ending or wanted_format(request.headers.get("accept", ""))
        if format:
            return Response(entity_data(graph, entity, format), media_type=FORMATS[format].media_type)
        return self._page(request, "entity.html", {"shown": entity_page(graph, entity), "linked_data": linked_data(graph, entity)})

    def _page(self, request: Request, name: str, context: dict[str, Any], status_code: int = 200) -> Response:
        return page(request, name, {"graph": self.engine.graph, **context}, status_code)

    def _ask(self, question: str) -> Shown:
        try:
            return Shown(question, self.engine.ask(question))
        except QuestionError as error:
            return Shown(question, error=str(error))
