"""The console: GraphiQL at ``/graphql``, for whoever opens that in a browser."""

from __future__ import annotations

import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from interlock.server.assets import find_bundle
from interlock.server.templating import page

_SECURITY: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self' data:; img-src 'self' data:; "
    "style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "  # Monaco places its lines by style attributes
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def console_response(request: Request) -> Response:
    """GraphiQL with worked examples; where it isn't built, what to do about that."""
    bundle, nonce = find_bundle("console"), secrets.token_urlsafe(16)
    context = {"bundle": bundle, "nonce": nonce}
    return page(request, "console.html", context, status_code=200 if bundle else 503, security=_SECURITY.format(nonce=nonce))
