"""Makes one entity of several in RDF, before it becomes records: so whatever refers to one of them refers to the one that is left.

The one left has all that was said of the others. Where it may have one value only, its own counts, then that of the next in the order of
IRIs; what is left out is told in a note. Other names become aliases, other IRIs ``schema:sameAs``. So an export says what was merged, and
loads again as the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from typing import Any, Final

import pyoxigraph as ox
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, SDO, SKOS
from rdflib.term import Node

import interlock.seeds.vocab as vocab
from interlock.graph.convert_entities import ENTITY_KINDS
from interlock.graph.decisions import SAME as DECIDED_SAME
from interlock.graph.decisions import contradictions
from interlock.graph.errors import DataError
from interlock.graph.rdf import Statements, abbreviate, term_of
from interlock.graph.sameness import Pair, Said, Sameness, Tied, decide, key_of

IL = vocab.IL
Properties = Mapping[URIRef, list[Node]]
SAME_AS: Final = (SDO.sameAs, OWL.sameAs, SKOS.exactMatch)
"""What says that two are one; the first is the one that is kept."""
_SINGLE: Final = (
    SDO.name, DCTERMS.description, IL.during, ORG.unitOf, IL.signed, IL.caseNumber, IL.court, IL.fileDate, IL.closeDate, IL.abandoned,
    IL.outcome,
)  # fmt: skip
"""Of what an entity may have one value only."""
_NARROWER: Final = (SDO.Corporation, ORG.ChangeEvent)
"""Of several types of one thing these count."""
ENDS: Final = frozenset({
    *(term.source for term in vocab.RELATIONSHIP_TERMS.values()),
    *(term.target for term in vocab.RELATIONSHIP_TERMS.values()),
    ORG.originalOrganization,
    ORG.resultingOrganization,
})  # fmt: skip
"""What leads from a relationship, or from a change, to those between whom it is."""


_SHOWN: Final = 80
"""Letters of a value that a note shows."""
_LINKS: Final = frozenset(map(str, SAME_AS))
_NAME, _TYPE, _ALIAS = str(SDO.name), str(RDF.type), str(SKOS.altLabel)
_SINGLES: Final = frozenset(map(str, _SINGLE))
_CLASSES: Final = frozenset(map(str, ENTITY_KINDS))
_LINK, _OTHER_NAME, _DIFFERENT = (ox.NamedNode(str(each)) for each in (SAME_AS[0], SKOS.altLabel, OWL.differentFrom))


@dataclass(frozen=True)
class Merging:
    """How statements change.

    ``becomes`` tells of each entity that goes who is left in its place, ``members`` of each that is merged, the one left too. ``owners``
    tells whose value of a property counts, ``names`` and ``types`` what the one left is called and is; all of these by its IRI.
    """

    said: Said
    becomes: Mapping[str, str]
    members: Mapping[str, str]
    owners: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    types: Mapping[str, str]

    def touches(self, quad: ox.Quad) -> bool:
        """May this statement change?"""
        subject, value = _iri(quad.subject), _iri(quad.object)
        links = quad.predicate.value in _LINKS and (subject in self.said.kinds or subject in self.said.elsewhere)
        return links or subject in self.members or value in self.becomes

    def rewritten(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        """What a statement becomes."""
        if not self.touches(quad):
            yield quad
            return
        subject, predicate, value = _iri(quad.subject), quad.predicate.value, _iri(quad.object)
        if predicate in _LINKS and (subject in self.said.kinds or subject in self.said.elsewhere):
            yield from self._link(quad, subject, value)
        elif subject in self.members and predicate == _TYPE and value in _CLASSES:
            yield self._quad(quad, value=self.types[self.members[subject]])
        elif subject not in self.members or self.owners.get((self.members[subject], predicate), subject) == subject:
            if not (subject in self.members and predicate == _ALIAS and self._is_name(quad, subject)):
                yield self._quad(quad)
        elif predicate == _NAME and not self._is_name(quad, subject):
            yield ox.Quad(self._of(quad.subject), _OTHER_NAME, quad.object, quad.graph_name)

    def added(self, different: Iterable[Pair]) -> Iterator[ox.Quad]:
        """What is to be said besides: what those that are left were called, and who is different."""
        for other, survivor in self.becomes.items():
            yield ox.Quad(ox.NamedNode(survivor), _LINK, ox.NamedNode(other))
        for one, other in different:
            yield ox.Quad(self._of(ox.NamedNode(one)), _DIFFERENT, self._of(ox.NamedNode(other)))

    def _link(self, quad: ox.Quad, subject: str, value: str) -> Iterator[ox.Quad]:
        """A link in the words that are kept, from the entity; none among those that are merged."""
        one, other = (quad.object, quad.subject) if subject in self.said.elsewhere else (quad.subject, quad.object)
        if value in self.said.kinds and self.becomes.get(value, value) == self.becomes.get(subject, subject):
            return
        if subject not in self.said.elsewhere or value in self.said.kinds:
            yield ox.Quad(self._of(one), _LINK, other, quad.graph_name)

    def _is_name(self, quad: ox.Quad, subject: str) -> bool:
        return isinstance(quad.object, ox.Literal) and quad.object.value.strip() == self.names.get(self.members[subject])

    def _quad(self, quad: ox.Quad, value: str = "") -> ox.Quad:
        return ox.Quad(self._of(quad.subject), quad.predicate, ox.NamedNode(value) if value else self._of(quad.object), quad.graph_name)

    def _of(self, node: Any) -> Any:
        return ox.NamedNode(self.becomes[node.value]) if _iri(node) in self.becomes else node


def merge(statements: Statements) -> tuple[Statements, tuple[str, ...]]:
    """The same with one entity in place of several, and notes on that. Raises ``DataError`` where what is declared contradicts itself."""
    merging, different, notes = plan_alone(statements)
    return changed(statements, merging, different), notes


def plan_alone(statements: Statements) -> tuple[Merging | None, list[Pair], tuple[str, ...]]:
    """As ``plan``, by what these statements say."""
    return plan(statements, gather(statements.subjects), partial(tied, statements.subjects))


def changed(statements: Statements, merging: Merging | None, different: Iterable[Pair]) -> Statements:
    """Statements as they become."""
    if merging is None:
        return statements
    made = Statements(lines=statements.lines)
    for quad in statements.quads:
        for new in merging.rewritten(quad):
            made.add([new], statements.files.get(term_of(new.subject)) or statements.files[term_of(quad.subject)])
    for new in merging.added(different):
        made.add([new], statements.files[term_of(new.subject)])
    return made


def plan(statements: Statements, said: Said, tied: Tied) -> tuple[Merging | None, list[Pair], tuple[str, ...]]:
    """How statements change, None if they don't; who is decided to be different; notes. Raises ``DataError`` as ``merge`` does."""
    different = _decided(statements, said)
    found = decide(said, tied)
    if found.faults:
        raise DataError([statements.problem(URIRef(iri), message) for iri, message in found.faults])
    merging, notes = _merging(statements.subjects, said, found), found.notes + list(_left_out(statements.subjects, found))
    told = tuple(sorted(f"{abbreviate(URIRef(iri))}: {message}" for iri, message in notes))
    foreign = any(not statements.subjects[URIRef(iri)].keys().isdisjoint(SAME_AS[1:]) for iri in said.kinds)
    itself = any(one == other for one, other in said.same)  # which says nothing, and is left out
    return merging if found.groups or different or said.elsewhere or foreign or itself else None, different, told


def gather(subjects: Mapping[Node, Properties]) -> Said:
    """What statements say of who is who."""
    said = Said()
    for node, properties in subjects.items():
        kinds = [ENTITY_KINDS[cls] for cls in properties.get(RDF.type, ()) if cls in ENTITY_KINDS]
        if kinds and isinstance(node, URIRef):
            said.kinds[str(node)] = kinds[0]
            keys = {key for value in _values(properties, (DCTERMS.identifier, *SAME_AS)) if (key := key_of(value))}
            if keys:
                said.keys[str(node)] = frozenset(keys)
            said.unit_of.update((str(node), company) for company in _values(properties, (ORG.unitOf,)))
    for node, properties in subjects.items():
        iri, others = str(node), [each for each in _values(properties, SAME_AS) if each in said.kinds]
        if iri in said.kinds:
            said.same.extend((iri, other) for other in others)
        elif others and RDF.type not in properties and isinstance(node, URIRef):
            said.elsewhere.add(iri)
            said.same.extend(pairwise(others))
            said.keys.update((other, said.keys.get(other, frozenset()) | {key}) for other in others if (key := key_of(iri)))
        said.different.extend((iri, other) for other in _values(properties, (OWL.differentFrom,)))
    return said


def tied(subjects: Mapping[Node, Properties], members: Collection[str]) -> Iterator[Pair]:
    """The pairs among these entities that have a relationship with one another."""
    among = set(members)
    for properties in subjects.values() if among else ():
        ends = {each for each in _values(properties, ENDS & properties.keys()) if each in among}
        yield from combinations(sorted(ends), 2)


def _decided(statements: Statements, said: Said) -> list[Pair]:
    """Enter what was decided; the pairs that are different. Raises ``DataError`` with every row that can't be applied."""
    rows, different = [row for row in statements.decisions if row.decision], []
    problems, names = contradictions(rows), _names(statements.subjects, said) if rows else {}
    for row in rows:
        one, other = (names.get(iri if ":" in iri else f"{vocab.BASE}{iri}") for iri in row.pair)
        if one is None or other is None:
            missing = row.pair[0] if one is None else row.pair[1]
            problems.append(row.problem(f"speaks of {missing}, which is not in the data. Mend the id, or remove the row"))
        elif row.decision == DECIDED_SAME:
            said.same.append((one, other))
        elif one == other:
            problems.append(row.problem(f"decides that {' and '.join(row.pair)} are different, but the data has them as one entity, {one}"))
        else:
            said.different.append((one, other))
            different.append((one, other))
    if problems:
        raise DataError(problems)
    return different


def _names(subjects: Mapping[Node, Properties], said: Said) -> dict[str, str]:
    """By which IRIs entities can be named → the entity: its own, and those that it is declared to be the same as."""
    linked = {link: iri for iri in said.kinds for link in _values(subjects[URIRef(iri)], SAME_AS)}
    return linked | {iri: iri for iri in said.kinds}


def _merging(subjects: Mapping[Node, Properties], said: Said, found: Sameness) -> Merging:
    owners: dict[tuple[str, str], str] = {}
    names, types = {}, {}
    for survivor, members in found.groups.items():
        described = [(member, subjects[URIRef(member)]) for member in members]
        for predicate in _SINGLE:
            owner = next((member for member, properties in described if predicate in properties), None)
            if owner is not None:
                owners[survivor, str(predicate)] = owner
        names[survivor] = next((str(each[SDO.name][0]).strip() for _, each in described if SDO.name in each), "")
        classes = [cls for _, each in described for cls in each[RDF.type] if cls in ENTITY_KINDS]
        types[survivor] = str(next((cls for cls in _NARROWER if cls in classes), classes[0]))
    into = {member: survivor for survivor, group in found.groups.items() for member in group}
    return Merging(said, {member: survivor for member, survivor in into.items() if member != survivor}, into, owners, names, types)


def _left_out(subjects: Mapping[Node, Properties], found: Sameness) -> Iterator[Pair]:
    """The values that don't count, since another one does that says something else."""
    for survivor, members in found.groups.items():
        for predicate in _SINGLE[1:]:
            said = [(member, value) for member in members for value in _values(subjects[URIRef(member)], (predicate,))]
            for member, value in said[1:]:
                if value != said[0][1] and predicate != ORG.unitOf:
                    kept, other = (repr(textwrap.shorten(text, _SHOWN, placeholder="…")) for text in (said[0][1], value))
                    yield survivor, f"keeps {abbreviate(predicate)} {kept}; {other} of {abbreviate(URIRef(member))} is left out"


def _values(properties: Properties, predicates: Iterable[URIRef]) -> Iterator[str]:
    return (str(value) for predicate in predicates for value in properties.get(predicate, ()))


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
