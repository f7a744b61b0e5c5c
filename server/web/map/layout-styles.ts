/** How the parts of the map stand on a wide page: words beside the drawing. */

import { css, type CSSResult } from "lit";

export const layout: CSSResult = css`
  :host {
    display: block;
    container-type: inline-size;
    background: var(--paper);
    color: var(--ink);
    height: 40rem;
  }
  :host([page]),
  :host([embed]) {
    height: 100dvh;
  }
  .frame {
    height: 100%;
    display: flex;
    flex-direction: column;
  }
  header {
    display: flex;
    align-items: center;
    gap: 1rem 1.5rem;
    padding: 0.7rem 1.5rem;
    border-bottom: 1px solid var(--line);
  }
  .brand {
    font: 600 1.375rem/1 var(--serif);
    letter-spacing: 0.005em;
    color: var(--ink);
    text-decoration: none;
  }
  header interlock-search {
    flex: 1;
    max-width: 46rem;
  }
  header .tools {
    margin-inline-start: auto;
    flex-wrap: nowrap;
  }
  .share {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
  }
  .body {
    flex: 1;
    min-height: 0;
    display: grid;
    grid-template-columns: minmax(20rem, 26rem) minmax(0, 1fr);
  }
  .detailed .body {
    grid-template-columns: minmax(18rem, 23rem) minmax(0, 1fr) minmax(20rem, 25rem);
  }
  .words {
    overflow-y: auto;
    padding: 1.5rem 1.5rem 2rem;
    display: flex;
    flex-direction: column;
    gap: 1rem;
    border-inline-end: 1px solid var(--line);
  }
  h1 {
    font-size: clamp(1.5rem, 1.1rem + 1.1cqi, 2rem);
    letter-spacing: -0.008em;
    overflow-wrap: anywhere;
  }
  .sentence {
    font: 1.0625rem/1.5 var(--serif);
  }
  .old {
    opacity: 0.5;
  }
  .ends {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    gap: 0.4rem;
    align-items: end;
  }
  .ends button {
    min-height: 2.25rem;
    border-color: transparent;
    background: none;
  }
  summary {
    cursor: pointer;
    font-size: 0.875rem;
    color: var(--accent);
    border-radius: 0.3rem;
  }
  .set {
    padding: 0 0.4rem;
    border-radius: 0.6rem;
    background: var(--wash);
    color: var(--ink);
  }
  .examples li {
    padding: 0.25rem 0;
    font: 1rem/1.4 var(--serif);
  }
  .failed {
    display: grid;
    gap: 0.6rem;
    justify-items: start;
    padding: 0.9rem 1.1rem;
    background: var(--sunk);
    border-inline-start: 3px solid var(--disputed);
    border-radius: 0.3rem;
  }
  .stage {
    position: relative;
    min-width: 0;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  interlock-tools {
    position: absolute;
    z-index: 5;
    top: 0.75rem;
    inset-inline-end: 0.9rem;
  }
  .hidden {
    position: absolute;
    z-index: 5;
    top: 1.15rem;
    inset-inline-start: 1rem;
  }
  interlock-canvas {
    flex: 1;
    min-height: 12rem;
  }
  interlock-legend {
    padding: 0.4rem 1rem;
  }
  interlock-time {
    border-top: 1px solid var(--line);
  }
  aside {
    min-height: 0;
    display: flex;
    border-inline-start: 1px solid var(--line);
  }
  aside interlock-detail {
    flex: 1;
  }
  .credit {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding: 0.35rem 1rem;
    border-top: 1px solid var(--line);
  }

  :host([embed]) .body,
  :host([embed]) .detailed .body {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr);
  }
  :host([embed]) .words {
    border: 0;
    gap: 0.3rem;
    padding: 0.9rem 1rem 0.4rem;
    max-height: 45dvh;
  }
  :host([embed]) h1 {
    font-size: 1.3125rem;
  }
  :host([embed]) .sentence {
    font-size: 0.9375rem;
  }
  :host([embed]) aside {
    position: absolute;
    z-index: 10;
    inset: 0 0 0 auto;
    width: min(24rem, 92%);
    box-shadow: -8px 0 28px rgb(0 0 0 / 0.18);
  }
`;
