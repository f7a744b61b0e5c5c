/** A story being told: title, caption, and the way through its steps. */

import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { act, icon } from "./parts.js";
import type { Story } from "./story.js";
import { shared } from "./styles.js";

/** Emits `step` with the number of the step to show. */
@customElement("interlock-story")
export class StoryBar extends LitElement {
  @property({ attribute: false }) story!: Story;
  @property({ type: Number }) step = 0;

  protected override render(): TemplateResult {
    const last = this.story.steps.length - 1;
    return html`<section aria-label="Story" @keydown=${this.key}>
      <div class="words" aria-live="polite">
        <p class="eyebrow">${this.story.title}</p>
        <p>${this.story.steps[this.step]?.caption}</p>
      </div>
      <div class="row">
        <button class="icon" aria-label="Previous step" ?disabled=${this.step === 0} @click=${() => this.go(this.step - 1)}>${icon("previous")}</button>
        <span class="small soft">${this.step + 1} of ${last + 1}</span>
        <button class="icon primary" aria-label="Next step" ?disabled=${this.step >= last} @click=${() => this.go(this.step + 1)}>${icon("next")}</button>
        <button class="icon" aria-label="Leave the story" @click=${() => act(this, { type: "story", story: this.story, step: null })}>${icon("close")}</button>
      </div>
    </section>`;
  }

  private key(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) this.go(this.step + by);
  }

  private go(step: number): void {
    if (this.story.steps[step]) this.dispatchEvent(new CustomEvent("step", { detail: step, bubbles: true, composed: true }));
  }

  static override styles = [
    shared,
    css`
      section {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 1.5rem;
        align-items: center;
        justify-content: space-between;
        padding: 0.8rem 1.25rem;
        background: var(--wash);
        border-bottom: 1px solid var(--line);
      }
      .words {
        flex: 1 1 20rem;
      }
      .words p + p {
        font: 1.0625rem/1.45 var(--serif);
      }
    `,
  ];
}
