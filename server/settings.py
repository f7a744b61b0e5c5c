"""Settings of the server: from ``INTERLOCK_*`` variables, into one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Self

from interlock.graph import BadInput, Limits
from interlock.schema.price import CostLimits

_SWITCH: Final = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False, "": False}


@dataclass(frozen=True)
class Settings:
    """Every setting has a variable: ``INTERLOCK_PORT`` for ``port``.

    ``data`` are the paths of RDF files or folders, separated by the system's path separator, empty for the shipped graph; ``steps`` and
    ``seconds`` limit each search, the ``max_`` settings each document (see ``CostLimits``) and ``body_bytes`` each request.
    ``answer_cache_bytes`` is how much of what was answered is kept. ``documents`` is a manifest of documents that may be asked for by
    their hash; with ``trusted_only`` no others are answered. ``origins`` are those of other sites whose scripts may ask, separated by
    commas, or ``*`` for all.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data: tuple[str, ...] = ()
    steps: int = Limits.steps
    seconds: float = Limits.seconds
    max_price: int = CostLimits.price
    max_depth: int = CostLimits.depth
    max_aliases: int = CostLimits.aliases
    max_root_fields: int = CostLimits.root_fields
    max_tokens: int = CostLimits.tokens
    body_bytes: int = 1_000_000
    answer_cache_bytes: int = 64_000_000
    documents: Path | None = None
    trusted_only: bool = False
    origins: str | None = None
    request_seconds: float = 20.0
    max_connections: int = 10_000
    trusted_proxies: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise BadInput(f"The port is {self.port}; it must be between 0 and 65535.")
        if self.steps <= 0 or self.seconds <= 0:
            raise BadInput(f"A search is given {self.steps} steps and {self.seconds} seconds; both must be more than 0.")
        for name in ("max_price", "max_depth", "max_aliases", "max_root_fields", "max_tokens", "body_bytes", "answer_cache_bytes"):
            if getattr(self, name) < 0:
                raise BadInput(f"{name} is {getattr(self, name)}; it must not be less than 0.")
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
        raise BadInput(f"{name} is {text!r}; it must be a number.") from None
