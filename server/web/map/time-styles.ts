/** How the time panel looks. */

import { css, type CSSResult } from "lit";

export const timeStyles: CSSResult = css`
  :host {
    --name: 15rem;
    display: block;
    padding: 0.6rem 1rem 0.4rem;
  }
  .none {
    min-height: 2rem;
  }
  .rows {
    max-height: 9.5rem;
    overflow-y: auto;
    scrollbar-gutter: stable;
    margin-bottom: 0.25rem;
  }
  :host([compact]) .rows {
    max-height: 4.9rem;
  }
  .rows li,
  .control {
    display: grid;
    grid-template-columns: var(--name) 1fr;
    gap: 1rem;
    align-items: center;
  }
  .control {
    scrollbar-gutter: stable;
    overflow: hidden;
    overflow-y: auto;
  }
  .rows li {
    padding: 0.1rem 0;
  }
  .past .bar {
    opacity: 0.35;
  }
  .name {
    min-height: 0;
    padding: 0.1rem 0.3rem;
    border: 0;
    background: none;
    text-align: start;
    line-height: 1.3;
  }
  .name:hover,
  .name[aria-pressed="true"] {
    background: var(--wash);
    color: var(--ink);
  }
  .words,
  .when {
    display: block;
    font-size: 0.75rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .when {
    color: var(--soft);
  }
  .bar {
    width: 100%;
    height: 18px;
    border-radius: 2px;
  }
  .head {
    flex-wrap: nowrap;
  }
  output {
    font: 600 1.0625rem/1.2 var(--serif);
    min-width: 6.5rem;
  }
  .track {
    position: relative;
    display: block;
  }
  .mountains,
  .cursor {
    width: 100%;
    height: 34px;
    display: block;
  }
  .cursor {
    position: absolute;
    top: 0;
  }
  .years {
    display: block;
    overflow: visible;
    font-size: 0.6875rem;
    fill: var(--soft);
  }
  input {
    position: absolute;
    inset-inline: -8px;
    top: 22px;
    width: calc(100% + 16px);
    height: 24px;
    min-height: 0;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    appearance: none;
    cursor: pointer;
  }
  input::-webkit-slider-runnable-track {
    height: 2px;
    background: var(--strong);
  }
  input::-moz-range-track {
    height: 2px;
    background: var(--strong);
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 16px;
    height: 16px;
    margin-top: -7px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 3px var(--paper);
  }
  input::-moz-range-thumb {
    width: 16px;
    height: 16px;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
  }
  input.unset::-webkit-slider-thumb {
    background: var(--paper);
    border: 2px solid var(--accent);
  }
  .years {
    margin-top: 8px;
  }
  @container (max-width: 44rem) {
    :host {
      padding-inline: 0.75rem;
    }
    .rows li,
    .control {
      grid-template-columns: 1fr;
      gap: 0.1rem;
    }
    .rows li {
      padding-bottom: 0.4rem;
    }
  }
  @media print {
    .control {
      display: none;
    }
  }
`;
