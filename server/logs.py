"""Logs on stderr: for people on a terminal, a JSON object a line for machines."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

FIELDS: Final = ("request", "method", "route", "status", "seconds", "bytes", "price", "steps", "operation")
"""What is logged of a request: no address, no path, no query, no variables. Of a failure it is ``request`` and the traceback."""
_LEVELS: Final = {
    "interlock": logging.INFO,
    "uvicorn": logging.ERROR,
    "asyncio": logging.ERROR,
    "opentelemetry": logging.ERROR,
    "py.warnings": logging.WARNING,
}
"""From which level on is logged what these say."""


class LogFormat(StrEnum):
    """How requests are logged: ``auto`` is ``text`` on a terminal, else ``json``."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"
    OFF = "off"


def set_up(format: LogFormat) -> None:
    """Log to stderr; when ``off`` nothing but failures."""
    handler = logging.StreamHandler(sys.stderr)
    as_json = format is LogFormat.JSON or (format is LogFormat.AUTO and not sys.stderr.isatty())
    handler.setFormatter(JsonLines() if as_json else TextLines())
    logging.captureWarnings(True)
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.ERROR if format is LogFormat.OFF else level)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name in FIELDS if (value := getattr(record, name, None)) not in (None, "")}


class JsonLines(logging.Formatter):
    """An object a line; line breaks stay inside its texts."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_told(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


class TextLines(logging.Formatter):
    """One line for people, and the traceback of a failure."""

    def format(self, record: logging.LogRecord) -> str:
        then = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        told = " ".join(f"{name}={value}" for name, value in _told(record).items())
        line = f"{then} {record.levelname.lower()} {record.getMessage()}{' ' if told else ''}{told}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
