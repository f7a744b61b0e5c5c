/** How the canvas looks, as a stylesheet of Cytoscape.js. */

import type { StylesheetJson } from "cytoscape";
import type { EntityKind, Status } from "./generated.js";
import { colour, DASHES, ENTITY_ORDER, glyphUri, SHAPES, type Theme } from "./palette.js";
import { STATUSES } from "./words.js";

const SANS = "system-ui, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";

export function canvasStyle(theme: Theme): StylesheetJson {
  const ink = colour("ink", theme);
  const paper = colour("paper", theme);
  return [
    {
      selector: "node",
      style: {
        width: 38,
        height: 38,
        label: "data(label)",
        color: ink,
        "font-family": SANS,
        "font-size": 13,
        "font-weight": 500,
        "text-valign": "bottom",
        "text-margin-y": 7,
        "text-wrap": "wrap",
        "text-max-width": "130px",
        "text-outline-color": paper,
        "text-outline-width": 3,
        "min-zoomed-font-size": 6,
        "background-width": "58%",
        "background-height": "58%",
        "border-width": 0,
        "overlay-opacity": 0,
      },
    },
    ...ENTITY_ORDER.map((kind) => kindStyle(kind, theme, paper)),
    { selector: "node[?end]", style: { width: 54, height: 54, "font-size": 16, "font-weight": 700, "text-margin-y": 9, "text-max-width": "180px" } },
    { selector: "node[?pinned]", style: { "border-width": 3, "border-color": colour("strong", theme), "border-position": "outside" } as object },
    {
      selector: "node[?more]",
      style: {
        shape: "round-rectangle",
        width: 46,
        height: 26,
        "background-color": colour("sunk", theme),
        "border-width": 1.5,
        "border-style": "dashed",
        "border-color": colour("strong", theme),
        color: ink,
        "font-size": 12,
        "text-valign": "center",
        "text-margin-y": 0,
        "text-outline-width": 0,
      },
    },
    {
      selector: "edge",
      style: {
        width: 2.2,
        "curve-style": "bezier",
        "control-point-step-size": 62,
        "line-cap": "round",
        label: "data(label)",
        "font-family": SANS,
        "font-size": 11,
        "text-wrap": "wrap",
        "text-max-width": "120px",
        "text-background-color": paper,
        "text-background-opacity": 0.92,
        "text-background-padding": "3px",
        "text-background-shape": "roundrectangle",
        "min-zoomed-font-size": 7,
        "overlay-opacity": 0,
        "arrow-scale": 0.8,
      },
    },
    ...STATUSES.map((status) => statusStyle(status, theme)),
    { selector: "edge[?directed]", style: { "target-arrow-shape": "triangle" } },
    { selector: "edge[?quiet]", style: { label: "" } },
    { selector: "edge[?many]", style: { width: 3.6 } },
    {
      selector: "edge.possible",
      style: {
        opacity: 0.75,
        "underlay-color": colour("ALLEGED", theme),
        "underlay-opacity": 0.14,
        "underlay-padding": 7,
        "underlay-shape": "round-rectangle",
      } as object,
    },
    { selector: "node.faint", style: { opacity: 0.5 } },
    { selector: "edge.faint", style: { opacity: 0.38, label: "" } },
    { selector: "edge.faint.possible", style: { "underlay-opacity": 0.06 } as object },
    { selector: ".past", style: { opacity: 0.2 } },
    { selector: "edge.past", style: { label: "" } },
    { selector: "edge.route", style: { width: 4.2, label: "data(label)", "font-size": 12.5 } },
    { selector: "node.cursor", style: { "outline-width": 3, "outline-offset": 5, "outline-color": colour("accent", theme) } as object },
    { selector: "node.chosen", style: { "outline-width": 4, "outline-offset": 3, "outline-color": colour("accent", theme) } as object },
    {
      selector: "edge.chosen",
      style: {
        width: 4.6,
        label: "data(label)",
        "underlay-color": colour("accent", theme),
        "underlay-opacity": 0.25,
        "underlay-padding": 7,
      } as object,
    },
  ];
}

function kindStyle(kind: EntityKind, theme: Theme, paper: string): StylesheetJson[number] {
  return {
    selector: `node[kind = "${kind}"]`,
    style: { shape: SHAPES[kind], "background-color": colour(kind, theme), "background-image": glyphUri(kind, paper) } as object,
  };
}

function statusStyle(status: Status, theme: Theme): StylesheetJson[number] {
  const dash = DASHES[status];
  const line = colour(status, theme);
  return {
    selector: `edge[status = "${status}"]`,
    style: {
      "line-color": line,
      "target-arrow-color": line,
      color: line,
      ...(dash.length ? { "line-style": "dashed", "line-dash-pattern": [...dash] } : { "line-style": "solid" }),
    } as object,
  };
}
