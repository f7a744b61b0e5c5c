/** How the parts of the map stand on the page: words beside the drawing on a wide screen, one below the other on a narrow one. */

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
  .toolbar {
    position: absolute;
    z-index: 5;
    top: 0.75rem;
    inset-inline-end: 0.9rem;
    display: flex;
    gap: 0.3rem;
    padding: 0.3rem;
    background: color-mix(in srgb, var(--paper) 88%, transparent);
    border-radius: 0.7rem;
  }
  .toolbar button,
  .toolbar select {
    font-size: 0.8125rem;
  }
  .toolbar select {
    min-height: 2.125rem;
    border-color: var(--line);
  }
  .gap {
    width: 0.35rem;
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
  .bone-bar {
    fill: var(--line);
  }
  .bone-box {
    animation: breathe 1.4s ease-in-out infinite alternate;
  }

  :host([embed]) .body,
  :host([embed]) .detailed .body {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr);
  }
  :host([embed]) .words {
    border: 0;
    gap: 0.3rem;
    padding: 0.9rem 1rem 0.25rem;
    overflow: visible;
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

  @container (max-width: 68rem) {
    .detailed .body {
      grid-template-columns: minmax(17rem, 22rem) minmax(0, 1fr);
      position: relative;
    }
    aside {
      position: absolute;
      z-index: 10;
      inset: 0 0 0 auto;
      width: min(25rem, 92%);
      box-shadow: -8px 0 28px rgb(0 0 0 / 0.14);
    }
  }

  @container (max-width: 52rem) {
    .frame {
      height: auto;
      min-height: 100%;
    }
    :host([page]) {
      height: auto;
    }
    header {
      flex-wrap: wrap;
      padding: 0.7rem 1rem;
    }
    header interlock-search {
      order: 3;
      flex-basis: 100%;
    }
    .share span {
      display: none;
    }
    .body,
    .detailed .body {
      display: flex;
      flex-direction: column;
    }
    .words {
      display: contents;
    }
    .words > * {
      order: 3;
      margin-inline: 1rem;
    }
    .words > h1,
    .words > .sentence,
    .words > .failed,
    .words > .loading {
      order: 0;
      margin-top: 1rem;
    }
    .words > .sentence {
      margin-top: 0.4rem;
    }
    .words > * + * {
      margin-top: 1rem;
    }
    .stage {
      order: 1;
      margin-top: 0.75rem;
    }
    .toolbar {
      position: static;
      overflow-x: auto;
      border-radius: 0;
      border-block: 1px solid var(--line);
    }
    .toolbar button,
    .toolbar select {
      flex: none;
    }
    .toolbar {
      gap: 0.2rem;
    }
    .toolbar button,
    .toolbar select {
      padding-inline: 0.4rem;
    }
    .toolbar .zoom {
      display: none;
    }
    interlock-canvas {
      flex: none;
      height: min(24rem, 62vh);
    }
    interlock-canvas.flat {
      height: 14rem;
    }
    aside {
      order: 2;
      position: static;
      width: auto;
      margin-top: 0.5rem;
      box-shadow: none;
      border: 0;
      border-block: 1px solid var(--line);
    }
    .words > .twin {
      margin-bottom: 2rem;
    }
    .hidden {
      top: 3.5rem;
    }
  }

  @container (max-width: 52rem) {
    :host([embed]) .frame {
      height: 100%;
    }
    :host([embed]) .stage {
      flex: 1;
    }
    :host([embed]) interlock-canvas,
    :host([embed]) interlock-canvas.flat {
      flex: 1 0 12rem;
      height: auto;
    }
    :host([embed]) aside {
      position: absolute;
    }
  }

  @media print {
    :host {
      height: auto !important;
    }
    header,
    .toolbar,
    .ends,
    .filters,
    .twin summary {
      display: none !important;
    }
    .body,
    .frame {
      display: block;
    }
    .words {
      border: 0;
      overflow: visible;
    }
    interlock-canvas {
      height: 12cm;
    }
  }
`;
