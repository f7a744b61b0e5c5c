/** Where things stand: paths from left to right with their ends fixed, neighbours around their node. All lengths in the map's own units. */

import type { GraphModel, Route } from "./model.js";
import type { Point, View } from "./state.js";

export const COLUMN = 215;
export const ROW = 104;
/** Several paths, however short, need room for their words. */
const SPREAD = 740;
const STAGGER = 34;
const RING = 170;
const APART = 96;

/** A place for every node, pinned ones where they were put. The same model is always laid out the same way. */
export function place(model: GraphModel, view: View): Map<string, Point> {
  const places = placePaths(model);
  for (const [id, at] of Object.entries(view.pinned)) if (model.nodes.has(id)) places.set(id, at);
  placeNeighbours(model, places);
  return places;
}

function placePaths(model: GraphModel): Map<string, Point> {
  const places = new Map<string, Point>();
  const routes = [...model.routes.values()];
  const hops = Math.max(2, ...routes.map((route) => route.edges.length));
  const width = Math.max(hops * COLUMN, routes.length > 1 ? SPREAD : 0);
  const ends = [...model.nodes.values()].filter((node) => node.end);
  for (const node of ends) places.set(node.entity.id, { x: node.end === "to" ? width : 0, y: 0 });
  const rows: { from: number; to: number }[][] = [];
  if (routes.some((route) => route.edges.length === 1)) rows.push([{ from: 0, to: width }]); // a line from end to end fills the middle
  for (const route of routes) placeRoute(route, width, places, rows);
  return places;
}

/** What a path adds stands in a row of its own: the first in the middle, later ones above and below by turns, as near as there is room. */
function placeRoute(route: Route, width: number, places: Map<string, Point>, rows: { from: number; to: number }[][]): void {
  const step = width / route.edges.length;
  const added = route.nodes.map((id, index) => ({ id, x: index * step })).filter(({ id }) => !places.has(id));
  if (!added.length) return;
  const needed = { from: Math.min(...added.map(({ x }) => x)) - step, to: Math.max(...added.map(({ x }) => x)) + step };
  let row = 0;
  while ((rows[row] ?? []).some((taken) => needed.from < taken.to && taken.from < needed.to)) row += 1;
  (rows[row] ??= []).push(needed);
  const y = (row % 2 ? -Math.ceil(row / 2) : row / 2) * ROW;
  const aside = row === 0 ? 0 : row % 4 < 2 ? STAGGER : -STAGGER; // lines that cross rows then pass beside their nodes
  for (const { id, x } of added) places.set(id, { x: Math.round(x + aside), y: Math.round(y) });
}

/** Neighbours stand on rings around their node, at the free places nearest to it. */
function placeNeighbours(model: GraphModel, places: Map<string, Point>): void {
  const taken = new Grid(places.values());
  for (const node of model.nodes.values()) {
    if (places.has(node.entity.id)) continue;
    const centre = (node.near && places.get(node.near)) || { x: 0, y: 0 };
    const at = free(centre, taken);
    places.set(node.entity.id, at);
    taken.add(at);
  }
}

function free(centre: Point, taken: Grid): Point {
  for (let ring = 1; ; ring += 1) {
    const radius = RING * ring;
    const places = Math.floor((2 * Math.PI * radius) / (APART * 1.3));
    for (let index = 0; index < places; index += 1) {
      const turn = (2 * Math.PI * (index + (ring % 2) / 2)) / places - Math.PI / 2;
      const at = { x: Math.round(centre.x + radius * Math.cos(turn)), y: Math.round(centre.y + radius * Math.sin(turn)) };
      if (!taken.near(at)) return at;
    }
  }
}

/** Points by cells, so that looking for room takes no look at all of them. */
class Grid {
  private readonly cells = new Map<string, Point[]>();

  constructor(points: Iterable<Point>) {
    for (const point of points) this.add(point);
  }

  add(point: Point): void {
    const key = `${Math.floor(point.x / APART)},${Math.floor(point.y / APART)}`;
    this.cells.set(key, [...(this.cells.get(key) ?? []), point]);
  }

  near(point: Point): boolean {
    const [x, y] = [Math.floor(point.x / APART), Math.floor(point.y / APART)];
    for (let column = x - 1; column <= x + 1; column += 1) {
      for (let row = y - 1; row <= y + 1; row += 1) {
        const close = (this.cells.get(`${column},${row}`) ?? []).some((each) => Math.hypot(each.x - point.x, each.y - point.y) < APART);
        if (close) return true;
      }
    }
    return false;
  }
}

/** The node next to this one in a direction: nearest along it, and not far off it. */
export function neighbourInDirection(places: ReadonlyMap<string, Point>, from: string, dx: number, dy: number): string | null {
  const start = places.get(from);
  if (!start) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [id, at] of places) {
    const along = (at.x - start.x) * dx + (at.y - start.y) * dy;
    const across = Math.abs((at.x - start.x) * dy) + Math.abs((at.y - start.y) * dx);
    if (id !== from && along > 0 && along + 2.5 * across < least) [best, least] = [id, along + 2.5 * across];
  }
  return best;
}
