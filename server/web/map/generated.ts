// Made by `npm run types` of api.graphql and the schema.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Three-valued truth about time, since dates are known only in part. */
export type Certainty =
  /** True whatever the unknown parts of the dates are. */
  | 'CERTAIN'
  /** True for nothing that the dates can mean. */
  | 'IMPOSSIBLE'
  /** True for some of what the dates can mean. */
  | 'POSSIBLE';

/** What an entity is. */
export type EntityKind =
  /** A contract, partnership or deal between parties, whether or not it is proven to exist (see the status of its parties). */
  | 'AGREEMENT'
  /** The board of directors of a company. It can be an end of a path, and is never passed through. */
  | 'BOARD'
  /** A business: a corporation, partnership or firm. */
  | 'COMPANY'
  /** Something that happened: a filing, a ruling, a publication. */
  | 'EVENT'
  /** A case before a court. */
  | 'LAWSUIT'
  /** Any other body: a non-profit, a public authority, a court's class of plaintiffs. */
  | 'ORGANIZATION'
  /** A human being. */
  | 'PERSON'
  /** A product or service. */
  | 'PRODUCT'
  /** An investigation, decision, order or fine by an authority. */
  | 'REGULATORY_ACTION';

/** Which paths count; applied inside the search, never after it. */
export type PathFilter = {
  /** None of these in between. */
  avoid?: Array<string> | null | undefined;
  /** Take all relationships this way; null: either way. */
  direction?: Traversal | null | undefined;
  /** Only these kinds of entity in between. */
  entityKinds?: Array<EntityKind> | null | undefined;
  /** None of these kinds in between. */
  excludeEntityKinds?: Array<EntityKind> | null | undefined;
  /** Only paths all of whose hops possibly held at one time (surely, with certainty CERTAIN). */
  heldTogether?: boolean | null | undefined;
  /** Nobody in between with more relationships than this: a hub may be an end, not a passage. */
  maxTransitDegree?: number | null | undefined;
  /** All of these in between, in any order. */
  mustPass?: Array<string> | null | undefined;
  /** Which relationships a path may take. */
  relationships?: RelationshipFilter | null | undefined;
};

/** Which relationships count. A filter that contradicts itself is refused. */
export type RelationshipFilter = {
  /** What held at some time within this date: `2015`, `2012-10-09`. */
  asOf?: string | null | undefined;
  /** CERTAIN: only what surely held at the time given by `asOf` or `during`. */
  certainty?: Certainty | null | undefined;
  /** What held at some time within this EDTF interval: `2011/2014`, `2019/..`. */
  during?: string | null | undefined;
  /** None of these kinds. */
  excludeKinds?: Array<RelationshipKind> | null | undefined;
  /** Nothing that only these sources support. */
  excludeSources?: Array<string | number> | null | undefined;
  /** Only these kinds. */
  kinds?: Array<RelationshipKind> | null | undefined;
  /** Only what so many sources support that don't repeat one another (same publisher, declared derivation). */
  minIndependentSources?: number | null | undefined;
  /** This status or a stronger one. Without `statuses` and `minStatus`: DISPUTED or stronger. */
  minStatus?: Status | null | undefined;
  /** Only what at least one of these sources supports. */
  sources?: Array<string | number> | null | undefined;
  /** Only these statuses. */
  statuses?: Array<Status> | null | undefined;
};

/** What a relationship is. It leads from its source to its target, named here in that order. */
export type RelationshipKind =
  /** Actor → company: bought it, wholly. Holds from its date on. */
  | 'ACQUISITION'
  /** Anything else; the label says what. */
  | 'ASSOCIATION'
  /** Person → company: a seat on its board. One hop, with its own dates and role. */
  | 'BOARD_SEAT'
  /** Actor → organization: founded or co-founded it. Holds from its date on. */
  | 'FOUNDING'
  /** Actor → company: put money into it. */
  | 'INVESTMENT'
  /** Actor → event, agreement or case in which it has a part without being a party. */
  | 'INVOLVEMENT'
  /** Company → product: makes or runs it. */
  | 'OPERATION'
  /** Actor → organization: a stake, a subsidiary, control. */
  | 'OWNERSHIP'
  /** Actor → agreement, lawsuit or regulatory action, with a role: signatory, plaintiff, defendant, regulator, respondent, counsel, judge. Holds as long as that does. */
  | 'PARTY'
  /** Person ↔ person: family or friendship. */
  | 'PERSONAL'
  /** Person → organization: executive, employee, adviser. */
  | 'POSITION';

/** Which side a claim takes. */
export type Stance =
  /** It says that this is not so: a denial, a dismissal. */
  | 'CONTRADICTS'
  /** It says that this is so. */
  | 'SUPPORTS';

/** How firmly a relationship is known, strongest first. It is derived from all claims about it; a path is as strong as its weakest hop. */
export type Status =
  /** Alleged by somebody, typically in a lawsuit. Not proven. */
  | 'ALLEGED'
  /** On record: a filing, a court, the company itself, or press that reports such. */
  | 'CONFIRMED'
  /** Thrown out: its last word is a dismissal. */
  | 'DISMISSED'
  /** Reported or alleged, and contradicted by another claim. */
  | 'DISPUTED'
  /** Reported by press as its own finding. */
  | 'REPORTED'
  /** Taken back by who said it. */
  | 'RETRACTED';

/** What ended a search. */
export type StopReason =
  /** Nothing that was asked for is missing. */
  | 'COMPLETE'
  /** The search used up its time: there may be more, or shorter, paths. */
  | 'DEADLINE'
  /** Longer paths than maxHops were left aside. */
  | 'HOP_LIMIT'
  /** There are more paths than were asked for. */
  | 'PATH_LIMIT'
  /** The search used up its steps: there may be more, or shorter, paths. */
  | 'STEP_BUDGET';

/** What a date on a timeline is. */
export type TimelineEvent =
  /** The relationship ended. */
  | 'ENDED'
  /** It happened on that date: a founding, an acquisition, an event. */
  | 'HAPPENED'
  /** The relationship began. */
  | 'STARTED';

/** In which direction a path takes a relationship. */
export type Traversal =
  /** From its source to its target. */
  | 'FORWARD'
  /** From its target to its source. */
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