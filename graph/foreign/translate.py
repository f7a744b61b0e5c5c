"""What files of others say as quads of ours, with what was left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from interlock.graph.errors import Problem
from interlock.graph.foreign.blank import stable_names
from interlock.graph.foreign.describing import describe
from interlock.graph.foreign.direct import direct_ties, truthy_ties
from interlock.graph.foreign.kinds import is_board
from interlock.graph.foreign.likeness import link
from interlock.graph.foreign.namespaces import RDF_TYPE
from interlock.graph.foreign.origins import DATASETS, PRIMARY, described, file_source, licence_of
from interlock.graph.foreign.references import referring
from interlock.graph.foreign.resolving import boards_of, fitting, kinds_of, on_companies, told_once
from interlock.graph.foreign.schema_org import role_ties, roles
from interlock.graph.foreign.ties import Tie
from interlock.graph.foreign.view import View, Whole
from interlock.graph.foreign.w3c_org import memberships, posts
from interlock.graph.foreign.wikidata import positions_held, statements
from interlock.graph.foreign.writing import Writer, apart, claim_iri, relationship_iris
from interlock.graph.origins import Unread


@dataclass(frozen=True)
class Known:
    """What our own files say of things that those of others may speak of: what they describe, what of it are entities, and which sources
    are on record."""

    described: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Translation:
    """Quads in our vocabulary; in which file each subject was met first; the licence of each file; what is missing; and what it takes to
    translate a part of the last file again."""

    quads: list[ox.Quad]
    files: Mapping[str, Path]
    licences: Mapping[Path, str]
    warnings: Sequence[Problem]
    unread: Sequence[Unread]
    whole: Whole


def translate(files: Mapping[Path, Sequence[ox.Quad]], names: Mapping[Path, str], known: Known) -> Translation:
    """Translate what these files say; ``names`` are theirs, as sources are called."""
    view, sources, source = View(), dict[Path, str](), ""
    blank = stable_names(quad for quads in files.values() for quad in quads)
    for path, quads in files.items():
        source = sources[path] = _add(view, path, quads, blank, names[path])
    titles = {file_source(name): name for name in names.values()}
    writer = Writer(known.confirmed)
    ties = ties_of(view)
    boards = boards_of(view, ties)
    ties = on_companies(ties, boards)
    kinds = kinds_of(view, ties)
    ties = told_once(fitting(view, ties, kinds))
    iris = relationship_iris(ties, {*kinds, *boards, *known.described})
    taken = {*kinds, *boards, *iris}
    for iri, tie in sorted(zip(iris, ties, strict=True), key=lambda pair: pair[0]):
        said_by = tuple(apart(source, taken) for source in tie.said_by)
        _place(view, iri, tie, said_by)
        writer.tie(iri, tie._replace(said_by=said_by))
    _describe(view, writer, kinds, boards, ties, known)
    cited = {by for tie in ties for by in tie.said_by}
    _cite(view, writer, cited, titles, known, taken)
    licences = {path: licence_of(view, by) for path, by in sources.items()}
    called_boards = frozenset(node for node in {*kinds, *boards} if is_board(view, node))
    whole = Whole(kinds, boards, called_boards, {by: apart(by, taken) for by in cited & taken}, source)
    return Translation(writer.quads, view.files, licences, tuple(sorted(set(view.warnings))), _unread(view), whole)


def _add(view: View, path: Path, quads: Iterable[ox.Quad], blank: Mapping[ox.BlankNode, str], name: str) -> str:
    """Add a file to what is viewed; the source of its default graph."""
    datasets = sorted({_iri(quad.subject, blank) for quad in quads if quad.predicate.value == RDF_TYPE and _is_dataset(quad.object)})
    source = datasets[0] if len(datasets) == 1 else file_source(name)
    say(view, quads, source, path, blank)
    return source


def say(view: View, quads: Iterable[ox.Quad], said_by: str, path: Path, blank: Mapping[ox.BlankNode, str]) -> None:
    """Add what these quads say to a view; ``blank`` has the IRIs of blank nodes, ``said_by`` is the source of what is in no graph."""
    for quad in quads:
        by = said_by if isinstance(quad.graph_name, ox.DefaultGraph) else _iri(quad.graph_name, blank)
        value = quad.object if isinstance(quad.object, ox.Literal) else _iri(quad.object, blank)
        view.add(_iri(quad.subject, blank), quad.predicate.value, value, by, path)


def _is_dataset(cls: object) -> bool:
    return isinstance(cls, ox.NamedNode) and cls.value.replace("http://schema.org/", "https://schema.org/") in DATASETS


def _iri(term: object, blank: Mapping[ox.BlankNode, str]) -> str:
    match term:
        case ox.NamedNode():
            return term.value
        case ox.BlankNode():
            return blank[term]
        case _:
            raise TypeError(f"neither an IRI nor a blank node: {term!r}")


def ties_of(view: View) -> list[Tie]:
    """All relationships that the readers find, in the order of the readers."""
    waiting = roles(view)
    found = (memberships(view), posts(view), role_ties(view), direct_ties(view, waiting), statements(view), positions_held(view))
    return [tie for ties in (*found, truthy_ties(view)) for tie in ties]


def _place(view: View, iri: str, tie: Tie, said_by: Iterable[str]) -> None:
    """Note the file in which a relationship, its ends, its claims and their sources are met first."""
    place = view.files.get(tie.node) or view.files_by.get(tie.said_by[0]) or view.files[tie.source]
    for node in (iri, tie.source, tie.target):
        view.files.setdefault(node, place)
    for source, written in zip(tie.said_by, said_by, strict=True):
        path = view.files_by.get(source, place)
        view.files.setdefault(written, path)
        view.files.setdefault(claim_iri(iri, written), path)


def _describe(view: View, writer: Writer, kinds: Mapping[str, str], boards: Mapping[str, str], ties: Iterable[Tie], known: Known) -> None:
    """Write every entity that our own files don't describe."""
    held: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        held[tie.source].append(tie)
    for node in sorted({*kinds, *boards} - known.described):
        describe(view, writer, node, kinds.get(node, ""), boards.get(node, ""), held[node])
    link(view, writer, {*kinds, *boards} - known.described, {*kinds, *boards, *known.entities})


def _cite(view: View, writer: Writer, sources: Iterable[str], titles: Mapping[str, str], known: Known, taken: Collection[str]) -> None:
    """Write every source that somebody's word is taken from, and those that it is derived from."""
    references = referring(view)
    seen = set(sources) - known.described
    waiting = sorted(seen)
    while waiting:
        source = waiting.pop()
        fields = described(view, source, titles, references)
        origins = {value for predicate, value, _ in fields if predicate == PRIMARY}
        links = [(predicate, apart(value, taken) if predicate == PRIMARY else value, is_iri) for predicate, value, is_iri in fields]
        writer.source(apart(source, taken), links)
        more = origins - known.described - seen
        seen |= more
        waiting += sorted(more)


def _unread(view: View) -> tuple[Unread, ...]:
    """What is left over, the most frequent first."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    examples: dict[tuple[str, str], str] = {}
    for what, iri, subject in view.left_over():
        counts[what, iri] += 1
        examples[what, iri] = min(examples.get((what, iri), subject), subject)
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(Unread(what, iri, counts[what, iri], view.called(examples[what, iri])) for what, iri in ordered)
