/** All that is known of what is selected: a relationship with its claims and their sources, or an entity. */

import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { spoken } from "./dates.js";
import { edgeOf, type GraphModel, type Tie } from "./model.js";
import { act, bones, dashMark, icon, kindMark, link, statusMark } from "./parts.js";
import { known, type Detail, type EntityDetail, type Remote, type TieDetail } from "./store.js";
import type { View } from "./state.js";
import { shared } from "./styles.js";
import { capital, count, ENTITY_KINDS, STATUS_WORDS, TIE_KINDS, when } from "./words.js";

type Claim = TieDetail["claims"][number];
type Event = EntityDetail["timeline"]["nodes"][number];

const EVENTS = { STARTED: "began", ENDED: "ended", HAPPENED: "" } as const;
const TIERS: Record<string, string> = { P: "primary source", A: "the article under examination" };

@customElement("interlock-detail")
export class DetailPanel extends LitElement {
  @property({ attribute: false }) detail: Remote<Detail> = { state: "idle" };
  @property({ attribute: false }) model!: GraphModel;
  @property({ attribute: false }) view!: View;
  @property() home = "/";

  protected override render(): TemplateResult {
    return html`
      <button class="icon close" aria-label="Close" @click=${() => act(this, { type: "select", id: null })}>${icon("close")}</button>
      ${this.content()}
    `;
  }

  private content(): TemplateResult {
    if (this.detail.state === "failed") {
      return html`<div role="alert"><h2>That could not be loaded</h2>
        <p>${this.detail.error.message}</p>
        <button @click=${() => this.dispatchEvent(new CustomEvent("retry", { bubbles: true, composed: true }))}>Try again</button></div>`;
    }
    const shown = known(this.detail);
    if (shown?.tie) return this.tie(shown.tie);
    if (shown?.entity) return this.entity(shown.entity);
    return html`<div role="status"><span class="unseen">Loading</span>${bones(70, 95, 88, 40, 90, 82)}</div>`;
  }

  private tie(tie: TieDetail): TemplateResult {
    const [supports, contradicts] = (["SUPPORTS", "CONTRADICTS"] as const).map((stance) => tie.claims.filter((claim) => claim.stance === stance));
    const others = (edgeOf(this.model, tie.id)?.ties ?? []).filter((each) => each.id !== tie.id);
    return html`
      <p class="eyebrow">${TIE_KINDS[tie.kind]}</p>
      <h2 tabindex="-1">${tie.sentence}</h2>
      <dl>
        <dt>Status</dt>
        <dd>${statusMark(tie.status)} <span class="soft">${STATUS_WORDS[tie.status][1]}</span></dd>
        <dt>When</dt>
        <dd>${capital(when(tie.interval))}</dd>
        ${tie.role ? html`<dt>As</dt><dd>${tie.role}</dd>` : nothing}
        ${tie.amounts.map((amount) => html`<dt>Sum</dt><dd>${amount.currency} ${grouped(amount.value)}${amount.basis ? html` <span class="soft">${amount.basis}</span>` : nothing}</dd>`)}
        <dt>Between</dt>
        <dd class="ends">${this.entityButton(tie.source)} ${this.entityButton(tie.target)}</dd>
      </dl>
      <section aria-labelledby="says">
        <h3 id="says">Who says so <span class="soft">· ${count(tie.independentSources, "independent source")}</span></h3>
        <ul class="claims">${supports?.map((claim) => this.claim(claim))}</ul>
      </section>
      ${
        contradicts?.length
          ? html`<section aria-labelledby="denies" class="denials"><h3 id="denies">Who contradicts it</h3><ul class="claims">${contradicts.map((claim) => this.claim(claim))}</ul></section>`
          : nothing
      }
      ${others.length ? html`<section aria-labelledby="also"><h3 id="also">Also between the two</h3>${this.ties(others)}</section>` : nothing}
    `;
  }

  private ties(ties: readonly Tie[]): TemplateResult {
    return html`<ul class="ties">
      ${ties.map((tie) => html`<li><button class="plain" @click=${() => act(this, { type: "select", id: tie.id })}>${tie.sentence}</button> ${statusMark(tie.status)}</li>`)}
    </ul>`;
  }

  private claim(claim: Claim): TemplateResult {
    const { source, statedBy, summary, quote, locator, interval } = claim;
    const tier = source.tier ? TIERS[source.tier] : undefined;
    return html`<li>
      <p class="row small">${dashMark(claim.status, 22)} <span>${STATUS_WORDS[claim.status][0]}</span>${statedBy ? html`<span>by <button class="plain" @click=${() => act(this, { type: "select", id: statedBy.id })}>${statedBy.name}</button></span>` : nothing}</p>
      ${summary ? html`<p>${summary}</p>` : nothing} ${quote ? html`<blockquote>${quote}</blockquote>` : nothing}
      ${interval?.text ? html`<p class="small soft">It gives ${when(interval)}.</p>` : nothing}
      <p class="source small">
        ${source.publisher ? html`<strong>${source.publisher}</strong>` : nothing}
        ${link(source.url, source.title)}${source.published ? html`<span class="soft">, ${spoken(source.published)}</span>` : nothing}${locator ? html`<span class="soft">, ${locator}</span>` : nothing}${tier ? html`<span class="soft"> (${tier})</span>` : nothing}
      </p>
    </li>`;
  }

  private entityButton(entity: { id: string; name: string; kind: Tie["source"]["kind"] }): TemplateResult {
    return html`<button class="entity" @click=${() => act(this, { type: "select", id: entity.id })}>${kindMark(entity.kind)}<bdi>${entity.name}</bdi></button>`;
  }

  private entity(entity: EntityDetail): TemplateResult {
    const { id, name, kind, description, aliases, sameAs, timeline } = entity;
    return html`
      <p class="eyebrow row">${kindMark(kind)} ${ENTITY_KINDS[kind]}</p>
      <h2 tabindex="-1"><bdi>${name}</bdi></h2>
      ${description ? html`<p>${description}</p>` : nothing}
      <p class="small soft">${entity.interval?.text ? `${capital(when(entity.interval))} · ` : ""}${count(entity.degree, "relationship")}</p>
      ${this.tools(entity)}
      ${aliases.length ? html`<p class="small"><span class="soft">Also</span> ${aliases.join(" · ")}</p>` : nothing}
      <section aria-labelledby="life">
        <h3 id="life">Timeline</h3>
        <ol class="life">${timeline.nodes.map((event) => this.event(event, id))}</ol>
        ${timeline.totalCount > timeline.nodes.length ? html`<p class="small soft">The first ${timeline.nodes.length} of ${timeline.totalCount}.</p>` : nothing}
      </section>
      <p class="small row"><a href=${`${this.home}entity/${entity.slug}`}>Page about ${name}</a> ${sameAs.map((iri) => link(iri, host(iri)))}</p>
    `;
  }

  private tools({ id, name }: EntityDetail): TemplateResult {
    const inView = this.model.nodes.has(id);
    const { expanded, pinned } = this.view;
    const connect = (from: string, to: string) => () => act(this, { type: "connect", from, to });
    const [start] = [...this.model.nodes.values()].filter((node) => node.end && node.end !== "to");
    return html`<div class="row tools">
      <button ?hidden=${!inView || id === this.view.of} @click=${() => act(this, id in expanded ? { type: "collapse", id } : { type: "expand", id })}>${id in expanded ? "Collapse" : "Expand"}</button>
      <button ?hidden=${!inView} @click=${() => act(this, { type: "hide", id })}>Hide</button>
      <button ?hidden=${!(id in pinned)} @click=${() => act(this, { type: "unpin", id })}>Unpin</button>
      <button ?hidden=${inView && this.view.of === id} @click=${() => act(this, { type: "explore", of: id })}>Map around it</button>
      ${start && start.entity.id !== id ? html`<button @click=${connect(start.entity.id, id)} aria-label="Connect ${start.entity.name} to ${name}">Connect from ${start.entity.name}</button>` : nothing}
    </div>`;
  }

  private event({ event, date, relationship }: Event, id: string): TemplateResult {
    const other = relationship.source.id === id ? relationship.target : relationship.source;
    return html`<li>
      <span class="date">${date.text ? capital(when({ text: date.text, observed: [] })) : when(date)}</span>
      <span>
        <button class="plain" @click=${() => act(this, { type: "select", id: relationship.id })}>${capital(relationship.source.id === id ? relationship.label : relationship.inverseLabel)} <bdi>${other.name}</bdi></button>
        ${EVENTS[event] ? html`<span class="soft">${EVENTS[event]}</span>` : nothing} ${relationship.status === "CONFIRMED" ? nothing : statusMark(relationship.status)}
      </span>
    </li>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        position: relative;
        display: block;
        overflow-y: auto;
        padding: 1.25rem 1.25rem 2rem;
        background: var(--panel);
      }
      .close {
        position: absolute;
        top: 0.75rem;
        inset-inline-end: 0.75rem;
        background: none;
        border-color: transparent;
      }
      h2 {
        font-size: 1.1875rem;
        font-weight: 500;
        line-height: 1.35;
        margin: 0.2rem 0 0.7rem;
        padding-inline-end: 1.5rem;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      h2:focus {
        outline: none;
      }
      p {
        margin-bottom: 0.5rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.35rem 1rem;
        margin: 0.75rem 0 1.25rem;
        font-size: 0.875rem;
      }
      dt {
        color: var(--soft);
      }
      .ends {
        display: flex;
        flex-wrap: wrap;
        gap: 0.35rem;
      }
      .entity {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
        min-height: 0;
        padding: 0.15rem 0.55rem 0.15rem 0.3rem;
        border-radius: 1rem;
        text-align: start;
      }
      .entity svg {
        flex: none;
      }
      section {
        margin-top: 1.25rem;
      }
      h3 .soft {
        text-transform: none;
        letter-spacing: 0;
        font-weight: 400;
      }
      .claims > li {
        margin-top: 0.6rem;
        padding: 0.6rem 0.8rem;
        background: var(--sunk);
        border-radius: 0.6rem;
      }
      .claims p {
        margin: 0;
      }
      .claims p + p {
        margin-top: 0.25rem;
      }
      .denials .claims > li {
        border-inline-start: 3px solid var(--disputed);
      }
      blockquote {
        margin: 0.3rem 0;
        padding-inline-start: 0.7rem;
        border-inline-start: 2px solid var(--strong);
        font-family: var(--serif);
        font-style: italic;
      }
      .ties li {
        padding: 0.35rem 0;
        font-size: 0.875rem;
      }
      .tools {
        margin: 0.75rem 0;
      }
      .life li {
        display: grid;
        grid-template-columns: 7.2rem 1fr;
        gap: 0.75rem;
        padding: 0.35rem 0;
        border-top: 1px solid var(--line);
        font-size: 0.875rem;
      }
      .date {
        color: var(--soft);
        font-size: 0.8125rem;
      }
      .life {
        margin: 0.4rem 0 1rem;
      }
    `,
  ];
}

function grouped(value: string): string {
  return value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
}

function host(iri: string): string {
  return URL.canParse(iri) ? new URL(iri).hostname.replace(/^www\./, "") : iri;
}
