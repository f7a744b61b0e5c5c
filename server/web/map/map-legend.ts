/** What lines and shapes mean. */

import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { EntityKind, Status } from "./generated.js";
import type { GraphModel } from "./model.js";
import { ENTITY_ORDER } from "./palette.js";
import { dashMark, kindMark } from "./parts.js";
import { shared } from "./styles.js";
import { ENTITY_KINDS, STATUSES, STATUS_WORDS } from "./words.js";

@customElement("interlock-legend")
export class MapLegend extends LitElement {
  @property({ attribute: false }) model!: GraphModel;
  @property({ type: Boolean }) dated = false;

  protected override render(): TemplateResult {
    const statuses = new Set<Status>([...this.model.edges.values()].flatMap((edge) => edge.ties.map((tie) => tie.status)));
    const kinds = new Set<EntityKind>([...this.model.nodes.values()].map((node) => node.entity.kind));
    return html`
      <ul aria-label="Kinds of line: status">
        ${STATUSES.filter((status) => statuses.has(status)).map((status) => html`<li title=${STATUS_WORDS[status][1]}>${dashMark(status)} ${STATUS_WORDS[status][0]}</li>`)}
        <li ?hidden=${!this.dated}><svg width="30" height="10" viewBox="0 0 30 10" aria-hidden="true"><rect width="30" height="10" rx="5" fill="var(--alleged)" opacity=".25" /><path d="M3 5h24" stroke="var(--confirmed)" stroke-width="2.4" stroke-linecap="round" /></svg> possibly held then</li>
        <li ?hidden=${!this.dated}><svg width="30" height="6" viewBox="0 0 30 6" aria-hidden="true"><path d="M3 3h24" stroke="var(--confirmed)" stroke-width="2.4" opacity=".25" stroke-linecap="round" /></svg> did not</li>
      </ul>
      <ul aria-label="Shapes: kinds">
        ${ENTITY_ORDER.filter((kind) => kinds.has(kind)).map((kind) => html`<li>${kindMark(kind, 18)} ${ENTITY_KINDS[kind]}</li>`)}
      </ul>
    `;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.5rem;
        font-size: 0.8125rem;
        color: var(--soft);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2rem 1rem;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.4rem;
      }
    `,
  ];
}
