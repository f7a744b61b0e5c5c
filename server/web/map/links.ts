/** Addresses of a view: its permalink, its embed, its data in other formats. */

import { EMPTY, type State, type View } from "./state.js";
import { packStory } from "./story.js";
import { readable, writeFilters, writeView } from "./url.js";

export const TWINS = ["json", "csv", "gexf", "graphml", "ttl"] as const;
export type Twin = (typeof TWINS)[number];

/** The query string of all there is to keep: the view, and the story being told. A view told by a step needs no words of its own. */
export function stateQuery({ view, story, step }: Pick<State, "view" | "story" | "step">): string {
  const told = writeView(story && step !== null && story.steps[step]?.view === readable(writeView(view)) ? EMPTY : view);
  if (story) told.append("story", packStory(story));
  if (story && step !== null) told.append("step", String(step + 1));
  return readable(told);
}

export function permalink(home: string, state: Pick<State, "view" | "story" | "step">): string {
  const query = stateQuery(state);
  return query ? `${home}?${query}` : home;
}

/**
 * Where the same paths, or the same neighbourhood, are to be had as data; null where nothing is asked. Ends by id, as the answer has them; a
 * question in words as it is, since it may have conditions of its own, unless others took their place.
 */
export function twinLink(home: string, view: View, ends: { from: string; to: string } | null, twin: Twin): string | null {
  const query = new URLSearchParams();
  const filters = [...writeFilters(view.filters)];
  if (ends && view.question && !filters.length) query.append("q", view.question);
  else if (ends) {
    query.append("from", ends.from);
    query.append("to", ends.to);
  } else if (view.of) query.append("of", view.of);
  else return null;
  for (const [name, value] of filters) if (ends || !["maxHops", "heldTogether"].includes(name)) query.append(name, value);
  return `${home}export/${twin}?${readable(query)}`;
}

export function iframeCode(home: string, state: State, title: string): string {
  return `<iframe src="${attribute(`${home}embed?${stateQuery(state)}`)}" title="${attribute(title)}" width="100%" height="620" loading="lazy" style="border:0"></iframe>`;
}

/** The custom element and its one script; attributes for what is asked, `view` for all else. */
export function elementCode(home: string, view: View): string {
  const { question, from, to, of, at } = view;
  const plain: [string, string | null][] = [
    ["question", question],
    ["from", from],
    ["to", to],
    ["of", of],
    ["as-of", at],
  ];
  const rest = readable(writeView({ ...view, question: "", from: "", to: "", of: "", at: null, layout: view.layout }));
  const attributes = [...plain, ["view", rest === "layout=network" && of ? "" : rest] as const].flatMap(([name, value]) =>
    value ? [` ${name}="${attribute(value)}"`] : [],
  );
  return `<script type="module" src="${attribute(`${home}embed.js`)}"></script>\n<interlock-map${attributes.join("")}></interlock-map>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
