from __future__ import annotations

import gzip
from collections import OrderedDict

from hypothesis import given
from hypothesis import strategies as st

from interlock.server.answers import LEAST_TO_COMPRESS, Answer, Memory

SIZES = st.integers(0, 2000)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), SIZES | st.none()), max_size=40), st.integers(0, 5000))
def test_memory_keeps_what_was_used_last_within_its_bytes(steps: list[tuple[str, int | None]], limit: int) -> None:
    memory, kept = Memory(limit), OrderedDict[str, int]()
    for key, size in steps:
        if size is None:
            assert memory.get(key) == kept.get(key)
            if key in kept:
                kept.move_to_end(key)
        elif size + 500 <= limit:
            memory.put(key, size, size)
            kept[key] = size
            kept.move_to_end(key)
            while sum(each + 500 for each in kept.values()) > limit:
                kept.popitem(last=False)
        else:
            memory.put(key, size, size)
        assert len(memory) == len(kept)
        assert memory.used == sum(each + 500 for each in kept.values()) <= limit


def test_answer_is_compressed_where_that_is_worth_it() -> None:
    short, long = (Answer(200, "application/json", b"x" * size) for size in (LEAST_TO_COMPRESS - 1, LEAST_TO_COMPRESS))
    assert short.compressed() is short
    packed = long.compressed()
    assert (packed.coding, gzip.decompress(packed.body)) == ("gzip", long.body)
    assert packed.etag != long.etag
    assert packed == long.compressed()


def test_entity_tag_is_that_of_the_very_answer() -> None:
    tags = {Answer(status, media, body).etag for status in (200, 400) for media in ("a/b", "a/c") for body in (b"x", b"y")}
    assert len(tags) == 8
    assert Answer(200, "a/b", b"x").etag == Answer(200, "a/b", b"x").etag
