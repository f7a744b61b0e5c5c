"""Settings of the server: from ``INTERLOCK_*`` variables, into one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Self

from interlock.graph import BadInput, Limits
from interlock.schema.price import CostLimits
from interlock.server.logs import LogFormat

_SWITCH: Final = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False, "": False}


@dataclass(frozen=True)
class Settings:
    """Every setting has a variable: ``INTERLOCK_PORT`` for ``port``.

    ``data`` are the paths of RDF files or folders, separated by the system's path separator, empty for the shipped graph; ``backend`` is
    the address of an engine that has the relationships instead, ``redis://…`` or that of a SPARQL endpoint; ``steps`` and
    ``seconds`` limit each search, the ``max_`` settings each document (see ``CostLimits``) and ``body_bytes`` each request.
    ``workers`` are processes that answer what takes long: by default one for each processor, two at least; with 0, threads do.
    ``most_waiting`` is how many questions may wait for one. ``answer_cache_bytes`` is how much of what was answered is kept. ``documents``
    is a manifest of documents that may be asked for by their hash; with ``trusted_only`` no others are answered. ``origins`` are those of
    other sites whose scripts may ask, separated by commas, or ``*`` for all. With ``watch`` the data are loaded anew whenever they change.
    ``drain`` is for how many seconds questions are still accepted after it was said that this server is about to end.

    ``request_seconds`` is how long a request may take to arrive, ``max_connections`` how many there are at once, ``trusted_proxies`` the
    addresses, with commas between, whose ``X-Forwarded-For`` is believed, ``rate`` is how many requests a minute one address may make and
    ``key_rate`` one key, 0 for any number; ``keys`` is the file of them, without one of which nobody is answered if ``key_required``;
    ``rate_store`` is a Redis that several processes share. Metrics are served at ``admin_host`` and ``admin_port`` if that is given,
    ``traces`` is where spans are sent to, and ``log`` how requests are logged.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data: tuple[str, ...] = ()
    backend: str | None = None
    steps: int = Limits.steps
    seconds: float = Limits.seconds
    workers: int | None = None
    most_waiting: int = 64
    max_price: int = CostLimits.price
    max_depth: int = CostLimits.depth
    max_aliases: int = CostLimits.aliases
    max_root_fields: int = CostLimits.root_fields
    max_tokens: int = CostLimits.tokens
    body_bytes: int = 1_000_000
    answer_cache_bytes: int = 64_000_000
    documents: Path | None = None
    trusted_only: bool = False
    watch: bool = False
    drain: float = 1.0
    origins: str | None = None
    request_seconds: float = 20.0
    max_connections: int = 10_000
    trusted_proxies: str | None = None
    rate: int = 0
    key_rate: int = 0
    keys: Path | None = None
    key_required: bool = False
    rate_store: str | None = None
    admin_host: str = "127.0.0.1"
    admin_port: int | None = None
    log: LogFormat = LogFormat.AUTO
    traces: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise BadInput(f"The port is {self.port}; it must be between 0 and 65535.")
        if self.steps <= 0 or self.seconds <= 0:
            raise BadInput(f"A search is given {self.steps} steps and {self.seconds} seconds; both must be more than 0.")
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int | float) and value < 0:
                raise BadInput(f"{field.name} is {value}; it must not be less than 0.")
        if self.admin_port is not None and self.admin_port > 65535:
            raise BadInput(f"The admin port is {self.admin_port}; it must be between 0 and 65535.")
        if self.request_seconds <= 0 or self.max_connections <= 0:
            raise BadInput(
                f"A request may take {self.request_seconds} seconds, of {self.max_connections} at once; both must be more than 0."
            )
        if self.backend and self.data:
            raise BadInput("data and backend contradict one another: the graph is in files, or in an engine elsewhere.")
        if self.trusted_only and self.documents is None:
            raise BadInput(
                "Only trusted documents are to be answered, but no manifest of documents is given. Name one: INTERLOCK_DOCUMENTS."
            )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> Self:
        """Read the variables that are set; what is ``given`` goes before them. Raises ``BadInput`` that names what can't be read."""
        read: dict[str, Any] = {}
        for field in fields(cls):
            name = f"INTERLOCK_{field.name.upper()}"
            if name in environment:
                read[field.name] = _read(name, environment[name], str(field.type))
        return cls(**read | {name: value for name, value in given.items() if value is not None})

    @property
    def asking_origins(self) -> list[str]:
        return [origin.strip() for origin in (self.origins or "").split(",") if origin.strip()]

    @property
    def limits(self) -> Limits:
        return Limits(self.steps, self.seconds)

    @property
    def cost_limits(self) -> CostLimits:
        return CostLimits(self.max_price, self.max_depth, self.max_aliases, self.max_root_fields, self.max_tokens)


def _read(name: str, text: str, kind: str) -> object:
    """The value that a variable gives to a setting of this type."""
    try:
        match kind:
            case "tuple[str, ...]":
                return tuple(part for part in text.split(os.pathsep) if part)
            case "int":
                return int(text)
            case "int | None":
                return int(text) if text else None
            case "str | None":
                return text or None
            case "LogFormat":
                return LogFormat(text.strip().lower())
            case "float":
                return float(text)
            case "bool":
                return _SWITCH[text.strip().lower()]
            case "Path | None":
                return Path(text) if text else None
            case _:
                return text
    except KeyError:
        raise BadInput(f"{name} is {text!r}; it must be 1 or 0.") from None
    except ValueError:
        wanted = f"one of {', '.join(LogFormat)}" if kind == "LogFormat" else "a number"
        raise BadInput(f"{name} is {text!r}; it must be {wanted}.") from None
