"""Pages for people: one field for a question, and its answer in words with dates, status and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from interlock.graph import Engine, QuestionError
from interlock.graph.engine import Asked
from interlock.server.map_page import asked_for, map_page

FIRST_QUESTION: Final = "How is Netflix connected to Meta's board?"
EXAMPLES: Final = (
    FIRST_QUESTION,
    "How is Netflix connected to Meta's board in 2024?",
    "How are Netflix and Meta connected?",
    "How are Netflix and Meta connected, on the record only?",
    "Who links Dropbox to Meta's board?",
    "What connects Microsoft and Meta ignoring lawsuits?",
)


@dataclass(frozen=True)
class Shown:
    """What the page shows: an answer, or what is wrong with the question."""

    question: str
    asked: Asked | None = None
    error: str = ""


class Pages:
    """The pages about one graph."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def home(self, request: Request) -> Response:
        """The map, and in it the answer to the question of the query string, else to the first one."""
        return await self._answer(request)

    async def embed(self, request: Request) -> Response:
        """The same for a frame in any other page."""
        return await self._answer(request, embedded=True)

    async def _answer(self, request: Request, *, embedded: bool = False) -> Response:
        shown = await run_in_threadpool(self._ask, asked_for(request.query_params) or FIRST_QUESTION)
        context = {"shown": shown, "graph": self.engine.graph, "examples": EXAMPLES}
        return map_page(request, context, 400 if shown.error else 200, embedded=embedded)

    def _ask(self, question: str) -> Shown:
        try:
            return Shown(question, self.engine.ask(question))
        except QuestionError as error:
            return Shown(question, error=str(error))
