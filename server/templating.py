"""Pages from templates, all with one base, one stylesheet and strict headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from interlock.graph.narrate import entity_label, path_sentence, sentence
from interlock.graph.words import STOPPED
from interlock.server.assets import HOW_TO_BUILD

_DATE: Final = re.compile(r"\b\d{4}-\d\d(-\d\d)?\b")
_WEB: Final = re.compile(r"https?://[^\s\\\"<>]+$", re.IGNORECASE)
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
TEMPLATES: Final = Path(__file__).parent / "templates"
SECURITY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(request: Request, name: str, context: Mapping[str, Any], status_code: int = 200, security: str = SECURITY) -> Response:
    """A template with its context; ``security`` is the Content-Security-Policy."""
    return _templates().TemplateResponse(request, name, dict(context), status_code, {"Content-Security-Policy": security})


def _elsewhere(iri: str) -> str:
    """What an IRI of another catalogue is called: its host, without www."""
    return urlsplit(iri).netloc.removeprefix("www.") or iri


def _is_web(iri: object) -> bool:
    """May it become a link: http or https, and no script?"""
    return isinstance(iri, str) and _WEB.match(iri) is not None


def _in_order(value: Any) -> Any:
    """A text whose signs stand in the order in which they are read: what would turn about the words after it is shown as U+FFFD."""
    return _TURNING.sub("\ufffd", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _whole_dates(text: str) -> Markup:
    """A text, escaped, whose dates are not broken at the end of a line."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(_in_order(text)))))


@cache
def _templates() -> Jinja2Templates:
    templates = Jinja2Templates(TEMPLATES)
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    templates.env.finalize = _in_order
    templates.env.tests["web"] = _is_web
    templates.env.globals |= {
        "elsewhere": _elsewhere,
        "entity_label": entity_label,
        "how_to_build": HOW_TO_BUILD,
        "path_sentence": path_sentence,
        "sentence": sentence,
        "stopped": STOPPED,
    }
    templates.env.filters |= {"grouped": "{:,}".format, "whole_dates": _whole_dates}
    return templates
