"""The properties of one record, each of which is taken once: what nobody took is left out, and told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interlock.graph.importers.notes import Notes
from interlock.graph.importers.values import edtf


class Properties:
    """Names with lists of texts, as FollowTheMoney has them, or with any values; ``what`` is the type of the record, ``id`` its id."""

    def __init__(self, said: Mapping[str, Any], what: str, id: str, notes: Notes) -> None:
        self._left = {name: value for name, value in said.items() if value not in (None, "", [], {})}
        self.what, self.id, self._notes = what, id, notes

    def all(self, *names: str) -> list[str]:
        """All texts of these properties, each once."""
        found = [each for name in names if name in self._left for each in _listed(self._left.pop(name))]
        if not found:
            return found
        return list(dict.fromkeys(str(each).strip() for each in found if isinstance(each, str | int | float) and str(each).strip()))

    def first(self, *names: str) -> str | None:
        """The first text of the first of these properties that has one; further ones are left out."""
        for name in names:
            found = self.all(name)
            if found:
                for other in found[1:]:
                    self.leave(f"{name}, a second value", other)
                return found[0]
        return None

    def value(self, name: str) -> Any:
        """The value of a property, whatever it is."""
        return self._left.pop(name, None)

    def date(self, *names: str) -> str | None:
        """The first date of the first of these properties that has one, as far as it is given."""
        for name in names:
            text = self.first(name)
            found = edtf(text)
            if found:
                return found
            if text:
                self.leave(f"{name} that is no date", text)
        return None

    def leave(self, name: str, example: object) -> None:
        """What a property has is left out."""
        self._notes.leave_part(f"{self.what}: {name}", f"{example} of {self.id}")

    def leave_rest(self) -> None:
        """What nobody took is left out."""
        for name, value in self._left.items():
            self.leave(name, next(iter(_listed(value)), value))
        self._left = {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
