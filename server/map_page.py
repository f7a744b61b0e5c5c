"""What turns the page of an answer into the relationship map: its script, and the policy under which that runs.

Without script the page is the answer in words; ``<interlock-map>`` takes its place where it can.
"""

from __future__ import annotations

from typing import Any, Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from interlock.server.assets import HOW_TO_BUILD, find_bundle
from interlock.server.templating import SECURITY, page

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
)
_ANYWHERE: Final = f"{_POLICY}; frame-ancestors *"
_ALONE: Final = f"{_POLICY}; frame-ancestors 'none'"


def map_page(request: Request, context: dict[str, Any], status_code: int, *, embedded: bool = False) -> Response:
    """The map around an answer, or the answer alone where the map is not built; embedded, other pages may frame it."""
    bundle = find_bundle("map")
    security = _ANYWHERE if embedded else _ALONE if bundle else SECURITY
    context = {**context, "bundle": bundle, "embedded": embedded}
    return page(request, "map.html" if bundle else "home.html", context, status_code=status_code, security=security)


def asked_for(query: QueryParams) -> str:
    """The question in a link to the map: in words, or by its two ends; empty for a neighbourhood, or if there is none."""
    start, end = query.get("from", ""), query.get("to", "")
    return query.get("q", "") or (f"How is {start} connected to {end}?" if start and end else "")


async def map_script(request: Request) -> Response:
    """Where the one script is that defines ``<interlock-map>`` in any page; its name changes with its content."""
    bundle = find_bundle("map")
    if bundle is None:
        return PlainTextResponse(f"The map is not built. {HOW_TO_BUILD}\n", status_code=503)
    address = request.url_for("static", path=bundle.script).path
    return RedirectResponse(address, headers={"Cache-Control": "no-cache"})
