"""Where in an answer a value belongs: linked from the value back to the root, and cheap to make."""

from __future__ import annotations

from typing import TypeAlias

from graphql.pyutils import Path

Place: TypeAlias = "tuple[Place | None, str | int, str | None]"
"""The place it is in (None at the root), its key or index there, and the name of the type whose field it is."""


def path_of(place: Place) -> Path:
    """The same as graphql-core has it."""
    steps: list[Place] = []
    step: Place | None = place
    while step is not None:
        steps.append(step)
        step = step[0]
    path: Path | None = None
    for _, key, typename in reversed(steps):
        path = Path(path, key, typename)
    assert path is not None
    return path
