/** What is looked at, as one immutable value, and how actions change it; with undo and redo. */

import type { RelationshipKind, Status } from "./generated.js";
import type { Story } from "./story.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Conditions that act inside the search. */
export interface Filters {
  readonly minStatus: Status | null;
  readonly excludeKinds: readonly RelationshipKind[];
  readonly asOf: string | null;
  readonly heldTogether: boolean;
  readonly maxHops: number;
}

/** `question`, or `from` and `to`, or `of` says what is asked; all else how it is looked at. */
export interface View {
  readonly question: string;
  readonly from: string;
  readonly to: string;
  readonly of: string;
  readonly filters: Filters;
  /** Whose neighbours are shown, and how many of them at most. */
  readonly expanded: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
  readonly pinned: Readonly<Record<string, Point>>;
  readonly layout: "paths" | "network";
  /** How many of the paths are drawn; by itself one on a narrow screen, a few on a wide one. */
  readonly draw: "auto" | "one" | "few" | "all";
  /** Draw parallel relationships one by one. */
  readonly fan: boolean;
  /** The month of the slider, `2011-06`; null: all times. */
  readonly at: string | null;
  /** The id of an entity or a relationship. */
  readonly selected: string | null;
  /** The path that is looked at, counted from 1; 0: none in particular. */
  readonly path: number;
}

/** How many neighbours come at a time. */
export const PORTION = 24;
export const MAX_HOPS = 6;

export const NO_FILTERS: Filters = { minStatus: null, excludeKinds: [], asOf: null, heldTogether: false, maxHops: MAX_HOPS };

export const EMPTY: View = {
  question: "",
  from: "",
  to: "",
  of: "",
  filters: NO_FILTERS,
  expanded: {},
  hidden: [],
  pinned: {},
  layout: "paths",
  draw: "auto",
  fan: false,
  at: null,
  selected: null,
  path: 0,
};

export interface State {
  readonly past: readonly View[];
  readonly view: View;
  readonly future: readonly View[];
  readonly story: Story | null;
  /** The step of the story that is shown, from 0; null while it is not being told. */
  readonly step: number | null;
}

export type Action =
  | { readonly type: "ask"; readonly question: string }
  | { readonly type: "connect"; readonly from: string; readonly to: string }
  | { readonly type: "explore"; readonly of: string }
  | { readonly type: "filter"; readonly filters: Partial<Filters>; readonly ends?: { readonly from: string; readonly to: string } }
  | { readonly type: "expand"; readonly id: string }
  | { readonly type: "collapse"; readonly id: string }
  | { readonly type: "hide"; readonly id: string }
  | { readonly type: "show"; readonly id: string | null }
  | { readonly type: "pin"; readonly id: string; readonly at: Point }
  | { readonly type: "unpin"; readonly id: string }
  | { readonly type: "arrange"; readonly layout?: View["layout"]; readonly draw?: View["draw"]; readonly fan?: boolean }
  | { readonly type: "date"; readonly at: string | null }
  | { readonly type: "select"; readonly id: string | null }
  | { readonly type: "path"; readonly path: number }
  | { readonly type: "load"; readonly view: View }
  | { readonly type: "story"; readonly story: Story | null; readonly step: number | null; readonly view?: View }
  | { readonly type: "undo" }
  | { readonly type: "redo" };

export function begin(view: View, story: Story | null = null, step: number | null = null): State {
  return { past: [], view, future: [], story, step };
}

/** The state after an action. Looking at something (select, path) is no step to undo; a move of the slider is one, however long. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "undo":
      return undo(state);
    case "redo":
      return redo(state);
    case "load":
      return { ...begin(action.view, state.story, state.step) };
    case "story":
      return { ...(action.view ? begin(action.view) : state), story: action.story, step: action.step };
    case "select":
    case "path":
      return { ...state, view: change(state.view, action) };
    default: {
      const view = change(state.view, action);
      if (view === state.view) return state;
      const sliding = action.type === "date" && state.future.length === 0 && onlyDateDiffers(state.past.at(-1), state.view);
      return { ...state, past: sliding ? state.past : [...state.past, state.view].slice(-100), view, future: [] };
    }
  }
}

function undo(state: State): State {
  const view = state.past.at(-1);
  return view ? { ...state, past: state.past.slice(0, -1), view, future: [state.view, ...state.future] } : state;
}

function redo(state: State): State {
  const [view, ...future] = state.future;
  return view ? { ...state, past: [...state.past, state.view], view, future } : state;
}

function onlyDateDiffers(before: View | undefined, after: View): boolean {
  return before !== undefined && before.at !== after.at && JSON.stringify({ ...before, at: after.at }) === JSON.stringify(after);
}

type Change = Exclude<Action, { type: "undo" | "redo" | "load" | "story" }>;

function change(view: View, action: Change): View {
  switch (action.type) {
    case "ask":
      return { ...EMPTY, question: action.question };
    case "connect":
      return { ...EMPTY, from: action.from, to: action.to, filters: view.filters };
    case "explore":
      return { ...EMPTY, of: action.of, layout: "network", selected: action.of };
    case "filter": {
      const ends = action.ends ? { ...action.ends, question: "" } : {};
      return { ...view, ...ends, filters: { ...view.filters, ...action.filters }, path: 0 };
    }
    case "expand":
      return { ...view, expanded: { ...view.expanded, [action.id]: (expandedBy(view, action.id) ?? 0) + PORTION } };
    case "collapse":
      return { ...view, expanded: without(view.expanded, action.id) };
    case "hide":
      return {
        ...view,
        hidden: [...view.hidden.filter((id) => id !== action.id), action.id],
        selected: view.selected === action.id ? null : view.selected,
      };
    case "show":
      return { ...view, hidden: action.id === null ? [] : view.hidden.filter((id) => id !== action.id) };
    case "pin":
      return { ...view, pinned: { ...view.pinned, [action.id]: { x: Math.round(action.at.x), y: Math.round(action.at.y) } } };
    case "unpin":
      return { ...view, pinned: without(view.pinned, action.id) };
    case "arrange": {
      const { type: _, ...how } = action;
      return { ...view, ...how };
    }
    case "date":
      return action.at === view.at ? view : { ...view, at: action.at };
    case "select":
      return { ...view, selected: action.id };
    case "path":
      return { ...view, path: action.path, selected: null };
  }
}

/** How many neighbours of a node are shown at most; the centre of a neighbourhood begins with two portions. */
export function expandedBy(view: View, id: string): number | undefined {
  return view.expanded[id] ?? (id === view.of ? 2 * PORTION : undefined);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _, ...rest } = record;
  return rest;
}
