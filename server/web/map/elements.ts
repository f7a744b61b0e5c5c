/** The model as elements of Cytoscape.js, each with its data and classes. */

import { held, monthNumber, strongest, type Span } from "./dates.js";
import { edgeHeld, foremost, type GraphModel, type MapEdge, type Tie } from "./model.js";
import { monthSpan } from "./timeline.js";
import type { Certainty } from "./generated.js";
import type { Scene } from "./svg.js";
import type { Point, View } from "./state.js";
import { clipped, count, short, years } from "./words.js";

export interface Element {
  readonly group: "nodes" | "edges";
  readonly data: Readonly<Record<string, string | number | boolean>> & { readonly id: string };
  readonly classes: string;
}

/** So many lines can carry their words at once; beyond that only those looked at do. */
const MOST_LABELS = 34;

export function windowOf(at: string | null): Span | null {
  const month = at === null ? null : monthNumber(at);
  return month === null ? null : monthSpan(month, month);
}

/** Nodes first, then lines; the same model and view always give the same elements. */
export function elementsOf(model: GraphModel, view: View): Element[] {
  const window = windowOf(view.at);
  const edges = [...model.edges.values()];
  const verdicts = new Map(edges.map((edge) => [edge.id, window ? edgeHeld(edge, window) : ("CERTAIN" as const)]));
  const route = model.routes.get(view.path);
  const routed = new Set([...model.routes.values()].flatMap((each) => [...each.nodes, ...each.edges]));
  const aside = (id: string, on: readonly string[]): boolean => routed.has(id) && !on.includes(id);
  const ends = new Set([...model.nodes.values()].filter((node) => node.end).map((node) => node.entity.id));
  const lit = new Set(ends);
  for (const edge of edges) if (verdicts.get(edge.id) !== "IMPOSSIBLE") lit.add(edge.a).add(edge.b);
  const lines = edges.flatMap((edge) =>
    lineElements(
      edge,
      view,
      window,
      verdicts.get(edge.id) ?? "CERTAIN",
      !route ? "" : aside(edge.id, route.edges) ? "faint" : route.edges.includes(edge.id) ? "route" : "",
    ),
  );
  const quiet = lines.length > (view.layout === "network" ? MOST_LABELS / 2 : MOST_LABELS);
  const nodes = [...model.nodes.values()].map(({ entity, end }): Element => {
    const classes = [
      window && !lit.has(entity.id) ? "past" : "",
      route && aside(entity.id, route.nodes) ? "faint" : "",
      view.selected === entity.id ? "chosen" : "",
    ];
    const data = { id: entity.id, label: clipped(entity.name, 90), kind: entity.kind, end: end !== null, pinned: entity.id in view.pinned };
    return { group: "nodes", data, classes: classes.filter(Boolean).join(" ") };
  });
  const more = model.more.flatMap(({ of, count: left }): Element[] => [
    { group: "nodes", data: { id: `more:${of}`, label: `+${left}`, more: true, of }, classes: "" },
    { group: "edges", data: { id: `more:${of}|`, source: of, target: `more:${of}`, label: "", more: true }, classes: "" },
  ]);
  const spoken = (line: Element): Element => ({
    ...line,
    data: { ...line.data, quiet: quiet || (route !== undefined && !/\broute\b/.test(line.classes)) },
  });
  return [...nodes, ...lines.map(spoken), ...more];
}

/** One line for all that joins two nodes, with their number; or, fanned, one for each. */
function lineElements(edge: MapEdge, view: View, window: Span | null, verdict: Certainty, state: string): Element[] {
  const chosen = edge.ties.some((tie) => tie.id === view.selected);
  if (view.fan && edge.ties.length > 1) {
    return edge.ties.map((tie) => {
      const then = window ? held(tie.interval, window) : "CERTAIN";
      return line(
        `${edge.id}|${tie.id}`,
        edge,
        tie,
        labelOf(tie, 0, then),
        [state, ...classesOf(then), tie.id === view.selected ? "chosen" : ""],
        false,
      );
    });
  }
  const tie = (window && edge.ties.find((each) => held(each.interval, window) === verdict)) || foremost(edge);
  return [
    line(
      edge.id,
      edge,
      tie,
      labelOf(tie, edge.ties.length - 1, verdict),
      [state, ...classesOf(verdict), chosen ? "chosen" : ""],
      edge.ties.length > 1,
    ),
  ];
}

function line(id: string, edge: MapEdge, tie: Tie, label: string, classes: readonly string[], many: boolean): Element {
  const turned = tie.source.id === edge.b || tie.target.id === edge.a;
  const [source, target] = turned ? [edge.b, edge.a] : [edge.a, edge.b];
  const directed = tie.kind !== "PERSONAL" && tie.kind !== "ASSOCIATION";
  return {
    group: "edges",
    data: { id, source, target, label, status: tie.status, tie: tie.id, directed, many },
    classes: classes.filter(Boolean).join(" "),
  };
}

function classesOf(verdict: Certainty): string[] {
  return verdict === "CERTAIN" ? [] : [verdict === "POSSIBLE" ? "possible" : "past"];
}

/** Two lines: what it is (and how many more), and when; with the status where that isn't on record, and a question mark where it possibly held. */
export function labelOf(tie: Tie, others: number, verdict: Certainty): string {
  const status = tie.status === "CONFIRMED" ? "" : `${tie.status.toLowerCase()}: `;
  const more = others > 0 ? ` +${others}` : "";
  return `${status}${short(tie)}${more}\n${years(tie.interval)}${verdict === "POSSIBLE" ? " (possibly)" : ""}`;
}

/** What an exported picture shows: the model at these places. */
export function sceneOf(model: GraphModel, view: View, places: ReadonlyMap<string, Point>, title: string, note: string): Scene {
  const window = windowOf(view.at);
  const drawn = [...model.nodes.values()].filter((node) => places.has(node.entity.id));
  const edges = [...model.edges.values()];
  const nodes = drawn.map(({ entity, end }) => {
    const at = places.get(entity.id) ?? { x: 0, y: 0 };
    const around = edges.filter((edge) => edge.a === entity.id || edge.b === entity.id);
    const then = !window || end || !around.length ? "CERTAIN" : strongest(around.map((edge) => edgeHeld(edge, window)));
    return { id: entity.id, name: entity.name, kind: entity.kind, x: Math.round(at.x), y: Math.round(at.y), end: end !== null, held: then };
  });
  return {
    title,
    note,
    nodes,
    edges: edges.map((edge) => {
      const then = window ? edgeHeld(edge, window) : "CERTAIN";
      const tie = foremost(edge);
      return {
        a: edge.a,
        b: edge.b,
        label: edges.length > MOST_LABELS ? "" : labelOf(tie, edge.ties.length - 1, then),
        status: tie.status,
        held: then,
      };
    }),
  };
}

/** What the canvas shows, in a sentence for those who don't see it. */
export function described(model: GraphModel): string {
  const relationships = [...model.edges.values()].reduce((sum, edge) => sum + edge.ties.length, 0);
  return `Map of ${count(model.nodes.size, "entity", "entities")} and ${count(relationships, "relationship")}. The same is to be had as a list.`;
}
