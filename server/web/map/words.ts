/** What things are called, and short words for relationships and dates; sentences come from the server. */

import { spoken, type Dated } from "./dates.js";
import type { Certainty, EntityKind, RelationshipKind, Status, StopReason } from "./generated.js";
import type { Tie } from "./model.js";

export const STATUSES = ["CONFIRMED", "REPORTED", "ALLEGED", "DISPUTED", "DISMISSED", "RETRACTED"] as const satisfies readonly Status[];

export const STATUS_WORDS: Record<Status, readonly [word: string, meaning: string]> = {
  CONFIRMED: ["confirmed", "on record"],
  REPORTED: ["reported", "by press, as its own finding"],
  ALLEGED: ["alleged", "not proven"],
  DISPUTED: ["disputed", "said, and contradicted"],
  DISMISSED: ["dismissed", "thrown out"],
  RETRACTED: ["retracted", "taken back"],
};

export const ENTITY_KINDS: Record<EntityKind, string> = {
  PERSON: "person",
  COMPANY: "company",
  ORGANIZATION: "organization",
  BOARD: "board",
  PRODUCT: "product",
  AGREEMENT: "agreement",
  LAWSUIT: "lawsuit",
  REGULATORY_ACTION: "regulatory action",
  EVENT: "event",
};

export const TIE_KINDS: Record<RelationshipKind, string> = {
  BOARD_SEAT: "board seat",
  POSITION: "position",
  FOUNDING: "founding",
  OWNERSHIP: "ownership",
  ACQUISITION: "acquisition",
  INVESTMENT: "investment",
  PARTY: "party",
  OPERATION: "operation",
  INVOLVEMENT: "involvement",
  PERSONAL: "family or friendship",
  ASSOCIATION: "association",
};

export const HELD: Record<Certainty, string> = { CERTAIN: "held then", POSSIBLE: "possibly held then", IMPOSSIBLE: "did not hold then" };

export const STOPPED: Record<StopReason, string> = {
  COMPLETE: "",
  PATH_LIMIT: "There are more paths than these.",
  HOP_LIMIT: "Longer paths were not looked for.",
  STEP_BUDGET: "The search was ended early: there may be more, or shorter, paths.",
  DEADLINE: "The search ran out of time: there may be more, or shorter, paths.",
};

/** When it held, in words: "June 2011 – 30 May 2019", "since 1997", "from 2020, end unknown", "observed 2013". */
export function when(interval: Dated): string {
  return [stretch(interval.text), seen(interval.observed)].filter(Boolean).join(", ") || "dates unknown";
}

function stretch(text: string): string {
  const [first = "", last] = text.split("/");
  if (last === undefined) return first && spoken(first);
  const [from, until] = [first, last].map((part) => (part && part !== ".." ? spoken(part) : ""));
  if (from && until) return `${from} – ${until}`;
  if (from) return last === ".." ? `since ${from}` : `from ${from}, end unknown`;
  if (until) return `until ${until}${first === ".." ? "" : ", start unknown"}`;
  return last === ".." ? "goes on, start unknown" : "";
}

function seen(observed: readonly string[]): string {
  const [first, last] = [observed[0], observed.at(-1)];
  if (!first || !last) return "";
  return first === last ? `observed ${spoken(first)}` : `observed ${spoken(first)} to ${spoken(last)}`;
}

/** The years alone, as on a map: "2011–19", "since 1997", "2020–?", "seen 2013", "undated". */
export function years(interval: Dated): string {
  const [first = "", last] = interval.text.split("/");
  const [from, until] = [year(first), year(last ?? first)];
  if (from && from === until) return from;
  if (from && until) return from.slice(0, 2) === until.slice(0, 2) && until.length === 4 ? `${from}–${until.slice(2)}` : `${from}–${until}`;
  if (from) return last === ".." ? `since ${from}` : `${from}–?`;
  if (until) return `?–${until}`;
  const [early, late] = [year(interval.observed[0] ?? ""), year(interval.observed.at(-1) ?? "")];
  if (!early) return "undated";
  return early === late ? `seen ${early}` : `seen ${early}–${late.slice(-2)}`;
}

function year(text: string): string {
  const [, digits, qualifier] = /^(-?\d{2,4}X{0,2})(?:-[\dX]+)*([?~%]?)$/.exec(text) ?? [];
  return digits ? `${qualifier === "~" || qualifier === "%" ? "c. " : ""}${digits}${qualifier === "?" ? "?" : ""}` : "";
}

/** Kinds that are best called by their role. */
const ROLES: readonly RelationshipKind[] = ["BOARD_SEAT", "POSITION", "PARTY"];

/** What a relationship is, in a word or three: "board seat", "plaintiff", "co-founded". */
export function short(tie: Pick<Tie, "kind" | "role" | "label">): string {
  if (tie.kind === "BOARD_SEAT" && (!tie.role || /^(director|(board )?member)$/i.test(tie.role))) return "board seat";
  const word = ROLES.includes(tie.kind) && tie.role ? tie.role : tie.label;
  return clipped(word.replace(/^(was|were) ((an?|the) )?/, ""), 30);
}

export function clipped(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The same text with a capital. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
