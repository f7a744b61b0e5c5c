/** The map as a picture that stands alone: an SVG document, every text in it escaped. */

import type { Certainty, EntityKind, Status } from "./generated.js";
import { colour, DASHES, GLYPHS, type Theme } from "./palette.js";
import { outline } from "./shapes.js";
import type { Point } from "./state.js";
import { ENTITY_KINDS, STATUS_WORDS } from "./words.js";

export interface SceneNode extends Point {
  readonly id: string;
  readonly name: string;
  readonly kind: EntityKind;
  readonly end: boolean;
  readonly held: Certainty;
}

export interface SceneEdge {
  readonly a: string;
  readonly b: string;
  readonly label: string;
  readonly status: Status;
  readonly held: Certainty;
}

export interface Scene {
  readonly title: string;
  readonly note: string;
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
}

const SERIF = "'Iowan Old Style', 'Palatino Linotype', Palatino, Charter, Georgia, serif";
const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const OPACITY: Record<Certainty, number> = { CERTAIN: 1, POSSIBLE: 0.72, IMPOSSIBLE: 0.18 };
const MARGIN = 90;

export function escapeXml(text: string): string {
  // What XML can't hold at all is left out; what has a meaning in it is written as an entity.
  // eslint-disable-next-line no-control-regex
  const printable = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return printable.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** The whole document, with title, legend and note. */
export function drawSvg(scene: Scene, theme: Theme): string {
  const [left, top, right, bottom] = box(scene.nodes);
  const width = Math.max(right - left, 560) + 2 * MARGIN;
  const titleLines = wrap(scene.title, Math.floor((width - 2 * MARGIN) / 13));
  const noteLines = wrap(scene.note, Math.floor((width - 2 * MARGIN) / 7));
  const head = 50 + titleLines.length * 32;
  const height = head + (bottom - top) + 2 * MARGIN + 60 + noteLines.length * 18;
  const [dx, dy] = [(width - (right - left)) / 2 - left, head + MARGIN - top - 20];
  const foot = height - 52 - noteLines.length * 18;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(scene.title)}</title>`,
    `<rect width="100%" height="100%" fill="${colour("paper", theme)}"/>`,
    lines(titleLines, MARGIN, 58, 32, `font-family="${SERIF}" font-size="25" fill="${colour("ink", theme)}"`),
    `<g transform="translate(${dx} ${dy})" font-family="${SANS}">`,
    ...scene.edges.map((edge) => drawEdge(edge, scene, theme)),
    ...scene.nodes.map((node) => drawNode(node, theme)),
    "</g>",
    drawLegend(scene, foot, theme),
    lines(noteLines, MARGIN, foot + 34, 18, `font-family="${SANS}" font-size="12" fill="${colour("soft", theme)}"`),
    "</svg>",
  ].join("\n");
}

function box(nodes: readonly SceneNode[]): [number, number, number, number] {
  const [xs, ys] = [nodes.map((node) => node.x), nodes.map((node) => node.y)];
  return nodes.length ? [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] : [0, 0, 0, 0];
}

function drawEdge(edge: SceneEdge, scene: Scene, theme: Theme): string {
  const [a, b] = [edge.a, edge.b].map((id) => scene.nodes.find((node) => node.id === id));
  if (!a || !b) return "";
  const dash = DASHES[edge.status].join(" ");
  const line = `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${colour(edge.status, theme)}" stroke-width="2.2" stroke-linecap="round"${dash && ` stroke-dasharray="${dash}"`}/>`;
  const halo = `paint-order="stroke" stroke="${colour("paper", theme)}" stroke-width="5" stroke-linejoin="round"`;
  const label = `<g font-size="10.5" fill="${colour(edge.status, theme)}" text-anchor="middle" ${halo}>${stacked(edge.label, (a.x + b.x) / 2, (a.y + b.y) / 2 - 4, 13)}</g>`;
  return `<g opacity="${OPACITY[edge.held]}">${line}${edge.held === "IMPOSSIBLE" || !edge.label ? "" : label}</g>`;
}

function drawNode(node: SceneNode, theme: Theme): string {
  const half = node.end ? 26 : 19;
  const scale = (half * 1.15) / 24;
  const halo = `paint-order="stroke" stroke="${colour("paper", theme)}" stroke-width="5" stroke-linejoin="round"`;
  return [
    `<g transform="translate(${node.x} ${node.y})" opacity="${OPACITY[node.held]}">`,
    `<path d="${outline(node.kind, half)}" fill="${colour(node.kind, theme)}" stroke="${colour(node.kind, theme)}" stroke-width="4" stroke-linejoin="round"/>`,
    `<path transform="translate(${-12 * scale} ${-12 * scale}) scale(${scale})" fill="${colour("paper", theme)}" fill-rule="evenodd" d="${GLYPHS[node.kind]}"/>`,
    `<g font-size="${node.end ? 15 : 12.5}" font-weight="${node.end ? 650 : 500}" fill="${colour("ink", theme)}" text-anchor="middle" ${halo}>`,
    stacked(wrap(node.name, node.end ? 18 : 20).join("\n"), 0, half + 20, node.end ? 18 : 15),
    "</g></g>",
  ].join("");
}

function drawLegend(scene: Scene, y: number, theme: Theme): string {
  const statuses = (Object.keys(STATUS_WORDS) as Status[]).filter((status) => scene.edges.some((edge) => edge.status === status));
  const kinds = (Object.keys(ENTITY_KINDS) as EntityKind[]).filter((kind) => scene.nodes.some((node) => node.kind === kind));
  const text = (x: number, words: string): string =>
    `<text x="${x}" y="${y + 4}" font-size="12" fill="${colour("soft", theme)}">${escapeXml(words)}</text>`;
  let x = MARGIN;
  const parts = [];
  for (const status of statuses) {
    const dash = DASHES[status].join(" ");
    parts.push(
      `<path d="M${x} ${y}h34" stroke="${colour(status, theme)}" stroke-width="2.2" stroke-linecap="round"${dash && ` stroke-dasharray="${dash}"`}/>`,
    );
    parts.push(text(x + 42, STATUS_WORDS[status][0]));
    x += 62 + STATUS_WORDS[status][0].length * 7;
  }
  for (const kind of kinds) {
    parts.push(
      `<path transform="translate(${x + 8} ${y})" d="${outline(kind, 7)}" fill="${colour(kind, theme)}"/>`,
      text(x + 22, ENTITY_KINDS[kind]),
    );
    x += 40 + ENTITY_KINDS[kind].length * 7;
  }
  return `<g font-family="${SANS}" fill="none">${parts.join("")}</g>`;
}

function stacked(label: string, x: number, y: number, height: number): string {
  return label
    .split("\n")
    .map((line, index) => `<text x="${x}" y="${y + index * height}">${escapeXml(line)}</text>`)
    .join("");
}

function lines(texts: readonly string[], x: number, y: number, height: number, how: string): string {
  return `<g ${how}>${stacked(texts.join("\n"), x, y, height)}</g>`;
}

/** A text in lines of about so many characters. */
export function wrap(text: string, length: number): string[] {
  const made: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = made.at(-1);
    if (last !== undefined && last.length + word.length < length) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  return made;
}
