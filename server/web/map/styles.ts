/** What all parts of the map share: colours as custom properties, type, controls. */

import { css, unsafeCSS, type CSSResult } from "lit";
import { COLOURS } from "./palette.js";

const tokens = Object.entries(COLOURS)
  .map(([name, [light, dark]]) => `--${name.toLowerCase()}: light-dark(${light}, ${dark});`)
  .join(" ");

/** For the outermost element: the colours that all within it inherit. */
export const themed: CSSResult = css`
  :host {
    ${unsafeCSS(tokens)}
    color-scheme: light dark;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
`;

export const shared: CSSResult = css`
  :host {
    --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, serif;
    --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    box-sizing: border-box;
    font: 0.9375rem/1.5 var(--sans);
    color: var(--ink);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  blockquote {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2 {
    font-family: var(--serif);
    font-weight: 600;
    line-height: 1.22;
    text-wrap: balance;
  }
  h3,
  .eyebrow {
    font: 600 0.75rem/1.4 var(--sans);
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--soft);
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.18em;
    text-decoration-thickness: 1px;
    overflow-wrap: anywhere;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    min-height: 2.125rem;
    padding: 0.25rem 0.7rem;
    background: var(--panel);
    border: 1px solid var(--line);
    border-radius: 0.45rem;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    border-color: var(--strong);
  }
  button:disabled {
    color: var(--soft);
    opacity: 0.6;
    cursor: default;
  }
  button[aria-pressed="true"],
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--accentink);
  }
  button.plain {
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
  }
  button.icon {
    min-width: 2.125rem;
    padding: 0.25rem;
    display: inline-grid;
    place-items: center;
  }
  button svg {
    display: block;
  }
  input,
  select,
  textarea {
    background: var(--panel);
    border: 1px solid var(--strong);
    border-radius: 0.45rem;
    padding: 0.35rem 0.6rem;
    min-height: 2.25rem;
  }
  :focus-visible {
    outline: 2.5px solid var(--accent);
    outline-offset: 2px;
  }
  .small {
    font-size: 0.8125rem;
  }
  .soft {
    color: var(--soft);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    font-size: 0.8125rem;
    white-space: nowrap;
  }
  .status svg {
    flex: none;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .bone-bar {
    fill: var(--line);
  }
  .bone-box {
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    from {
      opacity: 0.45;
    }
    to {
      opacity: 0.9;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
