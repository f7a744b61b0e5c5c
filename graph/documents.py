"""From paths to statements in our vocabulary: which files there are, which are our own, and what those of others say.

A file is our own if it uses a term of ours (``il:``) or describes something under one of our namespaces: then everything in it has to be
known. All others are read by the vocabularies of ``interlock.graph.foreign``, leniently: what is not understood is told. A file that is
named has to be readable; of a folder in which no file is our own, one that isn't is left out, and that is told too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import RDF

from interlock.graph.convert_entities import ENTITY_KINDS
from interlock.graph.decisions import FILE_NAME as DECISIONS
from interlock.graph.decisions import is_table, read_tables
from interlock.graph.errors import DataError, Problem
from interlock.graph.files import PACKED
from interlock.graph.foreign.namespaces import RDF_TYPE
from interlock.graph.foreign.translate import Known, translate
from interlock.graph.licences import licences_of
from interlock.graph.origins import Unread
from interlock.graph.parsing import FORMATS, PREFIXES, format_of, parse_file
from interlock.graph.rdf import SAYS_NOTHING, Statements
from interlock.seeds import vocab

_ENDINGS: Final = f"{' '.join(FORMATS)}, or one of these and {PACKED}"
OURS: Final = tuple(map(str, (vocab.ENTITY, vocab.RELATIONSHIP, vocab.CLAIM, vocab.SOURCE, vocab.ROLE)))


@dataclass(frozen=True)
class Documents:
    """All that some files say, in our vocabulary.

    ``counts`` is how many statements each file has, ``licences`` what some of them state; ``warnings`` and ``unread`` say what of these
    is not in the statements, and why.
    """

    statements: Statements
    counts: Mapping[Path, int]
    names: Mapping[Path, str]
    licences: Mapping[Path, str] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()
    unread: Sequence[Unread] = ()


def find_files(paths: Iterable[Path]) -> dict[Path, bool]:
    """The files among these paths that can be read (RDF, and tables of decisions), folders being searched through, in a stable order.

    True for those that are named themselves.
    """
    found: dict[Path, bool] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if format_of(p) or p.name == DECISIONS)
            if not any(map(format_of, inside)):
                raise DataError([Problem(str(path), 0, "", f"has no RDF file in it ({_ENDINGS})")])
            found |= {each: found.get(each, False) for each in inside}
        elif not path.exists():
            raise DataError([Problem(str(path), 0, "", "does not exist")])
        elif format_of(path) is None and not is_table(path):
            raise DataError([Problem(str(path), 0, "", f"is not a file that can be read. Name one that ends in {_ENDINGS}")])
        else:
            found[path] = True
    return found


def read_documents(named: Mapping[Path, bool]) -> Documents:
    """Read and translate files; raise ``DataError`` with file, line and column of what can't be read."""
    decisions, files = read_tables(named), {path: each for path, each in named.items() if not is_table(path)}
    if not files:
        raise DataError([Problem(str(next(iter(named))), 0, "", "decides on data that is not there: name its files too")])
    parsed, problems, notes = _parse(files)
    ours = {path: quads for path, quads in parsed.items() if _is_ours(quads)}
    others = {path: quads for path, quads in parsed.items() if path not in ours and quads}
    if problems and (ours or not others or any(files[Path(problem.file)] for problem in problems if Path(problem.file) in files)):
        raise DataError(problems)
    if not ours and not others:
        raise DataError([Problem(str(path), 0, "", SAYS_NOTHING) for path in files])
    notes += [Problem(problem.file, problem.line, problem.subject, f"{problem.message}. This file is left out") for problem in problems]
    counts = {path: len(quads) for path, quads in parsed.items()}
    notes += empty(counts)
    statements = Statements(decisions=decisions)
    for path, quads in ours.items():
        statements.add(quads, path)
    names = names_of(files)
    counts = {path: count for path, count in counts.items() if count}
    licences = licences_of(statements)
    if not others:
        return Documents(statements, counts, names, licences, notes)
    told = translate(others, names, _known(statements))
    first = next(iter(others))
    for path, same in groupby(told.quads, lambda quad: told.files.get(quad.subject.value, first)):  # type: ignore[union-attr]
        statements.add(same, path)
    return Documents(statements, counts, names, {**licences, **told.licences}, [*notes, *told.warnings], told.unread)


def _parse(files: Iterable[Path]) -> tuple[dict[Path, list[ox.Quad]], list[Problem], list[Problem]]:
    """What each file says; what is wrong with those that can't be read; what there is to be told."""
    parsed: dict[Path, list[ox.Quad]] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for path in files:
        try:
            read = parse_file(path)
        except DataError as error:
            problems += error.problems
            continue
        parsed[path] = read.quads
        if read.prefixes:
            notes.append(
                Problem(str(path), 0, "", f"declares no prefixes of its own for some names; those of {read.prefixes.name} are taken")
            )
    return parsed, problems, notes


def _is_ours(quads: Iterable[ox.Quad]) -> bool:
    """Does one of these use a term of ours, or describe something of ours?"""
    terms, spaces = str(vocab.IL), OURS
    for quad in quads:
        if quad.predicate.value.startswith(terms) or (isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(spaces)):
            return True
        if quad.predicate.value == RDF_TYPE and isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(terms):
            return True
    return False


def _known(statements: Statements) -> Known:
    """What our own files describe, the entities among it, and the sources that are on record."""
    described = frozenset(map(str, statements.subjects))
    tiers = {str(node): values for node, properties in statements.subjects.items() if (values := properties.get(vocab.IL.tier))}
    entities = frozenset(
        str(node) for node, properties in statements.subjects.items() if not ENTITY_KINDS.keys().isdisjoint(properties.get(RDF.type, ()))
    )
    return Known(described, entities, frozenset(node for node, values in tiers.items() if any(str(value) == "P" for value in values)))


def empty(counts: Mapping[Path, int]) -> list[Problem]:
    """A warning for each file that has no statement, and isn't there for prefixes."""
    return [Problem(str(path), 0, "", SAYS_NOTHING) for path, count in counts.items() if not count and path.name != PREFIXES]


def names_of(files: Iterable[Path]) -> dict[Path, str]:
    """How files are called: by their names without .gz, and with their folders where two have one name."""
    plain = {path: path.name.removesuffix(PACKED) for path in files}
    times = Counter(plain.values())
    return {path: name if times[name] == 1 else f"{path.parent.name}/{name}" for path, name in plain.items()}
