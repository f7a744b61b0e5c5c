"""What the Python client gives: answers that turn into tables and graphs, and read well in a notebook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx
from click import unstyle

from interlock.graph.errors import InterlockError
from interlock.server import answer_html, output

if TYPE_CHECKING:
    import pandas as pd

Data = dict[str, Any]
Row = dict[str, object]
_EDGE = ("kind", "role", "label", "status", "sentence", "independentSources")


class MissingLibrary(InterlockError):
    """A library is needed that isn't installed."""


class Answered(ABC):
    """An answer; ``rows`` are its table."""

    @abstractmethod
    def rows(self) -> list[Row]:
        """Its table, a dictionary a row."""

    def to_dataframe(self) -> pd.DataFrame:
        """Its table as a pandas data frame. Raises ``MissingLibrary`` without pandas."""
        try:
            import pandas as pd
        except ImportError:
            raise MissingLibrary(
                "A data frame needs pandas: pip install pandas. Without it, rows() gives the same as dictionaries."
            ) from None
        return pd.DataFrame(self.rows())


@dataclass(frozen=True, repr=False)
class Paths(Answered):
    """Paths, and whether they are all; ``data`` is the ``PathConnection`` of the GraphQL schema."""

    data: Data
    title: str = ""

    @property
    def paths(self) -> list[Data]:
        """The paths, the best first, as GraphQL gives them."""
        return list(self.data["nodes"])

    @property
    def sentences(self) -> list[str]:
        """The paths in words."""
        return [path["sentence"] for path in self.data["nodes"]]

    @property
    def complete(self) -> bool:
        """Is nothing missing that was asked for? ``data["stoppedBy"]`` says why, if something is."""
        return bool(self.data["complete"])

    @property
    def no_path(self) -> str | None:
        """Why there is no path, and what would bring one; None if there is one."""
        said = self.data["noPath"]
        if said is None:
            return None
        ways = [f"{way['description']} ({way['length']} hops)" for way in said["relaxations"]]
        return str(said["reason"]) + (f" Would connect them: {'; '.join(ways)}." if ways else "")

    def __len__(self) -> int:
        return len(self.data["nodes"])

    def __iter__(self) -> Iterator[Data]:
        return iter(self.data["nodes"])

    def rows(self) -> list[Row]:
        """A row a hop: path, hop, from, to, kind, role, label, interval, observed, status, held_then, relationship, sources, sentence."""
        sentences = [hop["relationship"]["sentence"] for path in self.data["nodes"] for hop in path["hops"]]
        found = output.path_rows({"paths": self.data})
        return [{**row, "sentence": sentence} for row, sentence in zip(found, sentences, strict=True)]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The union of the paths: a node an entity (``name``, ``kind``), an edge a relationship, its key the relationship's id.

        An edge has ``kind``, ``role``, ``label``, ``status``, ``interval`` (EDTF), ``sentence``, ``independent_sources``, ``sources``
        (ids) and ``paths``, the numbers of the paths that take it. It leads from the source of the relationship to its target: a seat
        on a board leads to the company.
        """
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(version=self.data["datasetVersion"])
        for number, path in enumerate(self.data["nodes"], 1):
            for hop in path["hops"]:
                for tie in hop["parallel"]:
                    _add(graph, tie).setdefault("paths", []).append(number)
        return graph

    def __repr__(self) -> str:
        return _plain((self.title, *output.answer_text({"paths": self.data})))

    def _repr_html_(self) -> str:
        return answer_html.paths(self.title, self.data, self.no_path)


@dataclass(frozen=True, repr=False)
class Answer(Answered):
    """What a question in plain English was taken to be, and the paths that answer it; None if it wasn't understood."""

    data: Data

    @property
    def understood(self) -> bool:
        return bool(self.data["understood"])

    @property
    def interpretation(self) -> str:
        """What the question was taken to be, or what would be understood."""
        return str(self.data["interpretation"])

    @property
    def sentence(self) -> str:
        """The answer in a sentence."""
        return str(self.data["sentence"])

    @cached_property
    def paths(self) -> Paths | None:
        return Paths(self.data["paths"], self.interpretation) if self.data["paths"] else None

    def rows(self) -> list[Row]:
        """Those of its paths."""
        return self.paths.rows() if self.paths else []

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """That of its paths."""
        return self.paths.to_networkx() if self.paths else nx.MultiDiGraph()

    def __repr__(self) -> str:
        return repr(self.paths) if self.paths else f"{self.sentence}\n{self.interpretation}"

    def _repr_html_(self) -> str:
        return self.paths._repr_html_() if self.paths else answer_html.note(self.sentence, self.interpretation)


@dataclass(frozen=True, repr=False)
class Neighborhood(Answered):
    """Who is within some hops, and their relationships; ``complete`` is false where entities were left out."""

    title: str
    data: Data

    @property
    def complete(self) -> bool:
        return bool(self.data["complete"])

    def __len__(self) -> int:
        return len(self.data["nodes"])

    def rows(self) -> list[Row]:
        """A row a relationship: id, from, to, kind, role, label, interval, status, sentence."""
        return [
            {
                "id": tie["id"],
                "from": tie["source"]["name"],
                "to": tie["target"]["name"],
                **{name: tie[name] or "" for name in ("kind", "role", "label")},
                "interval": tie["interval"]["text"],
                **{name: tie[name] for name in ("status", "sentence")},
            }
            for tie in self.data["relationships"]
        ]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Its entities and relationships, with the attributes that those of ``Paths.to_networkx`` have, but for ``paths``."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(version=self.data["datasetVersion"])
        graph.add_nodes_from((each["id"], {"name": each["name"], "kind": each["kind"]}) for each in self.data["nodes"])
        for tie in self.data["relationships"]:
            _add(graph, tie)
        return graph

    def __repr__(self) -> str:
        ties = (f"- {tie['sentence']} {tie['status']}" for tie in self.data["relationships"])
        rest = "" if self.complete else "Entities are left out: ask for more with limit."
        return _plain((f"{self.title}: {len(self)} entities", *ties, rest))

    def _repr_html_(self) -> str:
        return answer_html.ties(f"{self.title}: {len(self)} entities", self.data["relationships"])


@dataclass(frozen=True, repr=False)
class Hits(Answered):
    """Entities found by a text, the best first."""

    text: str
    hits: Sequence[Data]

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Data]:
        return iter(self.hits)

    def rows(self) -> list[Row]:
        """A row a hit: id, name, kind, matched, score."""
        return list(output.hit_rows(self.hits))

    def __repr__(self) -> str:
        return _plain(output.hits_text(self.hits))

    def _repr_html_(self) -> str:
        return answer_html.table(f"Found by {self.text!r}", self.rows())


@dataclass(frozen=True, repr=False)
class Entity(Answered):
    """All that is known about one entity."""

    data: Data

    @property
    def id(self) -> str:
        return str(self.data["id"])

    @property
    def name(self) -> str:
        return str(self.data["name"])

    def rows(self) -> list[Row]:
        """A row a relationship: id, kind, role, interval, status, sentence, facts."""
        return list(output.tie_rows(self.data))

    def __repr__(self) -> str:
        return _plain(output.entity_text(self.data))

    def _repr_html_(self) -> str:
        return answer_html.entity(self.data)


def _plain(lines: Iterable[str]) -> str:
    """Lines without the colours of a terminal."""
    return unstyle("\n".join(lines)).strip()


def _add(graph: nx.MultiDiGraph[str], tie: Data) -> Data:
    """The attributes of a relationship's edge, added to the graph with its ends if it isn't there yet."""
    source, target = tie["source"]["id"], tie["target"]["id"]
    for end in (tie["source"], tie["target"]):
        graph.add_node(end["id"], name=end["name"], kind=end["kind"])
    if not graph.has_edge(source, target, tie["id"]):
        told = {output.snake(name): tie[name] for name in _EDGE}
        sources = list(dict.fromkeys(claim["source"]["id"] for claim in tie["claims"]))
        graph.add_edge(source, target, tie["id"], **told, interval=tie["interval"]["text"], sources=sources)
    found: Data = graph.edges[source, target, tie["id"]]
    return found
