/** Time: a slider over the dates in view, and the relationships looked at as bars above it, all on one scale. */

import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { monthNumber, monthText, spoken, held } from "./dates.js";
import { windowOf } from "./elements.js";
import type { Tie } from "./model.js";
import { act, icon } from "./parts.js";
import { shared } from "./styles.js";
import { timeStyles } from "./time-styles.js";
import { barOf, density, scaleOf, ticks, type Scale } from "./timeline.js";
import { capital, count, HELD, short, years } from "./words.js";

/** Drawn on this width and stretched to what there is. */
const WIDTH = 1000;
const PARTS = 100;
const BEAT = 110;

@customElement("interlock-time")
export class TimePanel extends LitElement {
  /** Everything in view, by which the scale is made. */
  @property({ attribute: false }) ties: readonly Tie[] = [];
  /** What is looked at: each gets a bar. */
  @property({ attribute: false }) rows: readonly Tie[] = [];
  @property({ attribute: false }) at: string | null = null;
  @property({ attribute: false }) selected: string | null = null;
  @property({ type: Boolean }) still = false;
  @state() private playing = false;
  private timer = 0;
  private scale: Scale | null = null;
  private shape: readonly { certain: number; possible: number }[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("ties") && !changed.has("at")) return;
    const scale = scaleOf(this.ties, this.at, new Date());
    if (!changed.has("ties") && scale?.first === this.scale?.first && scale?.last === this.scale?.last) return;
    this.scale = scale;
    this.shape = this.scale
      ? density(
          this.ties.map((tie) => tie.interval),
          this.scale,
          PARTS,
        )
      : [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override render(): TemplateResult {
    const { scale } = this;
    if (!scale) return html`<p class="soft small none">${this.ties.length ? "Nothing in view has a date." : nothing}</p>`;
    const now = this.at ? monthNumber(this.at) : null;
    return html`
      <ul class="rows" aria-label="Timeline">
        ${this.rows.map((tie) => this.row(tie, scale))}
      </ul>
      <div class="control">
        <div class="head row">
          <button class="icon" aria-label=${this.playing ? "Stop" : "Play through time"} @click=${() => (this.playing ? this.stop() : this.play(scale))}>${icon(this.playing ? "pause" : "play")}</button>
          <output for="slider">${this.at ? capital(spoken(this.at)) : "All times"}</output>
          <button class="plain small" ?hidden=${!this.at} @click=${() => this.go(null)}>all times</button>
        </div>
        <div class="track">
          ${this.mountains()} ${now === null ? nothing : this.cursor(now, scale)}
          <input
            id="slider"
            type="range"
            min=${scale.first}
            max=${scale.last}
            step="1"
            .value=${String(now ?? scale.last)}
            class=${now === null ? "unset" : ""}
            aria-label="Date"
            aria-valuetext=${this.at ? this.verdict() : "all times"}
            @input=${(event: Event) => this.slid(event)}
            @keydown=${this.key}
          />
          ${this.marks(scale)}
        </div>
      </div>
    `;
  }

  private row(tie: Tie, scale: Scale): TemplateResult {
    const bar = barOf(tie, scale);
    const window = windowOf(this.at);
    const then = window ? held(tie.interval, window) : null;
    const tone = `var(--${tie.status.toLowerCase()})`;
    const [from, to] = bar.possible;
    const words = `${capital(short(tie))} · ${years(tie.interval)}`;
    return html`<li class=${then === "IMPOSSIBLE" ? "past" : ""}>
      <button class="name" aria-pressed=${tie.id === this.selected} title=${tie.sentence} @click=${() => act(this, { type: "select", id: tie.id })}>
        <span class="words">${words}</span><span class="when">${then && then !== "CERTAIN" ? `${HELD[then]} · ` : ""}${tie.source.name} – ${tie.target.name}</span>
      </button>
      <svg class="bar" viewBox="0 0 ${WIDTH} 18" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect x=${from * WIDTH} y="5" width=${Math.max(4, (to - from) * WIDTH)} height="8" rx="3" fill=${tone} opacity=".24" />`}
        ${bar.certain ? svg`<rect x=${bar.certain[0] * WIDTH} y="5" width=${Math.max(5, (bar.certain[1] - bar.certain[0]) * WIDTH)} height="8" rx="2" fill=${tone} />` : nothing}
        ${bar.seen.map((at) => svg`<rect x=${at * WIDTH - 2.5} y="1" width="5" height="16" rx="2" fill=${tone} />`)}
        ${this.at ? this.line(monthNumber(this.at) ?? 0, scale, 18) : nothing}
      </svg>
    </li>`;
  }

  private line(month: number, scale: Scale, height: number): TemplateResult {
    const x = ((month + 0.5 - scale.first) / (scale.last + 1 - scale.first)) * WIDTH;
    return svg`<rect x=${x - 1} y="0" width="2.4" height=${height} fill="var(--ink)" />` as unknown as TemplateResult;
  }

  private cursor(month: number, scale: Scale): TemplateResult {
    return html`<svg class="cursor" viewBox="0 0 ${WIDTH} 40" preserveAspectRatio="none" aria-hidden="true">${this.line(month, scale, 40)}</svg>`;
  }

  /** How much held when: surely (full) and possibly (pale). */
  private mountains(): TemplateResult {
    const most = Math.max(1, ...this.shape.map((each) => each.certain + each.possible));
    const steps = (value: (each: { certain: number; possible: number }) => number): string =>
      `M0 40${this.shape.map((each, index) => `V${(40 - (value(each) / most) * 36).toFixed(1)}H${(((index + 1) * WIDTH) / PARTS).toFixed(1)}`).join("")}V40Z`;
    return html`<svg class="mountains" viewBox="0 0 ${WIDTH} 40" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<path d=${steps((each) => each.certain + each.possible)} fill="var(--strong)" opacity=".28" /><path d=${steps((each) => each.certain)} fill="var(--strong)" opacity=".55" />`}
    </svg>`;
  }

  private marks(scale: Scale): TemplateResult {
    return html`<svg class="years" width="100%" height="16" aria-hidden="true">
      ${ticks(scale).map(({ year, at }) => svg`<text x="${at * 100}%" y="12" text-anchor=${at > 0.96 ? "end" : at < 0.03 ? "start" : "middle"}>${year}</text>`)}
    </svg>`;
  }

  private verdict(): string {
    const window = windowOf(this.at);
    if (!window || !this.at) return "all times";
    const all = this.ties.map((tie) => held(tie.interval, window));
    const [sure, maybe] = [all.filter((each) => each === "CERTAIN").length, all.filter((each) => each === "POSSIBLE").length];
    return `${spoken(this.at)}: ${count(sure, "relationship")} held, ${maybe} possibly did, of ${all.length}`;
  }

  private slid(event: Event): void {
    this.stop();
    this.go(monthText(Number((event.target as HTMLInputElement).value)));
  }

  /** A page is a year; Escape leaves dates aside. */
  private key(event: KeyboardEvent): void {
    const by = { PageUp: 12, PageDown: -12 }[event.key];
    if (event.key === "Escape" && this.at) this.go(null);
    else if (by && this.scale) {
      const now = (this.at && monthNumber(this.at)) || this.scale.last;
      this.go(monthText(Math.min(this.scale.last, Math.max(this.scale.first, now + by))));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** From the date shown, or the first, to the last; without motion by years. */
  private play(scale: Scale): void {
    const months = this.still ? 12 : Math.max(1, Math.round((scale.last - scale.first) / 150));
    const now = this.at ? monthNumber(this.at) : null;
    let month = now === null || now >= scale.last ? scale.first : now;
    this.playing = true;
    this.go(monthText(month));
    this.timer = window.setInterval(
      () => {
        month = Math.min(scale.last, month + months);
        this.go(monthText(month));
        if (month >= scale.last) this.stop();
      },
      this.still ? 1000 : BEAT,
    );
  }

  private stop(): void {
    clearInterval(this.timer);
    this.playing = false;
  }

  private go(at: string | null): void {
    if (at === null) this.stop();
    act(this, { type: "date", at });
  }

  static override styles = [shared, timeStyles];
}
