"""How execution ends where nobody waits for it."""

from __future__ import annotations


class Cancelled(BaseException):
    """Nobody wants the answer any more. No error of a field: it passes by all that would make it one."""
