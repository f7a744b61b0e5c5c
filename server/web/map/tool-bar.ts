/** The tools of the drawing. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { act, icon } from "./parts.js";
import type { View } from "./state.js";
import { shared } from "./styles.js";

/** Emits `zoom` with a factor, 0 to show all, and `share`. */
@customElement("interlock-tools")
export class ToolBar extends LitElement {
  @property({ attribute: false }) view!: View;
  @property() draw: View["draw"] = "few";
  @property({ type: Number }) past = 0;
  @property({ type: Number }) future = 0;
  @property({ type: Boolean }) shares = false;

  protected override render(): TemplateResult {
    const { view } = this;
    return html`<div role="toolbar" aria-label="Map tools">
        <button class="icon" aria-label="Undo" title="Undo (Ctrl+Z)" ?disabled=${!this.past} @click=${() => act(this, { type: "undo" })}>${icon("undo")}</button>
        <button class="icon" aria-label="Redo" title="Redo (Ctrl+Shift+Z)" ?disabled=${!this.future} @click=${() => act(this, { type: "redo" })}>${icon("redo")}</button>
        <span class="gap"></span>
        <button aria-pressed=${view.layout === "network"} @click=${() => act(this, { type: "arrange", layout: view.layout === "network" ? "paths" : "network" })}>Network</button>
        <select aria-label="Paths drawn" ?hidden=${!!view.of} @change=${(event: Event) => act(this, { type: "arrange", draw: (event.target as HTMLSelectElement).value as View["draw"] })}>
          ${(["one", "few", "all"] as const).map((each) => html`<option value=${each} ?selected=${each === this.draw}>${{ one: "One path", few: "Five paths", all: "All paths" }[each]}</option>`)}
        </select>
        <button aria-pressed=${view.fan} @click=${() => act(this, { type: "arrange", fan: !view.fan })}>Fan out</button>
        <span class="gap"></span>
        <button class="icon zoom" aria-label="Zoom in" @click=${() => this.zoom(1.3)}>${icon("in")}</button>
        <button class="icon zoom" aria-label="Zoom out" @click=${() => this.zoom(1 / 1.3)}>${icon("out")}</button>
        <button class="icon" aria-label="Show all" @click=${() => this.zoom(0)}>${icon("fit")}</button>
        ${this.shares ? html`<button class="icon" aria-label="Share" @click=${() => this.dispatchEvent(new CustomEvent("share"))}>${icon("share")}</button>` : nothing}
    </div>`;
  }

  private zoom(factor: number): void {
    this.dispatchEvent(new CustomEvent("zoom", { detail: factor }));
  }

  static override styles = [
    shared,
    css`
      div {
        display: flex;
        gap: 0.3rem;
        padding: 0.3rem;
        background: color-mix(in srgb, var(--paper) 88%, transparent);
        border-radius: 0.7rem;
      }
      button,
      select {
        flex: none;
        font-size: 0.8125rem;
      }
      select {
        min-height: 2.125rem;
        border-color: var(--line);
      }
      .gap {
        width: 0.35rem;
      }
      @container (max-width: 52rem) {
        div {
          gap: 0.2rem;
          overflow-x: auto;
          border-radius: 0;
          border-block: 1px solid var(--line);
        }
        button,
        select {
          padding-inline: 0.4rem;
        }
        div .zoom,
        .gap {
          display: none;
        }
      }
    `,
  ];
}
