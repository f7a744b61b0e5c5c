/** Outlines of the shapes that stand for kinds, as SVG paths around the origin; for the legend and the exported picture. */

import type { EntityKind } from "./generated.js";

const CORNERS: Partial<Record<EntityKind, readonly (readonly [number, number])[]>> = {
  BOARD: [
    [-0.42, -1],
    [0.42, -1],
    [1, -0.42],
    [1, 0.42],
    [0.42, 1],
    [-0.42, 1],
    [-1, 0.42],
    [-1, -0.42],
  ],
  PRODUCT: [
    [0, -1],
    [1, 1],
    [-1, 1],
  ],
  AGREEMENT: [
    [-1, -1],
    [0.5, -1],
    [1, 0],
    [0.5, 1],
    [-1, 1],
  ],
  LAWSUIT: [
    [0, -1.1],
    [1.1, 0],
    [0, 1.1],
    [-1.1, 0],
  ],
  REGULATORY_ACTION: [
    [-0.5, -1],
    [0.5, -1],
    [1, 0],
    [0.5, 1],
    [-0.5, 1],
    [-1, 0],
  ],
  EVENT: [
    [0, -1],
    [1, -0.25],
    [0.62, 1],
    [-0.62, 1],
    [-1, -0.25],
  ],
};

/** The outline of a kind's shape with this half width. */
export function outline(kind: EntityKind, half: number): string {
  const corners = CORNERS[kind];
  if (corners) return `M${corners.map(([x, y]) => `${round(x * half)} ${round(y * half)}`).join("L")}Z`;
  if (kind === "PERSON") return `M${-half} 0a${half} ${half} 0 1 0 ${2 * half} 0a${half} ${half} 0 1 0 ${-2 * half} 0Z`;
  const bend = round(half * (kind === "ORGANIZATION" ? 0.85 : 0.35));
  const side = round(half - bend);
  return (
    `M${-side} ${-half}H${side}Q${half} ${-half} ${half} ${-side}V${side}Q${half} ${half} ${side} ${half}` +
    `H${-side}Q${-half} ${half} ${-half} ${side}V${-side}Q${-half} ${-half} ${-side} ${-half}Z`
  );
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
