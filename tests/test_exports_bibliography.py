"""Bibliographies, read back by bibtexparser and as CSL-JSON."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
from bibtexparser.bparser import BibTexParser
from hypothesis import given, settings
from hypothesis import strategies as st

from export_records import TEXT, exported, graphs
from harness import graph, tie
from interlock.graph import KnowledgeGraph, load
from interlock.graph.dates import parse_date
from interlock.graph.exports.bibliography import key_of
from interlock.graph.exports.spelling import printable
from interlock.graph.model import Source

UNESCAPED = {
    r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~",
    r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\%": "%", r"\&": "&",
    r"\$": "$", r"\#": "#", r"\_": "_",
}  # fmt: skip


def entries(content: bytes) -> dict[str, dict[str, str]]:
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    return {each["ID"]: each for each in bibtexparser.loads(content.decode(), parser).entries}


def plain(value: str) -> str:
    """A field without braces and escapes."""
    inner = value.removeprefix("{").removesuffix("}")
    return re.sub("|".join(map(re.escape, UNESCAPED)), lambda match: UNESCAPED[match[0]], inner)


def sourced(*sources: Source) -> KnowledgeGraph:
    return graph(tie("a", "b", sources=sources), sources=sources)


@given(graphs())
@settings(max_examples=40, deadline=None)
def test_bibtex_is_read_by_bibtexparser(known: KnowledgeGraph) -> None:
    found = entries(exported(known, "bib"))
    assert found.keys() == {key_of(source) for source in known.sources.values()}
    for source in known.sources.values():
        entry = found[key_of(source)]
        assert " ".join(plain(entry["title"]).split()) == " ".join(printable(source.title).split())
        assert entry.get("date") == (source.published.text if source.published else None)


@given(st.lists(TEXT, min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_entries_stay_apart_whatever_they_hold(titles: list[str]) -> None:
    sources = [Source(f"source/{number}", f"https://example.org/{number}", title) for number, title in enumerate(titles)]
    assert [*entries(exported(sourced(*sources), "bib"))] == [str(number) for number in range(len(titles))]


def test_bibtex_says_what_is_known() -> None:
    source = Source(
        "source/x",
        "https://example.org/x",
        "On {A} & B",
        "The Times",
        "https://example.org/{x}",
        parse_date("2011-06"),
        creators=("Ann Lee", "Bo"),
    )
    text = exported(sourced(source), "bib").decode()
    assert text[text.index("@") :] == (
        "@misc{x,\n  title = {{On \\textbraceleft{}A\\textbraceright{} \\& B}},\n"
        "  author = {{Ann Lee} and {Bo}},\n  publisher = {{The Times}},\n"
        "  url = {https://example.org/%7Bx%7D},\n  date = {2011-06},\n  year = {2011},\n  note = {https://example.org/x}\n}\n"
    )


@pytest.mark.parametrize(
    ("date", "issued"),
    {
        "2011": {"date-parts": [[2011]]},
        "2011-06-22": {"date-parts": [[2011, 6, 22]]},
        "2011-06~": {"date-parts": [[2011, 6]], "circa": True},
        "2011-21": {"literal": "2011-21"},
        "199X": {"literal": "199X"},
    }.items(),
)
def test_csl_dates_are_as_exact_as_their_source(date: str, issued: object) -> None:
    (item,) = json.loads(exported(sourced(Source("source/x", "https://x.org/", "X", published=parse_date(date))), "csl"))
    assert item["issued"] == issued
    assert item["type"] == "document"


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_csl_json_holds_every_source_with_its_very_text(known: KnowledgeGraph) -> None:
    found = {each["id"]: each for each in json.loads(exported(known, "csl"))}
    for source in known.sources.values():
        item = found[key_of(source)]
        assert item.get("title", "") == source.title
        assert [each["literal"] for each in item.get("author", ())] == [*source.creators]


def test_shipped_sources_are_all_there_and_say_where_they_are_from() -> None:
    known = load()
    bib, csl = exported(known, "bib"), json.loads(exported(known, "csl"))
    assert len(entries(bib)) == len(csl) == len(known.sources)
    for said in (known.version, "CC0-1.0", "Everything", "not confirmed"):
        assert said in bib.decode()
        assert said in csl[0]["note"]
