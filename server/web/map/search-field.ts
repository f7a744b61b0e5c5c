/** A field with suggestions as one types: an ARIA combobox. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Api } from "./api.js";
import { SearchDocument, type SearchQuery } from "./generated.js";
import { kindMark } from "./parts.js";
import { shared } from "./styles.js";
import { ENTITY_KINDS } from "./words.js";

type Hit = SearchQuery["search"][number];

const WAIT = 130;
const QUESTION = /\?\s*$|^\s*(how|what|who|which|is|are|does|do)\s+\S+\s+\S/i;

/** Emits `pick` with `{ id, name }` for an entity, `asked` with the text for a question. */
@customElement("interlock-search")
export class SearchField extends LitElement {
  @property() label = "";
  @property() placeholder = "";
  @property() value = "";
  /** Does it take questions as well as names? */
  @property({ type: Boolean }) questions = false;
  @property({ attribute: false }) api!: Api;

  @state() private hits: readonly Hit[] = [];
  @state() private open = false;
  @state() private active = -1;
  @state() private note = "";
  @query("input") private input!: HTMLInputElement;

  private timer = 0;
  private asking: AbortController | null = null;

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking?.abort();
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    return html`
      <label for="field">${this.label}</label>
      <input
        id="field"
        role="combobox"
        type="text"
        autocomplete="off"
        spellcheck="false"
        maxlength="1000"
        aria-expanded=${this.open}
        aria-controls="list"
        aria-autocomplete="list"
        aria-activedescendant=${this.active >= 0 ? `option-${this.active}` : nothing}
        placeholder=${this.placeholder}
        .value=${this.value}
        @input=${this.typed}
        @keydown=${this.key}
        @focus=${() => this.input.select()}
        @blur=${this.close}
      />
      <ul id="list" role="listbox" aria-label="Suggestions" ?hidden=${!this.open || this.hits.length === 0}>
        ${this.hits.map((hit, index) => this.option(hit, index))}
      </ul>
      <p class="note" role="status" ?hidden=${!this.open || !this.note}>${this.note}</p>
    `;
  }

  private option({ entity, matched }: Hit, index: number): TemplateResult {
    const alias = matched !== entity.name;
    return html`<li id="option-${index}" role="option" aria-selected=${index === this.active} @pointerdown=${(event: Event) => this.pressed(event, index)}>
      ${kindMark(entity.kind, 22)}
      <span class="names"><bdi>${entity.name}</bdi>${alias ? html` <span class="soft">also <bdi>${matched}</bdi></span>` : nothing}</span>
      <span class="kind">${ENTITY_KINDS[entity.kind]}</span>
    </li>`;
  }

  private typed(): void {
    const text = this.input.value;
    this.active = -1;
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!text.trim() || this.isQuestion(text)) {
      this.hits = [];
      this.note = text.trim() ? "Press Enter to ask this." : "";
      this.open = this.note !== "";
      return;
    }
    this.timer = window.setTimeout(() => void this.suggest(text), WAIT);
  }

  private async suggest(text: string): Promise<void> {
    const asking = (this.asking = new AbortController());
    this.note = "Looking …";
    this.open = true;
    try {
      const { search } = await this.api.ask(SearchDocument, { text, first: 8 }, asking.signal);
      if (asking.signal.aborted) return;
      this.hits = search;
      this.note = search.length ? "" : "Nothing is called so.";
    } catch (error) {
      if (asking.signal.aborted) return;
      this.hits = [];
      this.note = error instanceof Error ? error.message : "That failed.";
    }
  }

  private isQuestion(text: string): boolean {
    return this.questions && QUESTION.test(text);
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step && this.hits.length) {
      event.preventDefault();
      this.open = true;
      this.active = (this.active + step + (this.active < 0 && step < 0 ? 1 : 0) + this.hits.length) % this.hits.length;
    } else if (event.key === "Escape" && this.open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      void this.enter();
    }
  }

  private async enter(): Promise<void> {
    const text = this.input.value.trim();
    if (!text) return;
    clearTimeout(this.timer);
    if (this.active < 0 && this.isQuestion(text)) return this.emit("asked", text);
    if (this.active < 0) await this.suggest(text);
    const hit = this.hits[Math.max(this.active, 0)];
    if (hit) this.pick(hit);
    else if (this.questions) this.emit("asked", text);
  }

  private pressed(event: Event, index: number): void {
    event.preventDefault();
    const hit = this.hits[index];
    if (hit) this.pick(hit);
  }

  private pick({ entity }: Hit): void {
    this.value = this.input.value = entity.name;
    this.emit("pick", { id: entity.id, name: entity.name });
  }

  private emit(name: "pick" | "asked", detail: unknown): void {
    this.close();
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private close(): void {
    this.open = false;
    this.active = -1;
  }

  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        display: block;
        min-width: 0;
      }
      label {
        display: block;
        font-size: 0.75rem;
        color: var(--soft);
        margin-bottom: 0.15rem;
      }
      :host([bare]) label {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      input {
        width: 100%;
        text-overflow: ellipsis;
      }
      :host([large]) input {
        font-size: 1.0625rem;
        padding: 0.55rem 0.9rem;
        border-radius: 0.7rem;
      }
      ul,
      .note {
        position: absolute;
        z-index: 20;
        top: calc(100% + 0.3rem);
        inset-inline: 0;
        min-width: min(20rem, 85vw);
        max-height: 22rem;
        overflow: auto;
        padding: 0.3rem;
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 0.6rem;
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.16);
      }
      :host([right]) ul,
      :host([right]) .note {
        inset-inline: auto 0;
      }
      .note {
        padding: 0.6rem 0.8rem;
        color: var(--soft);
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        padding: 0.4rem 0.5rem;
        border-radius: 0.4rem;
        cursor: pointer;
      }
      li svg {
        flex: none;
      }
      li:hover,
      li[aria-selected="true"] {
        background: var(--wash);
      }
      .names {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .kind {
        font-size: 0.8125rem;
        color: var(--soft);
      }
      .names .soft {
        font-size: 0.8125rem;
      }
    `,
  ];
}
