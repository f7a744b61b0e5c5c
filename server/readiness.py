"""Whether this server wants requests: ``/livez`` and ``/readyz``."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


@dataclass
class Readiness:
    """``stopping`` from when it is about to end; ``refused`` is when newer data than those served were refused, ``down`` why the engine
    elsewhere can't be asked.
    """

    stopping: bool = False
    refused: str = ""
    down: str = ""

    def routes(self, version: str) -> list[Route]:
        """The routes that tell of it, where this version is served."""

        def ready(request: Request) -> Response:
            if self.stopping:
                return PlainTextResponse(f"stopping {version}\n", 503)
            if self.down:
                return PlainTextResponse(f"down {version}\n{self.down}\n", 503)
            refused = f"newer data were refused at {self.refused}; the log says why\n" if self.refused else ""
            return PlainTextResponse(f"ok {version}\n{refused}")

        return [Route("/livez", lambda request: PlainTextResponse("ok\n")), Route("/readyz", ready)]
