from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from interlock.graph.bulk_terms import AFTER, hash_work
from interlock.graph.folding import LEGAL_FORMS, fold, initials, joined, without_legal_form
from interlock.graph.heap import Numbers, Strings, hash_of
from interlock.graph.jit import bulk
from interlock.graph.kernels.texts import BLANK, ODD, UPPER

LEGAL_FORM_WORDS = sorted({word for form in LEGAL_FORMS for word in form.split()})
OTHER_WORDS = ["and", "AND", "the", "The", "THE", "Acme", "O'Neil", "A.B.", "x_y", "&", "-", "1st", "\x1f", "\t", "\x00", "''", ""]
WORD = st.sampled_from([*LEGAL_FORMS, *LEGAL_FORM_WORDS, *OTHER_WORDS])
NAME = st.lists(WORD, max_size=6).flatmap(lambda words: st.sampled_from([" ", "  ", "-", "."]).map(lambda gap: gap.join(words)))
ASCII = st.text(st.characters(max_codepoint=127), max_size=20)


def flat(texts: list[bytes]) -> tuple[Numbers, Numbers]:
    """Byte strings end to end, and where each begins."""
    return np.frombuffer(b"".join(texts) + bytes(AFTER), np.uint8), np.array([0, *accumulate(map(len, texts))], np.int64)


@given(st.lists(st.tuples(NAME | ASCII, ASCII), max_size=5))
@settings(max_examples=500, deadline=None)
def test_names_are_folded_and_hashed_as_any_other(entities: list[tuple[str, str]]) -> None:
    names, slugs = [name for name, _ in entities], [slug.lower() for _, slug in entities]
    data, at = flat([name.encode() for name in names])
    ids, ids_at = flat([f"entity/{slug}".encode() for slug in slugs])
    forms, forms_at = flat([form.encode() for form in LEGAL_FORMS])
    out, out_at, hashes = np.zeros(len(data) + len(at), np.uint8), np.zeros(len(at), np.int64), np.zeros((len(names), 4), np.uint64)
    loose, loose_at, scratch = np.zeros(len(data), np.uint8), np.zeros(len(at), np.int64), np.zeros((2, 400), np.uint8)
    bulk().fold_names(
        data, at, ids, ids_at, len("entity/"), forms, forms_at, out, out_at, loose, loose_at, hashes, scratch, *hash_work()
    )  # fmt: skip
    folded = [fold(name) for name in names]
    assert out[: out_at[-1]].tobytes().decode() == "".join(f"{name}\n" for name in folded)
    plain = list(map(without_legal_form, folded))
    assert [loose[a:b].tobytes().decode() for a, b in pairwise(loose_at)] == list(map(joined, plain))
    forms_of_names = zip((f"e{name}" for name in folded), (f"l{name}" for name in plain), (f"e{fold(slug)}" for slug in slugs), strict=True)
    expected = [[*forms, f"i{initials(name)}"] for forms, name in zip(forms_of_names, plain, strict=True)]
    assert hashes.tolist() == [list(map(hash_of, forms)) for forms in expected]


@given(st.lists(st.text(max_size=8) | ASCII, min_size=1, max_size=5), st.integers(1, 3), ASCII, ASCII)
@settings(max_examples=500, deadline=None)
def test_text_is_cut_out_without_space_around_it(texts: list[str], cut: int, before: str, after: str) -> None:
    data, at = flat([b"<" * cut + text.encode() + b">" for text in texts])
    looks = np.zeros(len(texts), np.uint8)
    if cut == 1:
        bulk().looks(np.arange(len(texts)), data, at, looks)
        for text, bits in zip(texts, looks.tolist(), strict=True):
            assert bool(bits & ODD) == (not text.isascii() or "\\" in text)
            assert not text.isascii() or bool(bits & BLANK) == (not text.strip())
            assert not text.isascii() or bool(bits & UPPER) == (text.lower() != text)
    out, out_at = np.zeros(1000, np.uint8), np.zeros(len(texts) + 1, np.int64)
    edges = (np.frombuffer(edge.encode() + b"\0", np.uint8)[:-1] for edge in (before, after))
    bulk().cut_out(np.arange(len(texts)), data, at, cut, *edges, out, out_at)
    expected = [before.encode() + text.encode().strip(b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f ") + after.encode() for text in texts]
    assert [out[a:b].tobytes() for a, b in pairwise(out_at)] == expected


@given(st.lists(st.binary(max_size=4), max_size=8), st.lists(st.binary(max_size=4), max_size=8), st.booleans())
@settings(max_examples=500, deadline=None)
def test_strings_are_sorted_and_packed_however_they_came(one_by_one: list[bytes], at_once: list[bytes], sorted_already: bool) -> None:
    everything = sorted(set(at_once + one_by_one)) if sorted_already else at_once + one_by_one
    strings = Strings()
    strings.extend(*flat(everything[: len(at_once)]))
    for string in everything[len(at_once) :]:
        strings.add(string)
    order = strings.order()
    expected = sorted(everything)
    at, data = strings.packed(order)
    assert [everything[number] for number in order.tolist()] == expected
    assert [bytes(data[a:b]) for a, b in zip(at[:-1].tolist(), at[1:].tolist(), strict=True)] == expected
    assert strings.repeated(order) == [one for one, other in pairwise(expected) if one == other]
