"""The GraphQL documents that the command line asks; ``--format json`` prints their data as it comes."""

from __future__ import annotations

from typing import Final

_PATHS: Final = """
fragment Paths on PathConnection {
  complete stoppedBy excludedByDefault notes datasetVersion totalCount
  noPath { reason withinHops relaxations { description length } }
  nodes {
    id length status cost independentSources sentence
    from { id name kind } to { id name kind }
    heldTogether { certainty interval { text } }
    hops {
      traversal heldThen
      from { id name kind } to { id name kind }
      relationship { ...Tie }
      parallel { ...Told }
    }
    sources { id title publisher url published }
  }
}
fragment Told on Relationship {
  id sentence status
  claims { stance source { id title publisher published } }
}
fragment Tie on Relationship {
  id iri kind label inverseLabel role status sentence independentSources
  source { id name kind } target { id name kind }
  interval { text start end observed ongoing }
  claims {
    id stance status summary locator facts statedOn
    statedBy { id name }
    interval { text }
    source { id title publisher url published }
  }
}
"""

ASK: Final = (
    """
query Ask($question: String!) {
  ask(question: $question) {
    question understood interpretation sentence
    from { id name kind } to { id name kind }
    paths { ...Paths }
  }
}
"""
    + _PATHS
)

PATHS: Final = (
    """
query Paths($from: EntityRef!, $to: EntityRef!, $filter: PathFilter, $k: Int, $maxHops: Int, $rankBy: PathRanking) {
  paths(from: $from, to: $to, filter: $filter, k: $k, maxHops: $maxHops, rankBy: $rankBy) { ...Paths }
}
"""
    + _PATHS
)

_BRIEFLY: Final = "parallel { ...Told }"
_EDGE: Final = """
fragment Edge on Relationship {
  ...Told
  kind role label independentSources
  source { id name kind } target { id name kind }
  interval { text }
}
"""
ASK_IN_FULL: Final = ASK.replace(_BRIEFLY, "parallel { ...Edge }") + _EDGE
PATHS_IN_FULL: Final = PATHS.replace(_BRIEFLY, "parallel { ...Edge }") + _EDGE
"""The same with what the Python client needs of parallel relationships to make a network."""

NEIGHBORHOOD: Final = """
query Neighborhood($of: [EntityRef!]!, $hops: Int, $filter: PathFilter, $limit: Int) {
  neighborhood(of: $of, hops: $hops, filter: $filter, limit: $limit) {
    complete datasetVersion
    nodes { id name kind }
    relationships {
      id kind role label status sentence independentSources
      source { id name kind } target { id name kind }
      interval { text }
      claims { stance source { id title publisher published } }
    }
  }
}
"""

SEARCH: Final = """
query Search($text: String!, $first: Int) {
  search(text: $text, first: $first) { score matched entity { id name kind aliases description degree } }
}
"""

_INTERLOCKS: Final = """
fragment Interlocks on InterlockConnection {
  complete stoppedBy excludedByDefault sentence datasetVersion totalCount
  nodes { ...Link }
  neverMet { ...Link }
  perYear { year certain possible }
}
fragment Link on Interlock {
  direct status sentence
  company { id name } other { id name } through { id name }
  overlap { certainty interval { text } }
  shared {
    status
    person { id name }
    overlap { certainty interval { text } }
    seats { id role status company { id name } interval { text observed } }
  }
}
"""

INTERLOCKS: Final = (
    """
query Interlocks($ref: EntityRef!, $asOf: PartialDate, $during: String, $filter: RelationshipFilter, $indirect: Boolean) {
  entity(ref: $ref) {
    id name kind
    ... on HasBoard { interlocks(asOf: $asOf, during: $during, filter: $filter, indirect: $indirect, first: 500) { ...Interlocks } }
    ... on Person { interlocks(asOf: $asOf, during: $during, filter: $filter, indirect: $indirect, first: 500) { ...Interlocks } }
    ... on Board {
      company { interlocks(asOf: $asOf, during: $during, filter: $filter, indirect: $indirect, first: 500) { ...Interlocks } }
    }
  }
}
"""
    + _INTERLOCKS
)

INTERLOCKS_BETWEEN: Final = (
    """
query Between(
  $ref: EntityRef!, $other: EntityRef!, $asOf: PartialDate, $during: String, $filter: RelationshipFilter, $indirect: Boolean
) {
  interlocks(company: $ref, other: $other, asOf: $asOf, during: $during, filter: $filter, indirect: $indirect, first: 500) { ...Interlocks }
}
"""
    + _INTERLOCKS
)

COMPARE: Final = """
query Compare($from: EntityRef!, $to: EntityRef!, $dates: [PartialDate!]!, $filter: PathFilter, $k: Int, $maxHops: Int) {
  compare(from: $from, to: $to, dates: $dates, filter: $filter, k: $k, maxHops: $maxHops) {
    date sentence
    paths { complete stoppedBy totalCount notes nodes { id length status sentence } }
    opened { ...Change } closed { ...Change } changed { ...Change }
  }
}
fragment Change on LinkChange { before after sentence relationship { id kind status } }
"""

FRAGILITY: Final = """
query Fragility($from: EntityRef!, $to: EntityRef!, $filter: PathFilter, $maxHops: Int) {
  fragility(from: $from, to: $to, filter: $filter, maxHops: $maxHops) {
    sentence paths edgeDisjoint vertexDisjoint exact stoppedBy
    relationships { id kind status sentence } entities { id name kind } sources { id title publisher url }
  }
}
"""

LOOPS: Final = """
query Loops($of: EntityRef!, $filter: PathFilter, $maxLength: Int, $mixed: Boolean, $k: Int) {
  loops(of: $of, filter: $filter, maxLength: $maxLength, mixed: $mixed, k: $k) {
    complete stoppedBy excludedByDefault notes sentence
    nodes {
      id length kinds status sentence
      entities { id name kind }
      heldTogether { certainty interval { text } }
      hops { from { id } to { id } relationship { id kind } heldThen }
    }
  }
}
"""

BROKERS: Final = """
query Brokers(
  $of: [EntityRef!], $hops: Int, $between: [EntityRef!], $maxHops: Int, $filter: PathFilter, $kinds: [EntityKind!],
  $samples: Int, $first: Int
) {
  brokers(
    of: $of, hops: $hops, between: $between, maxHops: $maxHops, filter: $filter, kinds: $kinds, samples: $samples, first: $first
  ) {
    totalCount size exact samples complete stoppedBy notes sentence
    nodes { share low high sentence entity { id name kind } }
  }
}
"""

COINCIDENCES: Final = """
query Coincidences($between: EntityRef!, $and: EntityRef!, $withinDays: Int, $filter: RelationshipFilter, $first: Int) {
  coincidences(between: $between, and: $and, withinDays: $withinDays, filter: $filter, first: $first) {
    leastDays mostDays certainty status sentence
    one { event date { text } relationship { id kind label status } }
    other { event date { text } relationship { id kind label status } }
  }
}
"""

SHOW: Final = """
query Show($ref: EntityRef!) {
  entity(ref: $ref) {
    __typename id iri name kind aliases description sameAs degree interval { text }
    ... on Agreement { signed closed abandoned outcome amounts { ...Sum } }
    ... on Event { outcome amounts { ...Sum } }
    ... on Lawsuit { docketNumber court filed closed outcome amounts { ...Sum } }
    ... on RegulatoryAction { docketNumber filed closed outcome amounts { ...Sum } }
    ... on Board { company { id name } seats { ...Told } }
    relationships(first: 500, filter: { minStatus: RETRACTED }) { totalCount nodes { ...Told } }
    timeline(first: 500) { nodes { event date { text } relationship { id sentence } } }
  }
}
fragment Sum on Amount { value currency basis }
fragment Told on Relationship {
  id kind role status sentence interval { text }
  claims { stance status summary facts source { title publisher url published } }
}
"""
