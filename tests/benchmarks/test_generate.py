from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.generate import Dataset, generate
from benchmarks.quads import write_quads
from interlock.graph import load
from interlock.graph.arrays import ENTITY_KINDS, RELATIONSHIP_KINDS, STATUSES, compress
from interlock.graph.dates import DISTANT_FUTURE, DISTANT_PAST
from interlock.graph.model import ENDS, EntityKind


@pytest.fixture(scope="module")
def data() -> Dataset:
    return generate(500, 2_000)


def test_generated_graph_is_the_same_for_the_same_seed(data: Dataset) -> None:
    again, other = generate(500, 2_000), generate(500, 2_000, seed=8)
    assert all(np.array_equal(one, two) for one, two in zip(data.ties, again.ties, strict=True))
    assert not np.array_equal(data.ties.source, other.ties.source)


def test_generated_relationships_lead_between_what_the_model_allows(data: Dataset) -> None:
    for source, target, kind in zip(data.ties.source, data.ties.target, data.ties.kind, strict=True):
        sources, targets = ENDS[RELATIONSHIP_KINDS[kind]]
        assert source != target
        assert ENTITY_KINDS[data.kinds[source]] in sources
        assert ENTITY_KINDS[data.kinds[target]] in targets


def test_generated_graph_has_hubs_parallels_and_every_sort_of_end() -> None:
    data = generate(20_000, 80_000)
    bounds = data.ties.bounds
    pairs = np.unique(np.sort(np.stack((data.ties.source, data.ties.target)), axis=0), axis=1)
    assert data.degree.max() > 100 * np.median(data.degree)
    assert 0.8 < pairs.shape[1] / 80_000 < 0.99
    assert all(
        0.01 < share.mean() < 0.9
        for share in (
            bounds[:, 0] == DISTANT_PAST,
            bounds[:, 0] < bounds[:, 1],
            bounds[:, 2] == DISTANT_FUTURE,
            (bounds[:, 2] != DISTANT_FUTURE) & (bounds[:, 3] == DISTANT_FUTURE),
            bounds[:, 3] < DISTANT_FUTURE,
        )
    )
    assert (bounds[:, 0] <= bounds[:, 1]).all()
    assert (bounds[:, 2] <= bounds[:, 3]).all()


def test_quads_load_as_the_very_columns(data: Dataset, tmp_path: Path) -> None:
    count = write_quads(data, tmp_path / "data.nq")
    graph = load(tmp_path / "data.nq")
    entities = sorted(entity.id for entity in graph.entities.values() if entity.kind is not EntityKind.BOARD)
    ties = [graph.relationships[each] for each in sorted(graph.relationships)]
    number = {each: i for i, each in enumerate(entities)}
    assert 7 < count / len(ties) < 8.5
    assert [ENTITY_KINDS.index(graph.entities[each].kind) for each in entities] == data.kinds.tolist()
    assert [number[tie.source] for tie in ties] == data.ties.source.tolist()
    assert [number[tie.target] for tie in ties] == data.ties.target.tolist()
    assert [RELATIONSHIP_KINDS.index(tie.kind) for tie in ties] == data.ties.kind.tolist()
    assert [STATUSES.index(tie.status) for tie in ties] == data.ties.status.tolist()
    assert [tie.independent_sources for tie in ties] == data.ties.sources.tolist()
    assert [list(tie.interval.bounds) for tie in ties] == data.ties.bounds.tolist()


def test_generated_columns_compress(data: Dataset) -> None:
    arrays = compress(data.ties, data.kinds)
    assert arrays.first[-1] == len(arrays.head) == 4_000
