/** The drawing: Cytoscape.js on a canvas, kept in step with the model; pointer and keyboard. */

import type { Core, ElementDefinition, EventObject, NodeSingular } from "cytoscape";
import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { canvasStyle } from "./canvas-style.js";
import { described, elementsOf, type Element } from "./elements.js";
import type { GraphModel } from "./model.js";
import type { Theme } from "./palette.js";
import { act, announce } from "./parts.js";
import { neighbourInDirection, place } from "./place.js";
import type { Point, View } from "./state.js";
import { shared } from "./styles.js";
import { count, ENTITY_KINDS } from "./words.js";

/** Cytoscape.js would write a style element into the page, which a strict policy forbids; it doesn't where it finds one of this name. */
const ITS_STYLE = "__________cytoscape_stylesheet";
const PAD = { wide: 40, narrow: 18 };
/** Above so many nodes, lines rest while the view moves. */
const MANY = 250;

@customElement("interlock-canvas")
export class MapCanvas extends LitElement {
  @property({ attribute: false }) model!: GraphModel;
  @property({ attribute: false }) view!: View;
  @property() theme: Theme = "light";
  @property({ type: Boolean }) still = false;
  /** Zoom with the wheel only together with Ctrl, so that a page can be scrolled past the map. */
  @property({ type: Boolean }) modest = false;
  @state() private ready = false;
  @query("#cy") private container!: HTMLElement;

  private cy: Core | null = null;
  private cursor: string | null = null;
  private structure = "";
  /** What is drawn, as it was told: only what differs is told again. */
  private drawn = new Map<string, string>();
  private drag: Point | null = null;
  private readonly resizing = new ResizeObserver(() => this.resized());

  protected override render(): TemplateResult {
    return html`<div
      id="cy"
      role="application"
      tabindex="0"
      aria-label=${described(this.model)}
      aria-roledescription="map"
      aria-describedby="keys"
      data-ready=${this.ready}
      @keydown=${this.key}
      @blur=${() => this.point(null)}
    ></div>
    <p id="keys" class="unseen">Arrow keys go from node to node, Enter selects, E expands, H hides, P pins, plus and minus zoom, 0 shows all.</p>`;
  }

  protected override async firstUpdated(): Promise<void> {
    const { default: cytoscape } = await import("cytoscape");
    if (!this.isConnected) return;
    if (!document.getElementById(ITS_STYLE)) {
      const name = document.createElement("meta");
      name.id = ITS_STYLE;
      document.head.append(name);
    }
    this.cy = cytoscape({
      container: this.container,
      style: canvasStyle(this.theme),
      minZoom: 0.08,
      maxZoom: 3,
      boxSelectionEnabled: false,
      autounselectify: true,
      hideEdgesOnViewport: false,
    });
    this.listen(this.cy);
    this.resizing.observe(this.container);
    await this.sync();
    this.ready = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
    this.cy?.destroy();
    this.cy = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("theme")) this.cy?.style(canvasStyle(this.theme));
    if (changed.has("model") || changed.has("view")) void this.sync();
  }

  /** Where everything stands now. */
  positions(): Map<string, Point> {
    return new Map(this.cy?.nodes().map((node) => [node.id(), { ...node.position() }]));
  }

  fit(ids: readonly string[] = []): void {
    const cy = this.cy;
    if (!cy) return;
    const some = ids.length ? cy.elements().filter((each) => ids.includes(each.id())) : cy.elements();
    cy.fit(some, Math.min(cy.width(), cy.height()) < 420 ? PAD.narrow : PAD.wide);
    const most = cy.width() > 1000 ? 1.5 : 1.15;
    if (cy.zoom() > most) {
      cy.zoom(most);
      cy.center(some);
    }
    if (!this.modest && cy.width() > 700) cy.panBy({ x: 0, y: 16 }); // the tools stand at the top
  }

  zoom(factor: number): void {
    this.cy?.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  private async sync(): Promise<void> {
    const cy = this.cy;
    if (!cy) return;
    const wanted = elementsOf(this.model, this.view);
    const structure = JSON.stringify([wanted.map((each) => each.data.id), this.view.layout]);
    const fresh = structure !== this.structure;
    this.structure = structure;
    const places = fresh ? this.places() : null;
    const told = new Map(wanted.map((each) => [each.data.id, JSON.stringify(each)]));
    const fresher = wanted.filter((each) => this.drawn.get(each.data.id) !== told.get(each.data.id));
    cy.batch(() => {
      cy.remove(cy.elements().filter((each) => !told.has(each.id())));
      patch(cy, fresher, places);
    });
    this.drawn = told;
    if (this.cursor && cy.getElementById(this.cursor).empty()) this.cursor = null;
    if (fresh && places) await this.arrange(cy, places, structure);
    else this.movePinned(cy);
  }

  private places(): Map<string, Point> {
    const places = place(this.model, this.view);
    for (const { of } of this.model.more) {
      const hub = places.get(of) ?? { x: 0, y: 0 };
      places.set(`more:${of}`, { x: hub.x + 62, y: hub.y - 46 });
    }
    return places;
  }

  private async arrange(cy: Core, places: Map<string, Point>, structure: string): Promise<void> {
    if (this.view.layout === "network" && cy.nodes().length > 2) {
      const { arrangeNetwork } = await import("./network.js");
      if (structure !== this.structure || this.cy !== cy) return;
      await arrangeNetwork(cy, this.view.pinned, this.still || !this.ready);
      this.movePinned(cy);
    } else {
      for (const [id, at] of places) cy.getElementById(id).position({ ...at });
    }
    for (const node of cy.nodes().toArray()) if (node.data("end") && this.view.layout === "paths" && !this.view.of) node.ungrabify();
    cy.nodes().length > MANY ? restLines(cy, true) : restLines(cy, false);
    this.fit();
  }

  private movePinned(cy: Core): void {
    for (const [id, at] of Object.entries(this.view.pinned)) cy.getElementById(id).position({ ...at });
  }

  private resized(): void {
    this.cy?.resize();
    if (this.ready) this.fit();
  }

  private listen(cy: Core): void {
    cy.on("tap", (event: EventObject) => {
      if (event.target === cy) act(this, { type: "select", id: null });
    });
    cy.on("tap", "node", (event: EventObject) => {
      const node = event.target as NodeSingular;
      if (node.data("more")) act(this, { type: "expand", id: node.data("of") as string });
      else act(this, { type: "select", id: node.id() });
    });
    cy.on("tap", "edge", (event: EventObject) => {
      const tie = event.target.data("tie") as string | undefined;
      if (tie) act(this, { type: "select", id: tie });
    });
    cy.on("dbltap", "node", (event: EventObject) => {
      if (!event.target.data("more")) act(this, { type: "expand", id: event.target.id() as string });
    });
    cy.on("grab", "node", (event: EventObject) => (this.drag = { ...event.target.position() }));
    cy.on("free", "node", (event: EventObject) => {
      const [node, from] = [event.target as NodeSingular, this.drag];
      const at = node.position();
      if (from && Math.hypot(at.x - from.x, at.y - from.y) > 4 && !node.data("more")) act(this, { type: "pin", id: node.id(), at: { ...at } });
    });
    cy.on("mouseover", "node, edge", () => (this.container.style.cursor = "pointer"));
    cy.on("mouseout", "node, edge", () => (this.container.style.cursor = ""));
    this.container.addEventListener("wheel", (event) => cy.userZoomingEnabled(!this.modest || event.ctrlKey || event.metaKey), {
      capture: true,
      passive: true,
    });
  }

  private key(event: KeyboardEvent): void {
    const directions: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = directions[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (direction) this.step(...direction);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (!this.cursor || !this.onNode(event.key, this.cursor)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private onNode(key: string, id: string): boolean {
    if (id.startsWith("more:")) {
      if (key === "Enter" || key === "e") act(this, { type: "expand", id: id.slice(5) });
      return key === "Enter" || key === "e";
    }
    if (key === "Enter" || key === " ") act(this, { type: "select", id });
    else if (key === "e") act(this, { type: "expand", id });
    else if (key === "h") act(this, { type: "hide", id });
    else if (key === "p")
      act(this, id in this.view.pinned ? { type: "unpin", id } : { type: "pin", id, at: this.positions().get(id) ?? { x: 0, y: 0 } });
    else return false;
    return true;
  }

  private step(dx: number, dy: number): void {
    const places = this.positions();
    const first = [...this.model.nodes.values()].find((node) => node.end) ?? [...this.model.nodes.values()][0];
    const next = this.cursor ? neighbourInDirection(places, this.cursor, dx, dy) : (first?.entity.id ?? null);
    if (next) this.point(next);
  }

  private point(id: string | null): void {
    const cy = this.cy;
    if (!cy) return;
    this.cursor = id ?? this.cursor;
    cy.nodes(".cursor").removeClass("cursor");
    if (!id) return;
    const node = cy.getElementById(id);
    node.addClass("cursor");
    const box = node.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height()) cy.center(node);
    const entity = this.model.nodes.get(id)?.entity;
    const lines = node.connectedEdges().length;
    announce(this, entity ? `${entity.name}, ${ENTITY_KINDS[entity.kind]}, ${count(lines, "line")}` : `${node.data("label") as string} more`);
  }

  static override styles = [
    shared,
    css`
      :host {
        display: block;
        position: relative;
        min-height: 0;
      }
      #cy {
        position: absolute;
        inset: 0;
        overflow: hidden;
        border-radius: inherit;
      }
      #cy:focus-visible {
        outline-offset: -3px;
      }
    `,
  ];
}

/** Draw these elements as they are told; new nodes begin at their places, others stay where they are. */
function patch(cy: Core, fresher: readonly Element[], places: ReadonlyMap<string, Point> | null): void {
  for (const { group, data, classes } of fresher) {
    const there = cy.getElementById(data.id);
    const keep = there.hasClass("cursor") ? " cursor" : "";
    const turned = group === "edges" && there.nonempty() && there.data("source") !== data["source"];
    if (turned) there.remove();
    if (there.nonempty() && !turned) there.data(data).classes(classes + keep);
    else
      cy.add({
        group,
        data: { ...data },
        classes,
        ...(group === "nodes" && { position: { ...(places?.get(data.id) ?? { x: 0, y: 0 }) } }),
      } as ElementDefinition);
  }
}

/** Lines of a big map are left out while it moves. */
function restLines(cy: Core, rest: boolean): void {
  const renderer = (cy as unknown as { renderer(): { hideEdgesOnViewport: boolean } }).renderer();
  renderer.hideEdgesOnViewport = rest;
}
