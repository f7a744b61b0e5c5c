/** Colours, dashes and shapes: the one place where the page, the canvas and the exported picture take them from. */

import type { EntityKind, Status } from "./generated.js";

export type Theme = "light" | "dark";

/** A colour on paper and one in the dark; texts reach a contrast of 4.5 to 1 on paper and panel. */
export const COLOURS = {
  paper: ["#fbfaf7", "#14181f"],
  panel: ["#ffffff", "#1b2029"],
  sunk: ["#f3f0e9", "#0f1319"],
  ink: ["#1c2330", "#e8e6e1"],
  soft: ["#586272", "#a4acb9"],
  line: ["#dcd7cc", "#353c48"],
  strong: ["#8b8676", "#6d7787"],
  accent: ["#0b5394", "#8ec1f5"],
  accentInk: ["#ffffff", "#0d1420"],
  wash: ["#e4edf6", "#1f2e40"],
  CONFIRMED: ["#1d6a3f", "#7fd3a1"],
  REPORTED: ["#1c5b97", "#8cbff2"],
  ALLEGED: ["#94500a", "#f0b36b"],
  DISPUTED: ["#a3292f", "#f59c9c"],
  DISMISSED: ["#5d6470", "#a3abb7"],
  RETRACTED: ["#5d6470", "#a3abb7"],
  PERSON: ["#2f5d8a", "#7fb2e0"],
  COMPANY: ["#3a4a63", "#a9b8d0"],
  ORGANIZATION: ["#4b6a58", "#9cc3ac"],
  BOARD: ["#7a4b83", "#cfa5d8"],
  PRODUCT: ["#8a6d1f", "#d9bf73"],
  AGREEMENT: ["#1f7a76", "#79cbc6"],
  LAWSUIT: ["#9a3b2e", "#eb9d8f"],
  REGULATORY_ACTION: ["#a0551c", "#e8ad7c"],
  EVENT: ["#626a37", "#bfc88a"],
} as const satisfies Record<string, readonly [string, string]>;

export type Colour = keyof typeof COLOURS;

export function colour(name: Colour, theme: Theme): string {
  return COLOURS[name][theme === "dark" ? 1 : 0];
}

/** Lengths of line and gap; none for a whole line. */
export const DASHES: Record<Status, readonly number[]> = {
  CONFIRMED: [],
  REPORTED: [11, 5],
  ALLEGED: [2, 5],
  DISPUTED: [12, 4, 2, 4],
  DISMISSED: [5, 9],
  RETRACTED: [1, 9],
};

/** Shapes in the words of Cytoscape.js. */
export const SHAPES: Record<
  EntityKind,
  "ellipse" | "round-rectangle" | "round-octagon" | "round-diamond" | "round-tag" | "round-hexagon" | "round-triangle" | "round-pentagon" | "barrel"
> = {
  PERSON: "ellipse",
  COMPANY: "round-rectangle",
  ORGANIZATION: "barrel",
  BOARD: "round-octagon",
  PRODUCT: "round-triangle",
  AGREEMENT: "round-tag",
  LAWSUIT: "round-diamond",
  REGULATORY_ACTION: "round-hexagon",
  EVENT: "round-pentagon",
};

/** What stands inside a shape: outlines on a field of 24 by 24, filled by the even-odd rule. */
export const GLYPHS: Record<EntityKind, string> = {
  PERSON: "M12 4.5a3.7 3.7 0 1 1 0 7.4a3.7 3.7 0 0 1 0-7.4zM4.8 20c0-4.2 3-6.6 7.2-6.6s7.2 2.4 7.2 6.6z",
  COMPANY:
    "M5 20V4.5h8.5V20zM7 7h1.8v2H7zM10 7h1.8v2H10zM7 11h1.8v2H7zM10 11h1.8v2H10zM7 15h1.8v2H7zM10 15h1.8v2H10zM14.5 20V9.5H19V20zM16 12h1.5v1.8H16zM16 15.5h1.5v1.8H16z",
  ORGANIZATION: "M12 3.8l8 4.2v1.8H4V8zM6 11h2.2v6H6zM10.9 11h2.2v6h-2.2zM15.8 11H18v6h-2.2zM4 18.2h16V20H4z",
  BOARD:
    "M6.5 9.5h11a2.5 2.5 0 0 1 0 5h-11a2.5 2.5 0 0 1 0-5zM7.8 4.6a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4zM16.2 4.6a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4zM7.8 16a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4zM16.2 16a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 0 1 0-3.4z",
  PRODUCT: "M12 8.5l5.5 2.6v5.8L12 19.6l-5.5-2.7v-5.8zM12 10.4l-3.2 1.5L12 13.4l3.2-1.5z",
  AGREEMENT: "M6 4h9l3.5 3.5V20H6zM8.3 9h7.2v1.4H8.3zM8.3 12.2h7.2v1.4H8.3zM8.3 15.4h4.6v1.4H8.3z",
  LAWSUIT:
    "M11.2 4h1.6v1.7h5.7v1.5h-.6l2 5.3a2.6 2.6 0 0 1-5 0l2-5.3h-4.1v10.1h3.4V19H7.8v-1.7h3.4V7.2H7.1l2 5.3a2.6 2.6 0 0 1-5 0l2-5.3h-.6V5.7h5.7z",
  REGULATORY_ACTION: "M12 3.5l7 2.6v5.2c0 4.4-2.9 7.6-7 9.2c-4.1-1.6-7-4.8-7-9.2V6.1zM11 14.8l5-5.2l-1.2-1.2L11 12.3L9.2 10.5L8 11.7z",
  EVENT: "M6 5h2.2V3.6h1.6V5h4.4V3.6h1.6V5H18v14H6zM7.6 9.2v8.2h8.8V9.2z",
};

export const ENTITY_ORDER = Object.keys(SHAPES) as EntityKind[];

/** A glyph as a picture that needs no request. */
export function glyphUri(kind: EntityKind, fill: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="48" height="48"><path fill="${fill}" fill-rule="evenodd" d="${GLYPHS[kind]}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
