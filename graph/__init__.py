"""The domain: people, companies and agreements, their relationships, and the paths between them.

>>> from interlock.graph import Engine, load
>>> engine = Engine(load())
>>> engine.ask("How is Netflix connected to Meta's board?").answer.paths[0].entities[1].name
'Reed Hastings'
"""

from interlock.graph.engine import Engine, Limits
from interlock.graph.errors import AmbiguousEntity, BadInput, DataError, InterlockError, QuestionError, SameEntity, UnknownEntity
from interlock.graph.exports.formats import FORMATS, export
from interlock.graph.exports.multigraph import subgraph, table_rows, weighted_graph
from interlock.graph.filters import PathFilter, RelationshipFilter
from interlock.graph.knowledge import KnowledgeGraph
from interlock.graph.loading import load
from interlock.graph.model import Claim, Entity, EntityKind, Relationship, RelationshipKind, Source, Stance, Status
from interlock.graph.nearby import neighbourhood, shared_directors, shortest_path
from interlock.graph.paths import find_paths
from interlock.graph.question import Hop, Path, PathAnswer, PathQuestion, PathRanking, PathSelector
from interlock.graph.selection import Parameters, Selection, between, everything, interlocked, near, of_kinds, select

__all__ = [
    "FORMATS",
    "AmbiguousEntity",
    "BadInput",
    "Claim",
    "DataError",
    "Engine",
    "Entity",
    "EntityKind",
    "Hop",
    "InterlockError",
    "KnowledgeGraph",
    "Limits",
    "Parameters",
    "Path",
    "PathAnswer",
    "PathFilter",
    "PathQuestion",
    "PathRanking",
    "PathSelector",
    "QuestionError",
    "Relationship",
    "RelationshipFilter",
    "RelationshipKind",
    "SameEntity",
    "Selection",
    "Source",
    "Stance",
    "Status",
    "UnknownEntity",
    "between",
    "everything",
    "export",
    "find_paths",
    "interlocked",
    "load",
    "near",
    "neighbourhood",
    "of_kinds",
    "select",
    "shared_directors",
    "shortest_path",
    "subgraph",
    "table_rows",
    "weighted_graph",
]
