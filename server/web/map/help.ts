/** What is shown where nothing was found, or something failed. */

import { html, nothing, type TemplateResult } from "lit";
import type { ApiError } from "./api.js";
import { act } from "./parts.js";

export const FIRST_QUESTION = "How is Netflix connected to Meta's board?";
const EXAMPLES = [
  FIRST_QUESTION,
  "How are Netflix and Meta connected, on the record only?",
  "Who links Dropbox to Meta's board?",
  "What connects Microsoft and Meta ignoring lawsuits?",
];

/** What can be asked. */
export function examples(): TemplateResult {
  return html`<div class="examples">
    <p class="small soft">For example</p>
    <ul>
      ${EXAMPLES.map((question) => html`<li><button class="plain" @click=${(event: Event) => act(event.target as HTMLElement, { type: "ask", question })}>${question}</button></li>`)}
    </ul>
  </div>`;
}

/** What went wrong, who may have been meant, and another try where that can help. */
export function failure(error: ApiError | null): TemplateResult | typeof nothing {
  if (!error) return nothing;
  const again = (event: Event): boolean => (event.target as HTMLElement).dispatchEvent(new CustomEvent("retry", { bubbles: true }));
  return html`<div class="failed" role="alert">
    <p>${error.message}</p>
    ${
      error.suggestions.length
        ? html`<p class="row small">${error.suggestions.slice(0, 6).map(({ id, name }) => html`<button @click=${(event: Event) => act(event.target as HTMLElement, { type: "explore", of: id })}>${name}</button>`)}</p>`
        : nothing
    }
    ${error.passing ? html`<button class="primary" @click=${again}>Try again</button>` : nothing}
  </div>`;
}
