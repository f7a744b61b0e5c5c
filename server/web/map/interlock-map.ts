/** `<interlock-map>`: the whole map, as a page or within another. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Api } from "./api.js";
import { layout } from "./layout-styles.js";
import { permalink } from "./links.js";
import { buildModel, drawing, edgeOf, tiesOf, type Answer, type GraphModel, type Tie } from "./model.js";
import type { Theme } from "./palette.js";
import { act, bones, icon } from "./parts.js";
import { narrow } from "./narrow-styles.js";
import { known, Store } from "./store.js";
import { EMPTY, type Action, type View } from "./state.js";
import { unpackStory } from "./story.js";
import { shared, themed } from "./styles.js";
import { examples, failure, FIRST_QUESTION } from "./help.js";
import { readView } from "./url.js";
import type { MapCanvas } from "./map-canvas.js";
import type { SearchField } from "./search-field.js";
import type { ShareDialog } from "./share-dialog.js";
import "./detail-panel.js";
import "./filter-panel.js";
import "./map-canvas.js";
import "./map-legend.js";
import "./path-list.js";
import "./search-field.js";
import "./share-dialog.js";
import "./story-bar.js";
import "./time-panel.js";
import "./tool-bar.js";
import "./twin-list.js";

/** Where the server is that this script came from: the map's home, above /static/built/assets. */
const SCRIPT = import.meta.url;
const HOME = new URL("../../../", SCRIPT).href;
const FIRST: View = { ...EMPTY, question: FIRST_QUESTION, path: 1 };
const NARROW = 620;
/** What says what the element asks; another value of it asks anew. */
const ASKING = ["question", "from", "to", "of", "asOf", "view"] as const;
/** The list of so many nodes is open by itself where there are no paths to list; longer ones are asked for. */
const MOST_LISTED = 60;
const KEPT_THEME = "interlock-theme";

@customElement("interlock-map")
export class InterlockMap extends LitElement {
  @property() from = "";
  @property() to = "";
  @property() of = "";
  @property() question = "";
  /** The month of the slider: `2011-06`. */
  @property({ attribute: "as-of" }) asOf = "";
  /** All else of a view, as in a permalink. */
  @property() view = "";
  /** The server whose map this is; by default the one that the script came from. */
  @property() home = HOME;
  @property({ reflect: true }) theme: Theme | "" = "";
  /** The page itself: its address follows the view. */
  @property({ type: Boolean }) page = false;
  /** Without search and list, for a frame in another page. */
  @property({ type: Boolean, reflect: true }) embed = false;

  @state() private narrow = false;
  @state() private message = "";
  /** Is the list open? By itself it is where there are no paths to list. */
  @state() private listed: boolean | null = null;
  @state() private version = 0;
  @query("interlock-canvas") private canvas!: MapCanvas;
  @query("interlock-share") private share!: ShareDialog;
  @query("#search") private search?: SearchField;

  private store!: Store;
  private api!: Api;
  private model!: GraphModel;
  private ties: readonly Tie[] = [];
  /** What the model was made of: only another makes another. */
  private parts: readonly unknown[] = [];
  /** What is selected, as last shown. */
  private shown: string | null = null;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly sizing = new ResizeObserver(([entry]) => (this.narrow = (entry?.contentRect.width ?? 1000) < NARROW));
  private readonly again = (): void => this.requestUpdate();
  private readonly back = (): void => this.store.dispatch({ type: "load", view: this.addressed() });
  private readonly pressed = (event: KeyboardEvent): void => this.shortcut(event);

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.page && !this.theme) this.theme = keptTheme();
    this.narrow = this.clientWidth < NARROW && this.clientWidth > 0;
    this.api = new Api(new URL("graphql", new URL(this.home, document.baseURI)).href);
    const query = this.page || this.embed ? new URLSearchParams(location.search) : new URLSearchParams(this.view);
    const story = unpackStory(query.get("story") ?? "");
    const step = Number(query.get("step"));
    const told = story?.steps[step - 1];
    this.store = new Store(
      this.api,
      told ? readView(new URLSearchParams(told.view)) : this.addressed(),
      story,
      told ? step - 1 : null,
      () => (this.version += 1),
    );
    this.sizing.observe(this);
    for (const media of [this.dark, this.still]) media.addEventListener("change", this.again);
    if (this.page) addEventListener("popstate", this.back);
    this.addEventListener("keydown", this.pressed);
    if (this.page) document.addEventListener("keydown", this.pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizing.disconnect();
    for (const media of [this.dark, this.still]) media.removeEventListener("change", this.again);
    removeEventListener("popstate", this.back);
    this.removeEventListener("keydown", this.pressed);
    document.removeEventListener("keydown", this.pressed);
  }

  /** The view that the address or the attributes ask for; the first question where they ask for none. */
  private addressed(): View {
    const own = this.page || this.embed;
    const view = readView(new URLSearchParams(own ? location.search : this.view));
    const asked = own
      ? view
      : {
          ...view,
          question: this.question,
          from: this.from,
          to: this.to,
          of: this.of,
          at: this.asOf || view.at,
          layout: this.of ? ("network" as const) : view.layout,
        };
    return asked.question || asked.of || (asked.from && asked.to) ? asked : { ...FIRST, from: asked.from, to: asked.to };
  }

  private get now(): View {
    return this.store.state.view;
  }

  private get answered(): Answer | null {
    return this.now.question || this.now.from ? known(this.store.answer) : null;
  }

  private get shade(): Theme {
    return this.theme || (this.dark.matches ? "dark" : "light");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && !this.page && !this.embed && ASKING.some((name) => changed.has(name)))
      this.store.dispatch({ type: "load", view: this.addressed() });
    const { hidden, draw, path, selected, expanded } = this.now;
    const parts = [this.answered, ...this.store.expansions.values(), hidden, draw, path, selected, expanded, this.narrow];
    if (parts.length === this.parts.length && parts.every((part, index) => part === this.parts[index])) return;
    this.parts = parts;
    this.model = buildModel(this.answered, this.store.expanded(), this.now, this.narrow);
    this.ties = tiesOf(this.model);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.narrow && this.now.selected !== this.shown)
      void this.updateComplete.then(() => this.renderRoot.querySelector("aside")?.scrollIntoView({ block: "nearest" }));
    this.shown = this.now.selected;
    if (!this.page) return;
    if (changed.has("theme" as keyof InterlockMap)) document.documentElement.setAttribute("data-theme", this.theme);
    document.title = `${this.heading} – Interlock`;
    const url = permalink(location.pathname, this.store.state);
    if (url !== location.pathname + location.search && this.version > 0) this.follow(url);
  }

  /** Another question is another page of the history; another look at the same one is not. */
  private follow(url: string): void {
    const now = readView(new URLSearchParams(location.search));
    const other = now.question !== this.now.question || now.from !== this.now.from || now.to !== this.now.to || now.of !== this.now.of;
    history[other && location.search ? "pushState" : "replaceState"](null, "", url);
  }

  private get heading(): string {
    const { question, from, to, of } = this.now;
    if (question) return question;
    const name = (end: "from" | "to"): string => this.answered?.[end]?.name ?? this.now[end];
    if (from && to) return `How is ${name("from")} connected to ${name("to")}?`;
    const [centre] = this.store.expanded();
    return centre ? `Around ${centre.name}` : of;
  }

  private get ends(): { from: string; to: string } | null {
    const { from, to } = this.answered ?? {};
    return from && to ? { from: from.id, to: to.id } : null;
  }

  /** The relationships of the path looked at, else those of the first, else those of the node selected. */
  private get rows(): Tie[] {
    const { selected, of, path } = this.now;
    const edge = selected === null ? undefined : edgeOf(this.model, selected);
    const routes = [...this.model.routes.values()];
    const route = edge ? routes.find((each) => each.edges.includes(edge.id)) : (this.model.routes.get(path) ?? routes[0]);
    if (route) return [0, 1].flatMap((rest) => route.path.hops.flatMap((hop) => (rest ? hop.parallel.slice(1) : hop.parallel.slice(0, 1))));
    if (edge) return [...edge.ties];
    const node = selected ?? this.store.expanded()[0]?.id ?? of;
    const edges = [...this.model.edges.values()].filter(({ a, b }) => a === node || b === node);
    return edges.flatMap((each) => each.ties).slice(0, 40);
  }

  protected override render(): TemplateResult {
    const { view, story, step } = this.store.state;
    return html`
      <div class="frame ${this.narrow ? "narrow" : ""} ${view.selected ? "detailed" : ""}" @act=${this.acted} @announce=${(event: CustomEvent<string>) => (this.message = event.detail)} @retry=${() => this.store.retry()} @step=${(event: CustomEvent<number>) => this.tell(event.detail)}>
        ${this.embed ? nothing : this.header()} ${story && step !== null ? html`<interlock-story .story=${story} .step=${step}></interlock-story>` : nothing}
        <div class="body" role=${this.page || this.embed ? "main" : nothing}>
          ${this.words()} ${this.stage()}
          ${view.selected ? html`<aside aria-label="Details"><interlock-detail .detail=${this.store.detail} .model=${this.model} .view=${view} .home=${this.home}></interlock-detail></aside>` : nothing}
        </div>
        ${this.embed || !this.page ? this.credit() : nothing}
        <interlock-share .shown=${this.store.state} .home=${this.home} .heading=${this.heading} .ends=${this.ends} @picture=${(event: CustomEvent<"png" | "svg">) => this.picture(event.detail)}></interlock-share>
        <p class="unseen" role="status">${this.message}</p>
      </div>
    `;
  }

  private header(): TemplateResult {
    return html`<header>
      ${this.page ? html`<a class="brand" href=${this.home}>Interlock</a>` : nothing}
      <interlock-search id="search" bare large questions label="Ask a question, or find a name" placeholder="Ask a question, or find a name" .value=${""} .api=${this.api} @pick=${(event: CustomEvent<{ id: string }>) => this.explore(event.detail.id)} @asked=${(event: CustomEvent<string>) => this.go({ type: "ask", question: event.detail })}></interlock-search>
      <div class="row tools">
        <button class="icon" aria-label="Switch to ${this.shade === "dark" ? "light" : "dark"}" @click=${this.switchTheme}>${icon("theme")}</button>
        <button class="share" aria-label="Share" @click=${() => this.share.open()}>${icon("share")}<span>Share</span></button>
      </div>
    </header>`;
  }

  private words(): TemplateResult {
    const view = this.now;
    const loading = this.store.answer.state === "loading";
    const answer = this.answered;
    const listed = this.listed ?? (view.of !== "" && !this.embed && this.model.nodes.size <= MOST_LISTED);
    return html`<section class="words" aria-label="Answer" aria-busy=${loading}>
      <h1>${this.heading}</h1>
      ${failure(this.store.failure)} ${answer ? html`<p class="sentence ${loading ? "old" : ""}">${answer.sentence}</p>` : loading ? html`<div class="loading" role="status"><span class="unseen">Looking for paths</span>${bones(96, 88, 52)}</div>` : nothing}
      ${answer?.interpretation && !this.embed ? html`<p class="small soft ${loading ? "old" : ""}">${answer.understood ? "Understood as: " : nothing}${answer.interpretation}</p>` : nothing}
      ${this.embed ? nothing : this.asking(answer)}
      ${view.of ? html`<p class="soft">Double-click a node, or press E on it, for its neighbours.</p>` : nothing}
      ${!this.embed && (answer?.understood === false || this.store.answer.state === "failed") ? examples() : nothing}
      ${answer?.understood === false || view.of || this.embed ? nothing : html`<interlock-paths .told=${answer?.sentence ?? ""} .found=${answer?.found ?? null} .path=${view.path} .selected=${view.selected} .loading=${loading} ?hidden=${this.store.answer.state === "failed"}></interlock-paths>`}
      <details class="twin" ?open=${listed} @toggle=${(event: Event) => (this.listed = (event.target as HTMLDetailsElement).open)}>
        <summary>The map as a list</summary>
        ${listed ? html`<interlock-list .model=${this.model} .view=${view}></interlock-list>` : nothing}
      </details>
    </section>`;
  }

  private asking(answer: Answer | null): TemplateResult {
    const { question, of, filters } = this.now;
    const from = answer?.from?.name ?? this.now.from;
    const to = answer?.to?.name ?? this.now.to;
    const centre = of ? (this.store.expanded()[0]?.name ?? of) : "";
    const set = JSON.stringify(filters) !== JSON.stringify(EMPTY.filters);
    return html`<div class="ends">
        <interlock-search label="From" placeholder="a name" .value=${from || centre} .api=${this.api} @pick=${(event: CustomEvent<{ id: string }>) => this.connect({ from: event.detail.id })}></interlock-search>
        <button class="icon" aria-label="Swap the ends" ?disabled=${!(from && to)} @click=${() => this.connect(this.ends ? { from: this.ends.to, to: this.ends.from } : {})}>${icon("swap")}</button>
        <interlock-search right label="To" placeholder="a name" .value=${to} .api=${this.api} @pick=${(event: CustomEvent<{ id: string }>) => this.connect({ to: event.detail.id })}></interlock-search>
      </div>
      <details class="filters">
        <summary>Conditions${set ? html` <span class="set">set</span>` : nothing}</summary>
        <interlock-filters .filters=${filters} .ends=${question ? this.ends : null} ?paths=${!of}></interlock-filters>
      </details>`;
  }

  private stage(): TemplateResult {
    const view = this.now;
    const { past, future } = this.store.state;
    const draw = drawing(view, this.narrow);
    return html`<section class="stage" aria-label="Map" aria-busy=${this.store.loading}>
      <interlock-tools .view=${view} .draw=${draw} .past=${past.length} .future=${future.length} ?shares=${this.embed || !this.page} @zoom=${(event: CustomEvent<number>) => (event.detail ? this.canvas.zoom(event.detail) : this.canvas.fit())} @share=${() => this.share.open()}></interlock-tools>
      ${view.hidden.length ? html`<p class="hidden small">${view.hidden.length} hidden <button class="plain" @click=${() => this.go({ type: "show", id: null })}>show</button></p>` : nothing}
      <interlock-canvas class="${draw === "one" && !view.of && !Object.keys(view.expanded).length ? "flat" : ""} ${this.store.answer.state === "loading" ? "old" : ""}" .model=${this.model} .view=${view} .theme=${this.shade} ?still=${this.still.matches} ?modest=${!this.page}></interlock-canvas>
      <interlock-legend .model=${this.model} ?dated=${view.at !== null}></interlock-legend>
      <interlock-time ?compact=${this.embed} .ties=${this.ties} .rows=${this.rows} .at=${view.at} .selected=${view.selected} ?still=${this.still.matches}></interlock-time>
    </section>`;
  }

  private credit(): TemplateResult {
    return html`<footer class="credit small soft"><a href=${permalink(this.home, this.store.state)} target="_blank" rel="noopener">Open in Interlock</a><span>What is alleged is not proven.</span></footer>`;
  }

  private acted(event: CustomEvent<Action>): void {
    event.stopPropagation();
    this.go(event.detail);
  }

  private go(action: Action): void {
    const { selected } = this.now;
    this.store.dispatch(action);
    if (action.type === "select" && action.id && action.id !== selected) this.message = "Details are shown";
    if (action.type === "select" && !action.id && selected) this.canvas.focus();
  }

  private explore(id: string): void {
    this.go({ type: "explore", of: id });
  }

  /** Change one end; with only one there is, look around it. */
  private connect(ends: { from?: string; to?: string }): void {
    const known = this.ends ?? { from: this.now.from || this.now.of, to: this.now.to };
    const { from, to } = { ...known, ...ends };
    if (from && to && from !== to) this.go({ type: "connect", from, to });
    else if (from || to) this.explore(from || to);
  }

  private tell(step: number): void {
    const { story } = this.store.state;
    const told = story?.steps[step];
    if (told) this.go({ type: "story", story, step, view: readView(new URLSearchParams(told.view)) });
  }

  private switchTheme(): void {
    this.theme = this.shade === "dark" ? "light" : "dark";
    if (this.page) keepTheme(this.theme);
  }

  private picture(format: "png" | "svg"): void {
    const places = this.canvas.positions();
    const note = `${this.answered?.sentence ?? ""} Interlock, dataset ${this.answered?.found?.datasetVersion ?? ""}. What is alleged is not proven. ${permalink(new URL(this.home, document.baseURI).href, this.store.state)}`;
    void import("./picture.js").then(({ savePicture }) =>
      savePicture({ model: this.model, view: this.now, places, title: this.heading, note, theme: this.shade, format }),
    );
  }

  private shortcut(event: KeyboardEvent): void {
    const typing = event
      .composedPath()
      .some((each) => each instanceof HTMLElement && each.matches("input:not([type=range]), textarea, select, dialog"));
    const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (event.defaultPrevented || typing) return;
    if (undo) this.go({ type: event.shiftKey ? "redo" : "undo" });
    else if (event.key === "/" && this.search) this.search.focus();
    else if (event.key === "Escape" && this.now.selected) act(this.canvas, { type: "select", id: null });
    else return;
    event.preventDefault();
  }

  static override styles = [themed, shared, layout, narrow];
}

/** The theme that was switched to; none where the browser keeps nothing. */
function keptTheme(): Theme | "" {
  try {
    const kept = localStorage.getItem(KEPT_THEME);
    return kept === "light" || kept === "dark" ? kept : "";
  } catch {
    return "";
  }
}

function keepTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEPT_THEME, theme);
  } catch {
    // then it holds until the page is left
  }
}
