"""How the application is served: by uvicorn, with limits to what a connection may cost, behind trusted proxies if there are any."""

from __future__ import annotations

import logging
import sys
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from interlock.server.connections import ConnectionLimits, guarded
from interlock.server.settings import Settings

_SPARE: Final = 64
"""File descriptors that are no connections."""


def uvicorn_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """uvicorn's part of the settings. It logs nothing but its own failures: requests are logged by ``recording``."""
    limits = ConnectionLimits(
        connections=min(settings.max_connections, _most_connections()),
        seconds=settings.request_seconds,
        body_bytes=settings.body_bytes,
    )
    return uvicorn.Config(
        app,
        http=guarded(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or "",
    )


def _most_connections() -> int:
    """How many connections the system lets this process have, after it was asked for as many as it gives."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return sys.maxsize if soft == resource.RLIM_INFINITY else max(soft - _SPARE, 1)
