/** The conditions under which paths are looked for. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { span } from "./dates.js";
import type { RelationshipKind, Status } from "./generated.js";
import { act } from "./parts.js";
import { MAX_HOPS, NO_FILTERS, type Filters } from "./state.js";
import { shared } from "./styles.js";
import { capital, STATUSES, STATUS_WORDS, TIE_KINDS } from "./words.js";

@customElement("interlock-filters")
export class FilterPanel extends LitElement {
  @property({ attribute: false }) filters: Filters = NO_FILTERS;
  /** The ends of a question in words, which a changed condition asks about anew. */
  @property({ attribute: false }) ends: { from: string; to: string } | null = null;
  @property({ type: Boolean }) paths = true;

  protected override render(): TemplateResult {
    const { minStatus, asOf, heldTogether, maxHops, excludeKinds } = this.filters;
    return html`
      <div class="grid">
        <div>
          <label for="status">Status</label>
          <select id="status" @change=${(event: Event) => this.put({ minStatus: (valueOf(event) || null) as Status | null })}>
            <option value="" ?selected=${minStatus === null}>Disputed or stronger</option>
            ${STATUSES.map((status) => html`<option value=${status} ?selected=${minStatus === status}>${capital(STATUS_WORDS[status][0])}${status === "CONFIRMED" ? " only" : " or stronger"}</option>`)}
          </select>
        </div>
        <div>
          <label for="as-of">Held in or on</label>
          <input id="as-of" type="text" inputmode="numeric" placeholder="2015 or 2015-06" .value=${asOf ?? ""} @change=${this.date} aria-describedby="hint" />
        </div>
        <div ?hidden=${!this.paths}>
          <label for="hops">Hops at most</label>
          <select id="hops" @change=${(event: Event) => this.put({ maxHops: Number(valueOf(event)) })}>
            ${[1, 2, 3, 4, 5, 6, 7, 8].map((hops) => html`<option value=${hops} ?selected=${hops === maxHops}>${hops}${hops === MAX_HOPS ? " (as usual)" : ""}</option>`)}
          </select>
        </div>
        <label class="check" ?hidden=${!this.paths}>
          <input type="checkbox" .checked=${heldTogether} @change=${(event: Event) => this.put({ heldTogether: (event.target as HTMLInputElement).checked })} />
          <span>All held at one time</span>
        </label>
      </div>
      <p id="hint" class="small soft">
        A date is part of the search: only what possibly held then is looked at.
        ${this.ends ? "A change asks anew between the two ends, without what the question's words said of conditions." : nothing}
      </p>
      <fieldset>
        <legend>Kinds of relationship</legend>
        ${(Object.keys(TIE_KINDS) as RelationshipKind[]).map(
          (kind) =>
            html`<label class="check"><input type="checkbox" .checked=${!excludeKinds.includes(kind)} @change=${() => this.kind(kind)} /><span>${TIE_KINDS[kind]}</span></label>`,
        )}
      </fieldset>
      <button ?disabled=${JSON.stringify(this.filters) === JSON.stringify(NO_FILTERS)} @click=${() => this.put(NO_FILTERS)}>Clear all</button>
    `;
  }

  private date(event: Event): void {
    const input = event.target as HTMLInputElement;
    const text = input.value.trim();
    const wrong = text !== "" && span(text) === null;
    input.setCustomValidity(wrong ? "Write it as 2015, 2015-06 or 2015-06-22." : "");
    if (wrong) input.reportValidity();
    else this.put({ asOf: text || null });
  }

  private kind(kind: RelationshipKind): void {
    const { excludeKinds } = this.filters;
    this.put({ excludeKinds: excludeKinds.includes(kind) ? excludeKinds.filter((each) => each !== kind) : [...excludeKinds, kind] });
  }

  private put(filters: Partial<Filters>): void {
    act(this, { type: "filter", filters, ...(this.ends && { ends: this.ends }) });
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 0.6rem;
        padding: 0.75rem 0 0.25rem;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
        gap: 0.6rem;
      }
      .grid label,
      legend {
        display: block;
        font-size: 0.8125rem;
        color: var(--soft);
      }
      select,
      input[type="text"] {
        width: 100%;
      }
      fieldset {
        border: 0;
        padding: 0;
        margin: 0;
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
        gap: 0.1rem 0.75rem;
      }
      .grid .check,
      .check {
        display: flex;
        align-items: center;
        gap: 0.45rem;
        min-height: 1.75rem;
      }
      .check input {
        width: 1.05rem;
        height: 1.05rem;
        min-height: 0;
        accent-color: var(--accent);
      }
      .check span {
        font-size: 0.875rem;
        color: var(--ink);
      }
      button {
        justify-self: start;
      }
    `,
  ];
}

function valueOf(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
