from __future__ import annotations

from typing import Any

from interlock.graph import Engine
from interlock.graph.brokers import Brokers, brokers
from interlock.graph.model import EntityKind
from interlock.graph.selection import Parameters

EVERY_KIND = frozenset(EntityKind)


def found(on: Engine, samples: int = 10_000, kinds: frozenset[EntityKind] = EVERY_KIND, **parameters: Any) -> Brokers:
    return brokers(on, Parameters(**parameters), kinds, samples)


def shares(answer: Brokers) -> dict[str, float]:
    return {answer[rank].entity.id: answer[rank].share for rank in range(len(answer))}
