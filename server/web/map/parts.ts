/** Small pieces of markup that several views use, and how they send actions. */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { EntityKind, Status } from "./generated.js";
import { DASHES, GLYPHS } from "./palette.js";
import { outline } from "./shapes.js";
import type { Action } from "./state.js";
import { STATUS_WORDS } from "./words.js";

/** Tell the map what to do; the event crosses shadow roots. */
export function act(element: HTMLElement, action: Action): void {
  element.dispatchEvent(new CustomEvent("act", { detail: action, bubbles: true, composed: true }));
}

/** Have something read out. */
export function announce(element: HTMLElement, text: string): void {
  element.dispatchEvent(new CustomEvent("announce", { detail: text, bubbles: true, composed: true }));
}

/** A status as dash, word and colour. */
export function statusMark(status: Status): TemplateResult {
  return html`<span class="status">${dashMark(status)}<span>${STATUS_WORDS[status][0]}</span></span>`;
}

export function dashMark(status: Status, length = 30): TemplateResult {
  return html`<svg width=${length} height="6" viewBox="0 0 ${length} 6" aria-hidden="true">
    <line x1="2" y1="3" x2=${length - 2} y2="3" stroke="var(--${status.toLowerCase()})" stroke-width="2.6" stroke-linecap="round" stroke-dasharray=${DASHES[status].join(" ") || nothing} />
  </svg>`;
}

/** The shape and glyph that stand for a kind. */
export function kindMark(kind: EntityKind, size = 20): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="-12 -12 24 24" aria-hidden="true">
    <path d=${outline(kind, 10)} fill="var(--${kind.toLowerCase()})" />
    <path transform="translate(-6.6 -6.6) scale(.55)" fill="var(--panel)" fill-rule="evenodd" d=${GLYPHS[kind]} />
  </svg>`;
}

const ICONS = {
  undo: "M9 7L4 12l5 5M4.5 12H15a5 5 0 0 1 0 10h-2",
  redo: "M15 7l5 5-5 5M19.5 12H9a5 5 0 0 0 0 10h2",
  in: "M12 5v14M5 12h14",
  out: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  close: "M6 6l12 12M18 6L6 18",
  share: "M12 15V4M8 7.5L12 3.5l4 4M5 13v7h14v-7",
  theme: "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17zM12 5.5v13a6.5 6.5 0 0 0 0-13z",
  swap: "M4 8h15l-4-4M20 16H5l4 4",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
} as const;

export function icon(name: keyof typeof ICONS): TemplateResult {
  const filled = name === "play" || name === "theme";
  return html`<svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke=${name === "theme" ? "none" : "currentColor"} stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">
    ${svg`<path d=${ICONS[name]} fill=${filled ? "currentColor" : "none"} fill-rule="evenodd" />`}
  </svg>`;
}

/** Grey bars where words will be. */
export function bones(...widths: number[]): TemplateResult {
  return html`<svg class="bone-box" width="100%" height=${widths.length * 24} aria-hidden="true">
    ${widths.map((width, index) => svg`<rect class="bone-bar" x="0" y=${index * 24 + 4} width="${width}%" height="13" rx="4" />`)}
  </svg>`;
}

/** Only what is http or https becomes a link; all else stays text. */
export function link(url: string | null, text: string): TemplateResult {
  if (!url || !/^https?:\/\//i.test(url)) return html`${text}`;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
}
