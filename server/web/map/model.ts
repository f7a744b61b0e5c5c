/** What is drawn: entities and hops of the paths found, merged with the neighbours asked for, less what is hidden. */

import { held, strongest, type Span } from "./dates.js";
import type {
  AroundQuery,
  Certainty,
  EntityFieldsFragment,
  ExpandQuery,
  FoundFieldsFragment,
  PathFieldsFragment,
  TieFieldsFragment,
} from "./generated.js";
import type { View } from "./state.js";
import { STATUSES } from "./words.js";

export type Entity = EntityFieldsFragment;
export type Tie = TieFieldsFragment;
export type Path = PathFieldsFragment;
export type Found = FoundFieldsFragment;
/** An entity with some of its relationships, how many there are in all, and what joins its neighbours. */
export type Expansion = NonNullable<ExpandQuery["entity"]> & { readonly among?: readonly Tie[] };

export interface Answer {
  readonly from: Entity | null;
  readonly to: Entity | null;
  readonly understood: boolean;
  readonly interpretation: string;
  readonly sentence: string;
  readonly found: Found | null;
}

export interface MapNode {
  readonly entity: Entity;
  readonly end: "from" | "to" | "centre" | null;
  /** The node whose neighbour it is, where it is on no path. */
  readonly near: string | null;
}

/** All that joins two nodes: the line between them. */
export interface MapEdge {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  /** Strongest first. */
  readonly ties: readonly Tie[];
}

/** Neighbours that are not drawn yet. */
export interface More {
  readonly of: string;
  readonly count: number;
}

export interface Route {
  readonly path: Path;
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

export interface GraphModel {
  readonly nodes: ReadonlyMap<string, MapNode>;
  readonly edges: ReadonlyMap<string, MapEdge>;
  /** The paths that are drawn, with their numbers from 1. */
  readonly routes: ReadonlyMap<number, Route>;
  readonly more: readonly More[];
}

/** A neighbourhood as the API gives it, told from its centre; a board's seats, which lead to its company, are its own. */
export function expansionOf({ entity, neighborhood }: AroundQuery): Expansion | null {
  if (!entity || !neighborhood) return null;
  const isOwn = ({ kind, source, target }: Tie): boolean =>
    entity.kind === "BOARD" ? kind === "BOARD_SEAT" : [source.id, target.id].includes(entity.id);
  const own = neighborhood.relationships.filter(isOwn);
  const among = neighborhood.relationships.filter((tie) => !isOwn(tie));
  return { ...entity, relationships: { totalCount: entity.relationships.totalCount, nodes: own }, among };
}

export function edgeId(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

/** So many paths can be told apart at once. */
const FEW = 5;

export function drawing(view: View, narrow: boolean): "one" | "few" | "all" {
  return view.draw !== "auto" ? view.draw : narrow ? "one" : "few";
}

/** Merge an answer and expansions into one graph. The path looked at, or that of the relationship selected, is always drawn, others as many as the view says. */
export function buildModel(answer: Answer | null, expansions: readonly Expansion[], view: View, narrow: boolean): GraphModel {
  const building = new Building(new Set(view.hidden));
  const paths = answer?.found?.nodes ?? [];
  const most = { one: 1, few: FEW, all: Infinity }[drawing(view, narrow)];
  const holding = paths.findIndex((path) => path.hops.some((hop) => hop.parallel.some((tie) => tie.id === view.selected)));
  const looked = Math.min(view.path || holding + 1 || 1, paths.length);
  if (answer?.from) building.node(answer.from, "from");
  if (answer?.to) building.node(answer.to, "to");
  paths.forEach((path, index) => {
    if (index + 1 === looked || (most > 1 && index < most)) building.path(path, index + 1);
  });
  for (const expansion of expansions) building.around(expansion, !answer);
  return building.done(expansions);
}

class Building {
  private readonly nodes = new Map<string, MapNode>();
  private readonly edges = new Map<string, MapEdge>();
  private readonly routes = new Map<number, Route>();
  private readonly placed = new Set<string>();

  constructor(private readonly hidden: ReadonlySet<string>) {}

  node(entity: Entity, end: MapNode["end"] = null, near: string | null = null): boolean {
    if (this.hidden.has(entity.id)) return false;
    if (!this.nodes.has(entity.id)) this.nodes.set(entity.id, { entity, end, near });
    return true;
  }

  /** A path with something hidden on it is not drawn, but stays in the list. */
  path(path: Path, number: number): void {
    const nodes = path.hops.flatMap((hop, index) => (index ? [hop.to] : [hop.from, hop.to]));
    if (nodes.some((node) => this.hidden.has(node.id))) return;
    for (const entity of nodes) this.node(entity);
    for (const hop of path.hops) this.join(hop.from.id, hop.to.id, hop.parallel);
    const edges = path.hops.map((hop) => edgeId(hop.from.id, hop.to.id));
    this.routes.set(number, { path, nodes: nodes.map((node) => node.id), edges });
  }

  around(expansion: Expansion, centre: boolean): void {
    const first = centre && this.nodes.size === 0;
    if (!this.node(expansion, first ? "centre" : null)) return;
    for (const tie of expansion.relationships.nodes) {
      const other = this.other(tie, expansion.id);
      if (!this.placed.has(tie.id) && this.node(other, null, expansion.id)) this.join(expansion.id, other.id, [tie]);
    }
    for (const tie of expansion.among ?? []) {
      const [a, b] = [tie.source.id, tie.target.id];
      if (this.nodes.has(a) && this.nodes.has(b) && !this.placed.has(tie.id)) this.join(a, b, [tie]);
    }
  }

  /** The end of a relationship that isn't the one expanded; a seat of an expanded board leads to its person. */
  private other(tie: Tie, from: string): Entity {
    return tie.source.id === from ? tie.target : tie.source;
  }

  private join(a: string, b: string, ties: readonly Tie[]): void {
    const id = edgeId(a, b);
    const known = this.edges.get(id)?.ties ?? [];
    const fresh = ties.filter((tie) => !known.some((each) => each.id === tie.id));
    for (const tie of fresh) this.placed.add(tie.id);
    const sorted = [...known, ...fresh].sort((x, y) => STATUSES.indexOf(x.status) - STATUSES.indexOf(y.status));
    const [low, high] = a < b ? [a, b] : [b, a];
    this.edges.set(id, { id, a: low, b: high, ties: sorted });
  }

  done(expansions: readonly Expansion[]): GraphModel {
    const more = expansions
      .filter((each) => this.nodes.has(each.id))
      .map((each) => ({ of: each.id, count: each.relationships.totalCount - each.relationships.nodes.length }))
      .filter((each) => each.count > 0);
    return { nodes: this.nodes, edges: this.edges, routes: this.routes, more };
  }
}

/** Every relationship in view, once. */
export function tiesOf(model: GraphModel): Tie[] {
  const ties = new Map<string, Tie>();
  for (const edge of model.edges.values()) for (const tie of edge.ties) ties.set(tie.id, tie);
  return [...ties.values()];
}

/** Did any of an edge's relationships hold then? */
export function edgeHeld(edge: MapEdge, window: Span): Certainty {
  return strongest(edge.ties.map((tie) => held(tie.interval, window)));
}

/** The tie by whose status and words an edge is drawn. */
export function foremost(edge: MapEdge): Tie {
  const [tie] = edge.ties;
  if (!tie) throw new Error(`${edge.id} joins nothing`);
  return tie;
}

/** The edge that holds a relationship; undefined if it is not in view. */
export function edgeOf(model: GraphModel, tie: string): MapEdge | undefined {
  return [...model.edges.values()].find((edge) => edge.ties.some((each) => each.id === tie));
}
