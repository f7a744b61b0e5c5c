"""Styles, scripts and pictures: compressed, and kept by browsers as long as their names say what is in them."""

from __future__ import annotations

import os

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from interlock.server.assets import MANIFEST, STATIC


def static_files() -> ASGIApp:
    """The application under ``/static``."""
    return GZipMiddleware(_Files(directory=STATIC), minimum_size=1000, compresslevel=6)


class _Files(StaticFiles):
    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file of Vite's ``assets`` has a sum over its content in its name: it never changes. All others are asked for again."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = os.fspath(full_path).startswith(os.path.realpath(MANIFEST.parent / "assets"))
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
