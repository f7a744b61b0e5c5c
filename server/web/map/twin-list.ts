/** The canvas as a list: the same nodes and lines, the same things to do with them. */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { held } from "./dates.js";
import { windowOf } from "./elements.js";
import type { GraphModel, MapNode, Tie } from "./model.js";
import { act, kindMark, statusMark } from "./parts.js";
import { expandedBy, type View } from "./state.js";
import { shared } from "./styles.js";
import { count, ENTITY_KINDS, HELD } from "./words.js";

@customElement("interlock-list")
export class TwinList extends LitElement {
  @property({ attribute: false }) model!: GraphModel;
  @property({ attribute: false }) view!: View;

  private lines = new Map<string, Tie[]>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("model")) return;
    this.lines = new Map([...this.model.nodes.keys()].map((id) => [id, []]));
    for (const edge of this.model.edges.values()) for (const id of [edge.a, edge.b]) this.lines.get(id)?.push(...edge.ties);
  }

  protected override render(): TemplateResult {
    const { hidden } = this.view;
    return html`
      ${
        hidden.length
          ? html`<p class="row small"><span>Hidden: ${count(hidden.length, "entity", "entities")}</span> <button @click=${() => act(this, { type: "show", id: null })}>Show again</button></p>`
          : nothing
      }
      <ul>
        ${[...this.model.nodes.values()].map((node) => this.node(node))}
      </ul>
    `;
  }

  private node({ entity }: MapNode): TemplateResult {
    const { id, name, kind } = entity;
    const open = expandedBy(this.view, id) !== undefined;
    const left = this.model.more.find((each) => each.of === id)?.count ?? 0;
    const window = windowOf(this.view.at);
    return html`<li>
      <div class="row">
        <button class="plain name" aria-pressed=${this.view.selected === id} @click=${() => act(this, { type: "select", id })}>${kindMark(kind, 18)} <bdi>${name}</bdi></button>
        <span class="soft small">${ENTITY_KINDS[kind]}</span>
        <span class="tools">
          <button ?hidden=${id === this.view.of} aria-label="${open ? "Collapse" : "Expand"} ${name}" @click=${() => act(this, open ? { type: "collapse", id } : { type: "expand", id })}>${open ? "Collapse" : "Expand"}</button>
          ${left ? html`<button aria-label="${left} more of ${name}" @click=${() => act(this, { type: "expand", id })}>+${left}</button>` : nothing}
          <button aria-label="Hide ${name}" @click=${() => act(this, { type: "hide", id })}>Hide</button>
        </span>
      </div>
      <ul>
        ${this.lines.get(id)?.map((tie) => {
          const then = window ? held(tie.interval, window) : null;
          return html`<li class="small"><button class="plain" @click=${() => act(this, { type: "select", id: tie.id })}>${tie.sentence}</button> ${statusMark(tie.status)}${then ? html` <span class="soft">${HELD[then]}</span>` : nothing}</li>`;
        })}
      </ul>
    </li>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        padding: 0.5rem 0;
      }
      :host > ul > li {
        padding: 0.5rem 0;
        border-top: 1px solid var(--line);
      }
      ul ul {
        padding: 0.2rem 0 0 1.6rem;
      }
      ul ul li {
        padding: 0.15rem 0;
      }
      .name {
        display: inline-flex;
        gap: 0.4rem;
        align-items: center;
        font-weight: 600;
        text-decoration: none;
        color: var(--ink);
      }
      .tools {
        margin-inline-start: auto;
        display: flex;
        gap: 0.25rem;
      }
      .tools button {
        min-height: 1.6rem;
        padding: 0 0.5rem;
        font-size: 0.8125rem;
      }
    `,
  ];
}
