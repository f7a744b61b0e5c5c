// Made by `npm run types` of api.graphql and the schema.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Certainty =
  | 'CERTAIN'
  | 'IMPOSSIBLE'
  | 'POSSIBLE';

export type EntityKind =
  | 'AGREEMENT'
  | 'BOARD'
  | 'COMPANY'
  | 'EVENT'
  | 'LAWSUIT'
  | 'ORGANIZATION'
  | 'PERSON'
  | 'PRODUCT'
  | 'REGULATORY_ACTION';

export type PathFilter = {
  avoid?: Array<string> | null | undefined;
  direction?: Traversal | null | undefined;
  entityKinds?: Array<EntityKind> | null | undefined;
  excludeEntityKinds?: Array<EntityKind> | null | undefined;
  heldTogether?: boolean | null | undefined;
  maxTransitDegree?: number | null | undefined;
  mustPass?: Array<string> | null | undefined;
  relationships?: RelationshipFilter | null | undefined;
};

export type RelationshipFilter = {
  asOf?: string | null | undefined;
  certainty?: Certainty | null | undefined;
  during?: string | null | undefined;
  excludeKinds?: Array<RelationshipKind> | null | undefined;
  excludeSources?: Array<string | number> | null | undefined;
  kinds?: Array<RelationshipKind> | null | undefined;
  minIndependentSources?: number | null | undefined;
  minStatus?: Status | null | undefined;
  sources?: Array<string | number> | null | undefined;
  statuses?: Array<Status> | null | undefined;
};

export type RelationshipKind =
  | 'ACQUISITION'
  | 'ASSOCIATION'
  | 'BOARD_SEAT'
  | 'FOUNDING'
  | 'INVESTMENT'
  | 'INVOLVEMENT'
  | 'OPERATION'
  | 'OWNERSHIP'
  | 'PARTY'
  | 'PERSONAL'
  | 'POSITION';

export type Stance =
  | 'CONTRADICTS'
  | 'SUPPORTS';

export type Status =
  | 'ALLEGED'
  | 'CONFIRMED'
  | 'DISMISSED'
  | 'DISPUTED'
  | 'REPORTED'
  | 'RETRACTED';

export type StopReason =
  | 'COMPLETE'
  | 'DEADLINE'
  | 'HOP_LIMIT'
  | 'PATH_LIMIT'
  | 'STEP_BUDGET';

export type TimelineEvent =
  | 'ENDED'
  | 'HAPPENED'
  | 'STARTED';

export type Traversal =
  | 'FORWARD'
  | 'REVERSE';

export type EntityFieldsFragment = { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null };

export type TieFieldsFragment = { id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } };

export type PathFieldsFragment = { id: string, length: number, status: Status, sentence: string, independentSources: number, heldTogether: { certainty: Certainty, interval: { text: string } | null }, hops: Array<{ heldThen: Certainty | null, from: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, to: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, relationship: { id: string }, parallel: Array<{ id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } }> }> };

export type FoundFieldsFragment = { complete: boolean, stoppedBy: StopReason, excludedByDefault: Array<string>, datasetVersion: string, nodes: Array<{ id: string, length: number, status: Status, sentence: string, independentSources: number, heldTogether: { certainty: Certainty, interval: { text: string } | null }, hops: Array<{ heldThen: Certainty | null, from: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, to: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, relationship: { id: string }, parallel: Array<{ id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } }> }> }>, noPath: { reason: string, withinHops: number, relaxations: Array<{ description: string, length: number }> } | null };

export type AskQueryVariables = Exact<{
  question: string;
}>;


export type AskQuery = { ask: { understood: boolean, interpretation: string, sentence: string, from: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } | null, to: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } | null, paths: { complete: boolean, stoppedBy: StopReason, excludedByDefault: Array<string>, datasetVersion: string, nodes: Array<{ id: string, length: number, status: Status, sentence: string, independentSources: number, heldTogether: { certainty: Certainty, interval: { text: string } | null }, hops: Array<{ heldThen: Certainty | null, from: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, to: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, relationship: { id: string }, parallel: Array<{ id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } }> }> }>, noPath: { reason: string, withinHops: number, relaxations: Array<{ description: string, length: number }> } | null } | null } | null };

export type PathsQueryVariables = Exact<{
  from: string;
  to: string;
  filter?: PathFilter | null | undefined;
  maxHops: number;
}>;


export type PathsQuery = { from: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } | null, to: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } | null, paths: { complete: boolean, stoppedBy: StopReason, excludedByDefault: Array<string>, datasetVersion: string, nodes: Array<{ id: string, length: number, status: Status, sentence: string, independentSources: number, heldTogether: { certainty: Certainty, interval: { text: string } | null }, hops: Array<{ heldThen: Certainty | null, from: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, to: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, relationship: { id: string }, parallel: Array<{ id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } }> }> }>, noPath: { reason: string, withinHops: number, relaxations: Array<{ description: string, length: number }> } | null } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  first: number;
}>;


export type SearchQuery = { search: Array<{ matched: string, entity: { id: string, kind: EntityKind, name: string, description: string | null } }> };

export type ExpandQueryVariables = Exact<{
  of: string;
  filter?: RelationshipFilter | null | undefined;
  first: number;
}>;


export type ExpandQuery = { entity: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, relationships: { totalCount: number, nodes: Array<{ id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } }> }, interval: { text: string, observed: Array<string> } | null } | null };

export type AroundQueryVariables = Exact<{
  of: string;
  filter?: RelationshipFilter | null | undefined;
  nearby?: PathFilter | null | undefined;
  limit: number;
}>;


export type AroundQuery = { entity: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, relationships: { totalCount: number }, interval: { text: string, observed: Array<string> } | null } | null, neighborhood: { relationships: Array<{ id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } }> } | null };

export type DetailQueryVariables = Exact<{
  id: string | number;
}>;


export type DetailQuery = { relationship: { id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, amounts: Array<{ value: string, currency: string, basis: string | null }>, claims: Array<{ id: string, stance: Stance, status: Status, summary: string | null, quote: string | null, locator: string | null, interval: { text: string, observed: Array<string> } | null, statedBy: { id: string, name: string } | null, source: { id: string, title: string, publisher: string | null, url: string | null, published: string | null, tier: string | null } }>, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } } | null, entity: { iri: string, aliases: Array<string>, sameAs: Array<string>, id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, timeline: { totalCount: number, nodes: Array<{ event: TimelineEvent, date: { text: string, observed: Array<string> }, relationship: { id: string, kind: RelationshipKind, label: string, inverseLabel: string, role: string | null, status: Status, independentSources: number, sentence: string, interval: { text: string, observed: Array<string> }, source: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null }, target: { id: string, slug: string, kind: EntityKind, name: string, description: string | null, degree: number, interval: { text: string, observed: Array<string> } | null } } }> }, interval: { text: string, observed: Array<string> } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const EntityFieldsFragmentDoc = new TypedDocumentString(`
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
    `, {"fragmentName":"EntityFields"}) as unknown as TypedDocumentString<EntityFieldsFragment, unknown>;
export const TieFieldsFragmentDoc = new TypedDocumentString(`
    fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}`, {"fragmentName":"TieFields"}) as unknown as TypedDocumentString<TieFieldsFragment, unknown>;
export const PathFieldsFragmentDoc = new TypedDocumentString(`
    fragment PathFields on Path {
  id
  length
  status
  sentence
  independentSources
  heldTogether {
    certainty
    interval {
      text
    }
  }
  hops {
    heldThen
    from {
      ...EntityFields
    }
    to {
      ...EntityFields
    }
    relationship {
      id
    }
    parallel {
      ...TieFields
    }
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}`, {"fragmentName":"PathFields"}) as unknown as TypedDocumentString<PathFieldsFragment, unknown>;
export const FoundFieldsFragmentDoc = new TypedDocumentString(`
    fragment FoundFields on PathConnection {
  nodes {
    ...PathFields
  }
  complete
  stoppedBy
  excludedByDefault
  noPath {
    reason
    withinHops
    relaxations {
      description
      length
    }
  }
  datasetVersion
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}
fragment PathFields on Path {
  id
  length
  status
  sentence
  independentSources
  heldTogether {
    certainty
    interval {
      text
    }
  }
  hops {
    heldThen
    from {
      ...EntityFields
    }
    to {
      ...EntityFields
    }
    relationship {
      id
    }
    parallel {
      ...TieFields
    }
  }
}`, {"fragmentName":"FoundFields"}) as unknown as TypedDocumentString<FoundFieldsFragment, unknown>;
export const AskDocument = new TypedDocumentString(`
    query Ask($question: String!) {
  ask(question: $question) {
    understood
    interpretation
    sentence
    from {
      ...EntityFields
    }
    to {
      ...EntityFields
    }
    paths {
      ...FoundFields
    }
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}
fragment PathFields on Path {
  id
  length
  status
  sentence
  independentSources
  heldTogether {
    certainty
    interval {
      text
    }
  }
  hops {
    heldThen
    from {
      ...EntityFields
    }
    to {
      ...EntityFields
    }
    relationship {
      id
    }
    parallel {
      ...TieFields
    }
  }
}
fragment FoundFields on PathConnection {
  nodes {
    ...PathFields
  }
  complete
  stoppedBy
  excludedByDefault
  noPath {
    reason
    withinHops
    relaxations {
      description
      length
    }
  }
  datasetVersion
}`) as unknown as TypedDocumentString<AskQuery, AskQueryVariables>;
export const PathsDocument = new TypedDocumentString(`
    query Paths($from: EntityRef!, $to: EntityRef!, $filter: PathFilter, $maxHops: Int!) {
  from: entity(ref: $from) {
    ...EntityFields
  }
  to: entity(ref: $to) {
    ...EntityFields
  }
  paths(from: $from, to: $to, filter: $filter, maxHops: $maxHops) {
    ...FoundFields
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}
fragment PathFields on Path {
  id
  length
  status
  sentence
  independentSources
  heldTogether {
    certainty
    interval {
      text
    }
  }
  hops {
    heldThen
    from {
      ...EntityFields
    }
    to {
      ...EntityFields
    }
    relationship {
      id
    }
    parallel {
      ...TieFields
    }
  }
}
fragment FoundFields on PathConnection {
  nodes {
    ...PathFields
  }
  complete
  stoppedBy
  excludedByDefault
  noPath {
    reason
    withinHops
    relaxations {
      description
      length
    }
  }
  datasetVersion
}`) as unknown as TypedDocumentString<PathsQuery, PathsQueryVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($text: String!, $first: Int!) {
  search(text: $text, first: $first) {
    matched
    entity {
      id
      kind
      name
      description
    }
  }
}
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const ExpandDocument = new TypedDocumentString(`
    query Expand($of: EntityRef!, $filter: RelationshipFilter, $first: Int!) {
  entity(ref: $of) {
    ...EntityFields
    relationships(filter: $filter, first: $first) {
      totalCount
      nodes {
        ...TieFields
      }
    }
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}`) as unknown as TypedDocumentString<ExpandQuery, ExpandQueryVariables>;
export const AroundDocument = new TypedDocumentString(`
    query Around($of: EntityRef!, $filter: RelationshipFilter, $nearby: PathFilter, $limit: Int!) {
  entity(ref: $of) {
    ...EntityFields
    relationships(filter: $filter, first: 0) {
      totalCount
    }
  }
  neighborhood(of: [$of], filter: $nearby, limit: $limit) {
    relationships {
      ...TieFields
    }
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}`) as unknown as TypedDocumentString<AroundQuery, AroundQueryVariables>;
export const DetailDocument = new TypedDocumentString(`
    query Detail($id: ID!) {
  relationship: node(id: $id) {
    ... on Relationship {
      ...TieFields
      amounts {
        value
        currency
        basis
      }
      claims {
        id
        stance
        status
        summary
        quote
        locator
        interval {
          text
          observed
        }
        statedBy {
          id
          name
        }
        source {
          id
          title
          publisher
          url
          published
          tier
        }
      }
    }
  }
  entity: node(id: $id) {
    ... on Entity {
      ...EntityFields
      iri
      aliases
      sameAs
      timeline(first: 200) {
        totalCount
        nodes {
          event
          date {
            text
            observed
          }
          relationship {
            ...TieFields
          }
        }
      }
    }
  }
}
    fragment EntityFields on Entity {
  id
  slug
  kind
  name
  description
  degree
  interval {
    text
    observed
  }
}
fragment TieFields on Relationship {
  id
  kind
  label
  inverseLabel
  role
  status
  independentSources
  sentence
  interval {
    text
    observed
  }
  source {
    ...EntityFields
  }
  target {
    ...EntityFields
  }
}`) as unknown as TypedDocumentString<DetailQuery, DetailQueryVariables>;