/** The paths found, in words. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Found, Path, Tie } from "./model.js";
import { act, bones, statusMark } from "./parts.js";
import { shared } from "./styles.js";
import { count, HELD, STOPPED } from "./words.js";

@customElement("interlock-paths")
export class PathList extends LitElement {
  @property({ attribute: false }) found: Found | null = null;
  @property({ type: Number }) path = 0;
  @property({ attribute: false }) selected: string | null = null;
  @property({ type: Boolean }) loading = false;
  /** What stands above the list already, and need not be told again. */
  @property() told = "";

  protected override render(): TemplateResult {
    if (!this.found) return html`<div aria-hidden="true">${bones(85, 60)}<br />${bones(92, 48)}<br />${bones(78, 66)}</div>`;
    const { nodes, noPath, stoppedBy, excludedByDefault } = this.found;
    return html`
      <h2 id="head" class="eyebrow">${nodes.length ? count(nodes.length, "path") : "No path"}</h2>
      ${noPath ? this.none(noPath) : nothing}
      <ol aria-labelledby="head" class=${this.loading ? "old" : ""}>
        ${nodes.map((path, index) => this.item(path, index + 1))}
      </ol>
      <p class="small soft">
        ${nodes.length ? STOPPED[stoppedBy] : nothing} ${excludedByDefault.length ? html`Left out: ${excludedByDefault.join("; ")}.` : nothing}
      </p>
    `;
  }

  private none({ reason, relaxations }: NonNullable<Found["noPath"]>): TemplateResult {
    return html`<div class="none">
      <p>${reason}</p>
      ${relaxations.length ? html`<p class="small">What would connect them:</p>` : nothing}
      <ul>
        ${relaxations.map((each) => html`<li class="small">${each.description} (${count(each.length, "hop")})</li>`)}
      </ul>
    </div>`;
  }

  private item(path: Path, number: number): TemplateResult {
    const open = number === this.path;
    const [first] = path.hops;
    const names = first ? [first.from, ...path.hops.map((hop) => hop.to)] : [];
    return html`<li class=${open ? "open" : ""}>
      <button class="path" aria-expanded=${open} @click=${() => act(this, { type: "path", path: open ? 0 : number })}>
        <span class="number">${number}</span>
        <span class="names">${names.map((entity, index) => html`${index ? html`<span class="dash"> – </span>` : nothing}<bdi>${entity.name}</bdi>`)}</span>
        <span class="facts">${statusMark(path.status)}<span>${count(path.length, "hop")}</span>${this.together(path)}</span>
      </button>
      ${open ? this.hops(path) : nothing}
    </li>`;
  }

  private together({ heldTogether, length }: Path): TemplateResult | typeof nothing {
    if (length < 2) return nothing;
    const words = { CERTAIN: "held together", POSSIBLE: "possibly held together", IMPOSSIBLE: "not at one time" }[heldTogether.certainty];
    return html`<span>${words}</span>`;
  }

  private hops(path: Path): TemplateResult {
    return html`<div class="more">
      ${this.told.includes(path.sentence) ? nothing : html`<p class="sentence">${path.sentence}</p>`}
      <ul>
        ${path.hops.map(
          (hop) =>
            html`${hop.parallel.map((tie, index) => this.tie(tie, index > 0))}${hop.heldThen ? html`<li class="small soft held">${HELD[hop.heldThen]}</li>` : nothing}`,
        )}
      </ul>
      <p class="small soft">${count(path.independentSources, "independent source")}</p>
    </div>`;
  }

  private tie(tie: Tie, also: boolean): TemplateResult {
    return html`<li class=${also ? "also" : ""}>
      <button class="plain" aria-pressed=${tie.id === this.selected} @click=${() => act(this, { type: "select", id: tie.id })}>${tie.sentence}</button>
      ${statusMark(tie.status)}
    </li>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
      }
      .eyebrow {
        margin-bottom: 0.5rem;
      }
      ol > li {
        border-top: 1px solid var(--line);
      }
      ol > li:last-child {
        border-bottom: 1px solid var(--line);
        margin-bottom: 0.5rem;
      }
      .old {
        opacity: 0.5;
      }
      .path {
        width: 100%;
        display: grid;
        grid-template-columns: 1.6rem 1fr;
        gap: 0.1rem 0.25rem;
        padding: 0.6rem 0.25rem;
        border: 0;
        border-radius: 0;
        background: none;
        text-align: start;
      }
      .path:hover {
        background: var(--wash);
      }
      .number {
        grid-row: 1 / 3;
        font: 600 1rem/1.4 var(--serif);
        color: var(--soft);
      }
      .names {
        line-height: 1.4;
        font-weight: 500;
      }
      .open .names {
        font-weight: 650;
      }
      .dash {
        color: var(--soft);
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0.1rem 0.8rem;
        font-size: 0.8125rem;
        color: var(--soft);
      }
      .more {
        padding: 0 0.25rem 0.8rem 1.85rem;
        display: grid;
        gap: 0.6rem;
      }
      .sentence {
        font: 1rem/1.5 var(--serif);
      }
      .more li {
        padding: 0.3rem 0 0.3rem 0.75rem;
        border-left: 2px solid var(--line);
      }
      .more li.also {
        padding-left: 1.5rem;
      }
      button.plain {
        display: block;
        font-size: 0.875rem;
        line-height: 1.45;
      }
      button.plain[aria-pressed="true"] {
        background: var(--wash);
        color: var(--ink);
      }
      .none {
        display: grid;
        gap: 0.4rem;
        padding: 0.8rem 1rem;
        margin-bottom: 0.75rem;
        background: var(--sunk);
        border-radius: 0.6rem;
      }
      .none li::before {
        content: "→ ";
      }
    `,
  ];
}
