/** A view as the query string of its permalink, and back. Names are those of the export's parameters where there is one. */

import { span } from "./dates.js";
import type { RelationshipKind } from "./generated.js";
import { EMPTY, MAX_HOPS, NO_FILTERS, type Filters, type Point, type View } from "./state.js";
import { STATUSES, TIE_KINDS } from "./words.js";

/** The parameters of a view, without what is so anyway. */
export function writeView(view: View): URLSearchParams {
  const told = new URLSearchParams();
  const put = (name: string, value: string | number | null | false): void => {
    if (value) told.append(name, String(value));
  };
  put("q", view.question);
  put("from", view.from);
  put("to", view.to);
  put("of", view.of);
  for (const [name, value] of writeFilters(view.filters)) put(name, value);
  for (const [id, limit] of Object.entries(view.expanded)) put("expand", `${id}@${limit}`);
  for (const id of view.hidden) put("hide", id);
  for (const [id, at] of Object.entries(view.pinned)) put("pin", `${id}@${at.x},${at.y}`);
  put("layout", view.layout !== (view.of ? "network" : "paths") && view.layout);
  put("draw", view.draw !== "auto" && view.draw);
  put("fan", view.fan && "true");
  put("at", view.at);
  put("path", view.path);
  put("select", view.selected);
  return told;
}

/** The filters' parameters, as `/export` takes them too. */
export function writeFilters(filters: Filters): [string, string][] {
  const told: [string, string][] = [];
  if (filters.minStatus) told.push(["minStatus", filters.minStatus]);
  if (filters.excludeKinds.length) told.push(["excludeKinds", filters.excludeKinds.join(",")]);
  if (filters.asOf) told.push(["asOf", filters.asOf]);
  if (filters.heldTogether) told.push(["heldTogether", "true"]);
  if (filters.maxHops !== MAX_HOPS) told.push(["maxHops", String(filters.maxHops)]);
  return told;
}

/** The view of a query string. What is not understood is left aside: an old link still shows something. */
export function readView(query: URLSearchParams): View {
  const text = (name: string): string => (query.get(name) ?? "").slice(0, 1000);
  const of = text("of");
  const at = text("at");
  return {
    ...EMPTY,
    question: text("q"),
    from: text("from"),
    to: text("to"),
    of,
    filters: readFilters(query),
    expanded: Object.fromEntries(pairs(query, "expand", (value) => (/^\d{1,3}$/.test(value) ? Math.min(Number(value), 500) : null))),
    hidden: [...new Set(query.getAll("hide"))],
    pinned: Object.fromEntries(pairs(query, "pin", point)),
    layout: one(text("layout"), ["paths", "network"] as const) ?? (of ? "network" : "paths"),
    draw: one(text("draw"), ["auto", "one", "few", "all"] as const) ?? "auto",
    fan: text("fan") === "true",
    at: /^\d{4}-(0[1-9]|1[0-2])$/.test(at) ? at : null,
    path: /^\d{1,3}$/.test(text("path")) ? Number(text("path")) : 0,
    selected: text("select") || null,
  };
}

function readFilters(query: URLSearchParams): Filters {
  const hops = Number(query.get("maxHops") ?? MAX_HOPS);
  const asOf = query.get("asOf") ?? "";
  const kinds = query.getAll("excludeKinds").flatMap((value) => value.split(","));
  return {
    ...NO_FILTERS,
    minStatus: one(query.get("minStatus") ?? "", STATUSES),
    excludeKinds: (Object.keys(TIE_KINDS) as RelationshipKind[]).filter((kind) => kinds.includes(kind)),
    asOf: span(asOf) ? asOf : null,
    heldTogether: query.get("heldTogether") === "true",
    maxHops: Number.isInteger(hops) && hops >= 1 && hops <= 12 ? hops : MAX_HOPS,
  };
}

function one<T extends string>(text: string, known: readonly T[]): T | null {
  return known.find((each) => each === text) ?? null;
}

function pairs<T>(query: URLSearchParams, name: string, read: (value: string) => T | null): [string, T][] {
  return query.getAll(name).flatMap((text) => {
    const cut = text.lastIndexOf("@");
    const value = read(text.slice(cut + 1));
    return cut > 0 && value !== null ? [[text.slice(0, cut), value] as [string, T]] : [];
  });
}

function point(text: string): Point | null {
  const [, x, y] = /^(-?\d{1,6}),(-?\d{1,6})$/.exec(text) ?? [];
  return x && y ? { x: Number(x), y: Number(y) } : null;
}

/** A query string that people can read: what needs no escape has none. */
export function readable(query: URLSearchParams): string {
  return query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%40", "@").replaceAll("%2C", ",");
}

/** Does another question have to be asked of the server? */
export function sameQuestion(a: View, b: View): boolean {
  return a.question === b.question && a.from === b.from && a.to === b.to && JSON.stringify(a.filters) === JSON.stringify(b.filters);
}
