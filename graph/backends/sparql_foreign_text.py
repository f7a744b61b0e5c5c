"""The text of queries for data in the vocabularies of others: W3C ORG, FOAF and schema.org.

A relationship is one statement between two entities, or a thing between them (a membership, a post, a role), ``?m`` here: with what is said
of it and, as far as it is told by that, of what it leads to (its role, its interval, the interval's instants). The readers of
``interlock.graph.foreign`` make relationships of these statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, pairwise
from typing import Final

from interlock.graph.backends.sparql_text import TYPE, iris, listed
from interlock.graph.foreign.direct import JOB_TITLE, PROPERTIES, WORKS_FOR
from interlock.graph.foreign.kinds import CLASSES
from interlock.graph.foreign.likeness import DIFFERENT, SAME
from interlock.graph.foreign.namespaces import ORG, SCHEMA, SCHEMA_HTTP, TIME, all_of
from interlock.graph.foreign.naming import LABELS
from interlock.graph.foreign.origins import DATASETS
from interlock.graph.foreign.schema_org import GOODS, ROLES

AROUND: Final = ("m", "g", "s", "p", "o")
SAID: Final = ("g", "s", "p", "o")
"""The variables of queries: a statement with its graph, and the membership, post or role that it helps to tell."""


def _both(terms: Iterable[str]) -> list[str]:
    """Terms in both spellings of schema.org."""
    known = list(dict.fromkeys(terms))
    return known + [SCHEMA_HTTP + each.removeprefix(SCHEMA) for each in known if each.startswith(SCHEMA)]


_DIRECT: Final = _both(PROPERTIES)
_BY_ROLE: Final = _both([*(each for each in PROPERTIES if each.startswith(SCHEMA)), GOODS])
_JOB: Final = _both((JOB_TITLE, WORKS_FOR))
_ROLES: Final = _both(ROLES)
_MEMBERS: Final = all_of(ORG, "member heldBy")
_ENDS: Final = (*_MEMBERS, *all_of(ORG, "organization postIn"))
_HOLDS: Final = all_of(ORG, "hasMembership holds")
_HELD: Final = (*_HOLDS, ORG + "hasPost")
_TOLD_BY: Final = _both((
    *all_of(ORG, "role memberDuring"), *all_of(SCHEMA, "startDate endDate ownedFrom ownedThrough roleName namedPosition jobTitle"),
    *all_of(TIME, "hasBeginning hasEnd inDateTime hasDateTimeDescription"),
))  # fmt: skip
"""What leads to what tells more."""
_STEPS: Final = 3
"""How far that is at most: from a membership to its interval, an instant, and the parts of its date."""


class Text:
    """Queries of an endpoint that has statements in its ``default`` graph, in ``named`` ones, or in both apart from one another."""

    def __init__(self, default: bool, named: bool) -> None:
        self._default, self._named, self._graphs = default, named, count()

    def entities(self) -> Iterator[str]:
        """Conditions by which ``?v`` is an entity, or one of the ends of a relationship."""
        yield f"VALUES ?t {{ {iris(_both(CLASSES))} }} {self._so(f'?v {TYPE} ?t')}"
        yield f"VALUES ?p {{ {iris(_ENDS)} }} {self._so('?m ?p ?v')}"
        yield f"VALUES ?p {{ {iris(_HELD)} }} {self._so('?v ?p ?m')}"
        yield f"VALUES ?p {{ {iris(_both((*PROPERTIES, GOODS)))} }} {self._so('?m ?p ?v')} {self._no_role('?v')}"
        yield f"VALUES ?p {{ {iris(_DIRECT)} }} {self._so('?v ?p ?m')} {self._no_role('?v')}"

    def relationships(self) -> Iterator[str]:
        """Conditions that are met if there may be any relationship."""
        yield f"VALUES ?p {{ {iris((*_ENDS, *_HELD))} }} {self._so('?m ?p ?v')}"
        yield f"VALUES ?p {{ {iris(_DIRECT)} }} {self._so('?m ?p ?v')} FILTER(!isLITERAL(?v))"

    def elsewhere(self) -> str:
        """A condition by which ``?v`` is said to be the same as another, or different."""
        return f"VALUES ?p {{ {iris(_both((*SAME, DIFFERENT)))} }} {self._so('?v ?p ?other')}"

    def datasets(self) -> str:
        """A condition by which ``?v`` is a dataset."""
        return f"VALUES ?t {{ {iris(_both(DATASETS))} }} {self._so(f'?v {TYPE} ?t')}"

    def described(self, things: Iterable[str]) -> str:
        """A query for what is said of entities, but for relationships."""
        some = f"VALUES ?s {{ {iris(things)} }} {self._said('?s', '?p', '?o')}"
        return f"SELECT DISTINCT ?g ?s ?p ?o WHERE {{ {some} FILTER(?p NOT IN ({listed((*_DIRECT, *_HELD))})) }}"

    def likened(self, things: Iterable[str]) -> str:
        """A query for who these are said to be the same as, or different from."""
        some = f"VALUES ?s {{ {iris(things)} }} {self._said('?s', '?p', '?o')}"
        return f"SELECT DISTINCT ?g ?s ?p ?o WHERE {{ {some} FILTER(?p IN ({listed(_both((*SAME, DIFFERENT)))})) }}"

    def cited(self, sources: Iterable[str]) -> str:
        """A query for what is said of sources, and for the names of what they lead to."""
        some = f"VALUES ?r {{ {iris(sources)} }}"
        led = f"{some} {self._so('?r ?via ?s')} {self._said('?s', '?p', '?o')} FILTER(?p IN ({listed(_both(LABELS))}))"
        return f"SELECT DISTINCT ?g ?s ?p ?o WHERE {{ {{ {some} {self._said('?r', '?p', '?o')} BIND(?r AS ?s) }} UNION {{ {led} }} }}"

    def around(self, entities: Iterable[str], others: Iterable[str] = (), once: bool = False) -> str:
        """A query for all that says something of relationships of these entities; with ``others``, of those with one of them only.

        With ``once``, of those that begin at them: so that all are told if all entities are asked about.
        """
        these, those = f"VALUES ?e {{ {iris(entities)} }}", f"VALUES ?far {{ {with_} }}" if (with_ := iris(others)) else ""
        asked, between = f"{these} {those}", self._touching("?e", these, once) + (self._touching("?far", those) if those else "")
        direct = f"FILTER(?p IN ({listed(_DIRECT)}) && !isBLANK(?far))"
        parts = [
            f"{{ SELECT DISTINCT ?m WHERE {{ {between} }} }} {self._telling()}",
            f"{asked} {self._said('?e', '?p', '?far')} {direct} BIND(?e AS ?s) BIND(?far AS ?o)",
            f"{asked} {self._said('?e', '?p', '?o')} FILTER(?p IN ({listed(_JOB)})) BIND(?e AS ?s)",
        ]
        if not once:
            works = f"{self._so('?far ?for ?e')} FILTER(?for IN ({listed(_both([WORKS_FOR]))}))"
            parts += [
                f"{asked} {self._said('?far', '?p', '?e')} {direct} BIND(?far AS ?s) BIND(?e AS ?o)",
                f"{asked} {works} {self._said('?far', '?p', '?o')} FILTER(?p IN ({listed(_JOB)})) BIND(?far AS ?s)",
            ]
        return f"SELECT DISTINCT ?m ?g ?s ?p ?o WHERE {{ {' UNION '.join(f'{{ {part} }}' for part in parts)} }}"

    def others(self, entity: str) -> str:
        """Conditions by which ``?v`` is, or may be, at the other end of a relationship of this entity."""
        asked = f"VALUES ?e {{ {iris([entity])} }}"
        parts = (
            f"{asked} {self._so('?e ?p ?v')} FILTER(?p IN ({listed(_DIRECT)}))",
            f"{asked} {self._so('?v ?p ?e')} FILTER(?p IN ({listed(_DIRECT)}))",
            f"{{ SELECT DISTINCT ?m WHERE {{ {self._touching('?e', asked)} }} }} {self._ends()}",
        )
        return " UNION ".join(f"{{ {part} }}" for part in parts)

    def _touching(self, end: str, asked: str, begins: bool = False) -> str:
        """``?m`` stands between two ends, of which this is one of those that are asked about; the one where it ``begins``, if so."""
        name = end.removeprefix("?")
        role = f"?m {TYPE} ?role_{name}"
        by_role = f"FILTER(?at_{name} IN ({listed(_BY_ROLE)}) && ?role_{name} IN ({listed(_ROLES)}))"
        # One property at a time: to look for any of them takes Virtuoso ten times as long.
        ways = [self._so(f"?m <{each}> {end}") for each in (_MEMBERS if begins else _ENDS)]
        ways += [self._so(f"{end} <{each}> ?m") for each in (_HOLDS if begins else _HELD)]
        ways.append(f"{self._so(f'{end} ?at_{name} ?m', role)} {by_role}")
        ways += [] if begins else [f"{self._so(f'?m ?at_{name} {end}', role)} {by_role}"]
        return f"{{ {' UNION '.join(f'{{ {asked} {way} }}' for way in ways)} }}"

    def _ends(self) -> str:
        """``?v`` is an end of ``?m``."""
        to, from_ = listed((*_ENDS, *_BY_ROLE)), listed((*_HELD, *_BY_ROLE))
        return f"{{ {{ {self._so('?m ?p ?v')} FILTER(?p IN ({to})) }} UNION {{ {self._so('?v ?p ?m')} FILTER(?p IN ({from_})) }} }}"

    def _telling(self) -> str:
        """What is said of ``?m``, what leads to it, and what is said of that by which it is told."""
        ways = [f"{self._said('?m', '?p', '?o')} BIND(?m AS ?s)"]
        ways.append(f"{self._said('?s', '?p', '?m')} FILTER(isBLANK(?m) || ?p IN ({listed((*_HELD, *_BY_ROLE))})) BIND(?m AS ?o)")
        for steps in range(1, _STEPS + 1):
            nodes = ["?m", *(f"?x{step}" for step in range(1, steps)), "?s"]
            led = [f"{one} ?by{step} {other}" for step, (one, other) in enumerate(pairwise(nodes))]
            told = [f"(isBLANK({node}) || ?by{step} IN ({listed(_TOLD_BY)}))" for step, node in enumerate(nodes[1:])]
            ways.append(f"{self._so(*led)} {self._said('?s', '?p', '?o')} FILTER({' && '.join(told)})")
        return f"{{ {' UNION '.join(f'{{ {way} }}' for way in ways)} }}"

    def _no_role(self, thing: str) -> str:
        return f"FILTER NOT EXISTS {{ {self._so(f'{thing} {TYPE} ?its_role')} FILTER(?its_role IN ({listed(_ROLES)})) }}"

    def _so(self, *triples: str) -> str:
        """These are stated somewhere."""
        if not (self._default and self._named):
            return " ".join(f"{each} ." for each in triples)
        return " ".join(f"{{ {{ {each} }} UNION {{ GRAPH ?in{next(self._graphs)} {{ {each} }} }} }}" for each in triples)

    def _said(self, subject: str, predicate: str, value: str) -> str:
        """A statement and, as ``?g``, the graph that it is in."""
        triple = f"{subject} {predicate} {value}"
        ways = [f"{{ {triple} }}"] * self._default + [f"{{ GRAPH ?g {{ {triple} }} }}"] * self._named
        return f"{{ {' UNION '.join(ways)} }}"
