"""Settings of the server: from ``INTERLOCK_*`` variables, into one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from interlock.graph import BadInput, Limits


@dataclass(frozen=True)
class Settings:
    """Every setting has a variable: ``INTERLOCK_PORT`` for ``port``.

    ``data`` are the paths of RDF files or folders, separated by the system's path separator, empty for the shipped graph; ``steps`` and
    ``seconds`` limit each search.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    data: tuple[str, ...] = ()
    steps: int = Limits.steps
    seconds: float = Limits.seconds

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise BadInput(f"The port is {self.port}; it must be between 0 and 65535.")
        if self.steps <= 0 or self.seconds <= 0:
            raise BadInput(f"A search is given {self.steps} steps and {self.seconds} seconds; both must be more than 0.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the variables that are set; raise ``BadInput`` that names the one that can't be read."""
        settings = cls()
        for field in fields(cls):
            name = f"INTERLOCK_{field.name.upper()}"
            if name in environment:
                read: Any = _read(name, environment[name], getattr(settings, field.name))
                settings = replace(settings, **{field.name: read})
        return settings

    @property
    def limits(self) -> Limits:
        return Limits(self.steps, self.seconds)


def _read(name: str, text: str, default: object) -> object:
    try:
        match default:
            case tuple():
                return tuple(part for part in text.split(os.pathsep) if part)
            case int():
                return int(text)
            case float():
                return float(text)
            case _:
                return text
    except ValueError:
        raise BadInput(f"{name} is {text!r}; it must be a number.") from None
