/** The state of a map and what the API has answered about it; views read, actions go in. */

import { Api, ApiError } from "./api.js";
import {
  AroundDocument,
  AskDocument,
  DetailDocument,
  ExpandDocument,
  PathsDocument,
  type DetailQuery,
  type PathFilter,
  type RelationshipFilter,
} from "./generated.js";
import { expansionOf, type Answer, type Expansion } from "./model.js";
import { begin, expandedBy, reduce, type Action, type Filters, type State, type View } from "./state.js";
import type { Story } from "./story.js";
import { sameQuestion } from "./url.js";

/** What was asked for: under way (with what was there before), there, or failed. */
export type Remote<T> =
  | { readonly state: "idle" }
  | { readonly state: "loading"; readonly before: T | null }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: ApiError };

export type TieDetail = Extract<NonNullable<DetailQuery["relationship"]>, { id: string }>;
export type EntityDetail = Extract<NonNullable<DetailQuery["entity"]>, { id: string }>;
export type Detail = { readonly tie: TieDetail | null; readonly entity: EntityDetail | null };

const IDLE = { state: "idle" } as const;

/** What is known of it, be it of before. */
export function known<T>(remote: Remote<T>): T | null {
  if (remote.state === "ready") return remote.value;
  return remote.state === "loading" ? remote.before : null;
}

export class Store {
  state: State;
  answer: Remote<Answer> = IDLE;
  detail: Remote<Detail> = IDLE;
  readonly expansions = new Map<string, Remote<Expansion>>();

  /** How many neighbours were asked for. */
  private readonly limits = new Map<string, number>();
  private asking: AbortController | null = null;
  private detailing: AbortController | null = null;

  constructor(
    private readonly api: Api,
    view: View,
    story: Story | null,
    step: number | null,
    private readonly changed: () => void,
  ) {
    this.state = begin(view, story, step);
    this.load(null);
  }

  dispatch(action: Action): void {
    const before = this.state.view;
    this.state = reduce(this.state, action);
    if (this.state.view !== before) this.load(before);
    this.changed();
  }

  /** Ask again for all that failed. */
  retry(): void {
    for (const [id, remote] of this.expansions) if (remote.state === "failed") this.expansions.delete(id);
    this.load(null, this.answer.state === "failed", this.detail.state === "failed");
    this.changed();
  }

  private load(before: View | null, answer = true, detail = true): void {
    const { view } = this.state;
    if (answer && (!before || !sameQuestion(before, view))) void this.loadAnswer(view);
    if (before && before.filters !== view.filters) this.expansions.clear();
    for (const [id, limit] of wanted(view)) void this.loadExpansion(id, limit, view.filters);
    if (detail && (!before || before.selected !== view.selected)) void this.loadDetail(view.selected);
  }

  private async loadAnswer(view: View): Promise<void> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    if (!view.question && !(view.from && view.to)) {
      this.answer = IDLE;
      return;
    }
    this.answer = { state: "loading", before: known(this.answer) };
    try {
      const value = view.question ? await this.askQuestion(view.question, asking.signal) : await this.askPaths(view, asking.signal);
      if (asking === this.asking) this.answer = { state: "ready", value };
    } catch (error) {
      if (asking !== this.asking) return;
      this.answer = { state: "failed", error: told(error) };
    }
    this.changed();
  }

  private async askQuestion(question: string, signal: AbortSignal): Promise<Answer> {
    const { ask } = await this.api.ask(AskDocument, { question }, signal);
    if (!ask) throw new ApiError("SERVER", "The server gave no answer.");
    return { ...ask, found: ask.paths };
  }

  private async askPaths(view: View, signal: AbortSignal): Promise<Answer> {
    const { from, to, filters } = view;
    const variables = { from, to, filter: pathFilter(filters), maxHops: filters.maxHops };
    const data = await this.api.ask(PathsDocument, variables, signal);
    const first = data.paths?.nodes[0];
    const sentence = first?.sentence ?? data.paths?.noPath?.reason ?? "";
    return { from: data.from, to: data.to, understood: true, interpretation: "", sentence, found: data.paths };
  }

  private async loadExpansion(id: string, limit: number, filters: Filters): Promise<void> {
    const had = this.expansions.get(id);
    const before = had ? known(had) : null;
    const enough = before && ((this.limits.get(id) ?? 0) >= limit || before.relationships.nodes.length === before.relationships.totalCount);
    if (had && (enough || had.state !== "ready")) return;
    this.expansions.set(id, { state: "loading", before });
    this.limits.set(id, limit);
    const asked = (remote: Remote<Expansion>): void => {
      if (this.state.view.filters !== filters) return;
      this.expansions.set(remote.state === "ready" ? remote.value.id : id, remote);
      this.changed();
    };
    try {
      const entity = await this.askNeighbours(id, limit, filters);
      if (!entity) throw new ApiError("SERVER", "The server gave no answer.");
      this.call(id, entity.id);
      asked({ state: "ready", value: entity });
    } catch (error) {
      asked({ state: "failed", error: told(error) });
    }
  }

  /** Around the centre it is of interest how its neighbours are related, too. */
  private async askNeighbours(of: string, limit: number, filters: Filters): Promise<Expansion | null> {
    const filter = tieFilter(filters);
    if (of !== this.state.view.of) return (await this.api.ask(ExpandDocument, { of, filter, first: limit })).entity;
    return expansionOf(await this.api.ask(AroundDocument, { of, filter, nearby: { relationships: filter }, limit: limit + 1 }));
  }

  /** A centre that was asked for by a name is called by its id from now on. */
  private call(name: string, id: string): void {
    const { view } = this.state;
    if (name !== view.of || name === id) return;
    const { [name]: limit, ...expanded } = view.expanded;
    this.state = { ...this.state, view: { ...view, of: id, expanded: limit ? { ...expanded, [id]: limit } : expanded } };
    this.expansions.delete(name);
    this.limits.set(id, this.limits.get(name) ?? 0);
  }

  private async loadDetail(id: string | null): Promise<void> {
    this.detailing?.abort();
    const detailing = (this.detailing = new AbortController());
    if (!id) {
      this.detail = IDLE;
      return;
    }
    this.detail = { state: "loading", before: null };
    try {
      const { relationship, entity } = await this.api.ask(DetailDocument, { id }, detailing.signal);
      const value = { tie: relationship && "id" in relationship ? relationship : null, entity: entity && "id" in entity ? entity : null };
      if (!value.tie && !value.entity) throw new ApiError("UNKNOWN", `Nothing in the data has the id ${id}.`);
      if (detailing === this.detailing) this.detail = { state: "ready", value };
    } catch (error) {
      if (detailing !== this.detailing) return;
      this.detail = { state: "failed", error: told(error) };
    }
    this.changed();
  }

  /** What has been answered of the neighbours asked for, in the order of asking. */
  expanded(): Expansion[] {
    return wanted(this.state.view).flatMap(([id, limit]) => {
      const remote = this.expansions.get(id);
      const value = remote ? known(remote) : null;
      if (!value || id === this.state.view.of) return value ?? [];
      return [{ ...value, relationships: { ...value.relationships, nodes: value.relationships.nodes.slice(0, limit) } }];
    });
  }

  /** The first of the errors that there are. */
  get failure(): ApiError | null {
    const all: Remote<unknown>[] = [this.answer, ...wanted(this.state.view).flatMap(([id]) => this.expansions.get(id) ?? [])];
    for (const remote of all) if (remote.state === "failed") return remote.error;
    return null;
  }

  get loading(): boolean {
    return this.answer.state === "loading" || wanted(this.state.view).some(([id]) => this.expansions.get(id)?.state === "loading");
  }
}

/** Whose neighbours are asked for, and how many. */
function wanted(view: View): [string, number][] {
  const ids = view.of && !(view.of in view.expanded) ? [view.of, ...Object.keys(view.expanded)] : Object.keys(view.expanded);
  return ids.map((id) => [id, expandedBy(view, id) ?? 0]);
}

function tieFilter(filters: Filters): RelationshipFilter {
  return {
    ...(filters.minStatus && { minStatus: filters.minStatus }),
    ...(filters.excludeKinds.length && { excludeKinds: [...filters.excludeKinds] }),
    ...(filters.asOf && { asOf: filters.asOf }),
  };
}

function pathFilter(filters: Filters): PathFilter {
  return { relationships: tieFilter(filters), ...(filters.heldTogether && { heldTogether: true }) };
}

function told(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError("INTERNAL", error instanceof Error ? error.message : String(error));
}
