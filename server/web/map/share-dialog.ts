/** Keep and share: link, embed, picture, data, and the making of a story. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { download } from "./download.js";
import { elementCode, iframeCode, permalink, twinLink, TWINS } from "./links.js";
import { act, announce, icon } from "./parts.js";
import type { State } from "./state.js";
import { moved, readStory, replaced, withStep, type Story } from "./story.js";
import { shared } from "./styles.js";
import { readable, writeView } from "./url.js";

/** Emits `picture` with "png" or "svg". */
@customElement("interlock-share")
export class ShareDialog extends LitElement {
  @property({ attribute: false }) shown!: State;
  @property() home = "/";
  @property() heading = "";
  @property({ attribute: false }) ends: { from: string; to: string } | null = null;
  @state() private copied = "";
  @state() private wrong = "";
  @query("dialog") private dialog!: HTMLDialogElement;

  open(): void {
    this.copied = this.wrong = "";
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${(event: MouseEvent) => event.target === this.dialog && this.dialog.close()}>
      <div class="inside">
        <div class="row top">
          <h2 id="title">Keep and share</h2>
          <button class="icon" aria-label="Close" @click=${() => this.dialog.close()}>${icon("close")}</button>
        </div>
        <section>
          <h3>Link to this view</h3>
          ${this.copyable("link", "Link", permalink(this.home, this.shown))}
        </section>
        <section>
          <h3>Embed</h3>
          ${this.copyable("frame", "As a frame", iframeCode(this.home, this.shown, this.heading))} ${this.copyable("element", "As an element, with one script", elementCode(this.home, this.shown.view))}
        </section>
        <section class="pair">
          <div>
            <h3>Picture</h3>
            <div class="row">
              <button @click=${() => this.picture("png")}>PNG</button><button @click=${() => this.picture("svg")}>SVG</button>
              <button @click=${this.print}>Print</button>
            </div>
          </div>
          <div>
            <h3>Data</h3>
            ${this.twins()}
          </div>
        </section>
        <section>
          <h3>Story</h3>
          <p class="small soft">A sequence of views with captions. It is kept in the link, or in a file.</p>
          ${this.story(this.shown.story)}
        </section>
      </div>
    </dialog>`;
  }

  private copyable(id: string, label: string, text: string): TemplateResult {
    return html`<div class="copy">
      <label class="small soft" for=${id}>${label}</label>
      <textarea id=${id} rows=${Math.min(5, Math.ceil(text.length / 62))} readonly .value=${text} @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}></textarea>
      <button aria-label="Copy ${label}" @click=${() => this.copy(id, text)}>${this.copied === id ? "Copied" : "Copy"}</button>
    </div>`;
  }

  private async copy(id: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = id;
      announce(this, "Copied");
    } catch {
      (this.renderRoot.querySelector(`#${id}`) as HTMLTextAreaElement).focus();
    }
  }

  private twins(): TemplateResult {
    const links = TWINS.map((twin) => [twin, twinLink(this.home, this.shown.view, this.ends, twin)] as const).filter(([, url]) => url);
    if (!links.length) return html`<p class="small soft">Nothing is asked yet.</p>`;
    return html`<ul class="row">
      ${links.map(([twin, url]) => html`<li><a href=${url ?? nothing}>.${twin}</a></li>`)}
    </ul>`;
  }

  private picture(format: "png" | "svg"): void {
    this.dispatchEvent(new CustomEvent("picture", { detail: format }));
  }

  private print(): void {
    this.dialog.close();
    window.print();
  }

  private story(story: Story | null): TemplateResult {
    return html`
      ${
        story
          ? html`<label class="small soft" for="story-title">Title</label><input id="story-title" .value=${story.title} @change=${(event: Event) => this.tell({ ...story, title: (event.target as HTMLInputElement).value })} />`
          : nothing
      }
      <ol class="steps">
        ${story?.steps.map(
          (step, place) => html`<li>
            <textarea rows="2" aria-label="Caption of step ${place + 1}" .value=${step.caption} @change=${(event: Event) => this.tell(replaced(story, place, { ...step, caption: (event.target as HTMLTextAreaElement).value }))}></textarea>
            <span class="row">
              <button aria-label="Move step ${place + 1} up" ?disabled=${place === 0} @click=${() => this.tell(moved(story, place, -1))}>↑</button>
              <button aria-label="Move step ${place + 1} down" ?disabled=${place === story.steps.length - 1} @click=${() => this.tell(moved(story, place, 1))}>↓</button>
              <button aria-label="Remove step ${place + 1}" @click=${() => this.tell(replaced(story, place, null))}>${icon("close")}</button>
            </span>
          </li>`,
        )}
      </ol>
      <form class="copy" @submit=${this.add}>
        <label class="small soft" for="caption">Caption of this view</label>
        <textarea id="caption" rows="2" maxlength="2000" required></textarea>
        <button>Add as step</button>
      </form>
      <div class="row">
        <button class="primary" ?disabled=${!story?.steps.length} @click=${this.play}>Tell it</button>
        <button ?disabled=${!story?.steps.length} @click=${() => this.save(story)}>Save as file</button>
        <label class="file"><input type="file" accept=".json,application/json" @change=${this.load} /><span>Open a file</span></label>
        <button ?hidden=${!story} @click=${() => act(this, { type: "story", story: null, step: null })}>Discard</button>
      </div>
      <p class="small" role="alert">${this.wrong}</p>
    `;
  }

  private tell(story: Story): void {
    act(this, { type: "story", story: story.steps.length ? story : null, step: null });
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    const caption = (event.target as HTMLFormElement).querySelector("textarea");
    if (!caption) return;
    const view = readable(writeView(this.shown.view));
    const story = withStep(this.shown.story, { caption: caption.value, view });
    caption.value = "";
    this.tell({ ...story, title: story.title || this.heading });
  }

  private play(): void {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent("step", { detail: 0, bubbles: true, composed: true }));
  }

  private save(story: Story | null): void {
    if (story) download("story.json", new Blob([JSON.stringify(story, null, 2)], { type: "application/json" }));
  }

  private async load(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    try {
      this.tell(readStory(JSON.parse(await file.text())));
      this.wrong = "";
    } catch (error) {
      this.wrong = `${file.name} is no story: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  static override styles = [
    shared,
    css`
      dialog {
        width: min(44rem, calc(100vw - 1.5rem));
        max-height: calc(100dvh - 2rem);
        padding: 0;
        border: 1px solid var(--line);
        border-radius: 0.9rem;
        background: var(--paper);
        color: var(--ink);
      }
      dialog::backdrop {
        background: rgb(10 14 22 / 0.5);
      }
      .inside {
        padding: 1.25rem 1.5rem 1.5rem;
        display: grid;
        gap: 1.25rem;
      }
      .top {
        justify-content: space-between;
      }
      section {
        display: grid;
        gap: 0.4rem;
      }
      .pair {
        grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
        gap: 1.25rem;
      }
      .pair > div {
        display: grid;
        gap: 0.4rem;
        align-content: start;
      }
      .copy {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0.15rem 0.5rem;
        align-items: start;
      }
      .copy label {
        grid-column: 1 / -1;
      }
      textarea {
        width: 100%;
        resize: vertical;
        font: 0.8125rem/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      }
      .steps textarea,
      #caption {
        font: 0.9375rem/1.45 var(--sans);
      }
      .steps li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0.5rem;
        padding: 0.25rem 0;
      }
      .steps .row {
        gap: 0.2rem;
        align-content: start;
      }
      .file {
        position: relative;
      }
      .file input {
        position: absolute;
        inset: 0;
        opacity: 0;
        width: 100%;
        cursor: pointer;
      }
      .file span {
        display: inline-block;
        padding: 0.32rem 0.7rem;
        border: 1px solid var(--line);
        border-radius: 0.45rem;
        background: var(--panel);
      }
      .file input:focus-visible + span {
        outline: 2.5px solid var(--accent);
        outline-offset: 2px;
      }
    `,
  ];
}
