"""Pages from templates, all with one base, one stylesheet and strict headers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from interlock.graph.narrate import entity_label, path_sentence, sentence
from interlock.graph.words import STOPPED
from interlock.server.assets import HOW_TO_BUILD

TEMPLATES: Final = Path(__file__).parent / "templates"
SECURITY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(request: Request, name: str, context: Mapping[str, Any], status_code: int = 200, security: str = SECURITY) -> Response:
    """A template with its context; ``security`` is the Content-Security-Policy."""
    headers = {"Content-Security-Policy": security, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    return _templates().TemplateResponse(request, name, dict(context), status_code, headers)


@cache
def _templates() -> Jinja2Templates:
    templates = Jinja2Templates(TEMPLATES)
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    templates.env.globals |= {
        "entity_label": entity_label,
        "how_to_build": HOW_TO_BUILD,
        "path_sentence": path_sentence,
        "sentence": sentence,
        "stopped": STOPPED,
    }
    return templates
