/** How they stand where there is less room, one below the other on a phone; and on paper. */

import { css, type CSSResult } from "lit";

export const narrow: CSSResult = css`
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
    interlock-tools {
      position: static;
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
    :host([embed]) .body {
      overflow-y: auto;
    }
    :host([embed]) .words {
      display: flex;
      flex: none;
    }
    :host([embed]) .words > * {
      margin: 0;
    }
    :host([embed]) .stage {
      flex: 1;
      margin-top: 0.4rem;
    }
    :host([embed]) interlock-canvas,
    :host([embed]) interlock-canvas.flat {
      flex: 1 0 13rem;
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
    interlock-tools,
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
