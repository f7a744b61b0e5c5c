/** Dates as far as they are known (EDTF level 1), as ranges of days since 1970-01-01; and whether an interval held then: surely, possibly, not. */

import type { Certainty } from "./generated.js";

export interface Span {
  readonly first: number;
  readonly last: number;
}

export interface Dated {
  readonly text: string;
  readonly observed: readonly string[];
}

/** The ranges in which the true start and the true end lie; ±Infinity where nothing is known. */
export interface Bounds {
  readonly startMin: number;
  readonly startMax: number;
  readonly endMin: number;
  readonly endMax: number;
}

const DATE = /^(-?\d{4}|Y-?\d{5,7}|-?\d{3}X|-?\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)$/;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SEASONS = ["spring", "summer", "autumn", "winter"];

/** The day number of a calendar day; months and days may run over. */
export function day(year: number, month: number, date: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, date) / 86_400_000;
}

/** The days between which a date lies; null for what is none. A qualified date may be off by one unit of its own precision. */
export function span(text: string): Span | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, years = "", month, date, qualifier] = match;
  const digits = years.replace("Y", "");
  const ends = [Number(digits.replaceAll("X", "0")), Number(digits.replaceAll("X", "9"))];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const slack = qualifier ? 1 : 0;
  if (month === undefined || month === "XX") return { first: day(low - slack, 1, 1), last: day(high + slack, 12, 31) };
  const number = Number(month);
  if (number >= 21 && number <= 24 && date === undefined) return season(low, number, slack);
  if (number < 1 || number > 12 || low !== high) return null;
  if (date === undefined || date === "XX") return { first: day(low, number - slack, 1), last: day(low, number + slack + 1, 0) };
  const exact = day(low, number, Number(date));
  return { first: exact - slack, last: exact + slack };
}

function season(year: number, number: number, slack: number): Span {
  if (number === 24) return { first: day(year - 1, 12, 1) - 92 * slack, last: day(year + 1, 3, 0) + 92 * slack };
  return { first: day(year, 1, 1) - 92 * slack, last: day(year, 12, 31) + 92 * slack };
}

/**
 * What is known of start and end.
 *
 * An uncertain start or end (`2024-02?`) is taken for one that was only announced: what is certain then ends with the last observation. The server
 * knows when it was announced; here, so much is possible that it calls certain, never the other way round.
 */
export function bounds(interval: Dated): Bounds {
  const known = KNOWN.get(interval) ?? boundsOf(interval);
  KNOWN.set(interval, known);
  return known;
}

/** Intervals never change, and are asked about at every step of the slider. */
const KNOWN = new WeakMap<Dated, Bounds>();

function boundsOf(interval: Dated): Bounds {
  const [first = "", last] = interval.text.split("/");
  const end = last ?? first;
  const from = span(first);
  const until = span(end);
  const startMin = from ? from.first : -Infinity;
  const endMax = until ? until.last : Infinity;
  let startMax = first === ".." ? -Infinity : from && !/[?%]$/.test(first) ? from.last : Infinity;
  let endMin = end === ".." ? Infinity : until && !/[?%]$/.test(end) ? until.first : -Infinity;
  for (const seen of interval.observed.map(span)) {
    if (!seen) continue;
    startMax = Math.min(startMax, seen.last);
    endMin = Math.max(endMin, seen.first);
  }
  return { startMin, startMax: Math.min(startMax, endMax), endMin: Math.max(endMin, startMin), endMax };
}

/** Did it hold at some time within the window: surely, possibly, or not? */
export function held(interval: Dated, window: Span): Certainty {
  const { startMin, startMax, endMin, endMax } = bounds(interval);
  if (startMin > window.last || endMax < window.first) return "IMPOSSIBLE";
  return startMax <= window.last && endMin >= window.first ? "CERTAIN" : "POSSIBLE";
}

const RANK: Record<Certainty, number> = { CERTAIN: 2, POSSIBLE: 1, IMPOSSIBLE: 0 };

/** The strongest of several; of none, that it didn't hold. */
export function strongest(values: Iterable<Certainty>): Certainty {
  let best: Certainty = "IMPOSSIBLE";
  for (const value of values) if (RANK[value] > RANK[best]) best = value;
  return best;
}

/** A month as a number that counts on, and back: `2011-06` ↔ 24137. */
export function monthNumber(text: string): number | null {
  const match = /^(\d{4})-(\d\d)$/.exec(text);
  return match ? Number(match[1]) * 12 + Number(match[2]) - 1 : null;
}

export function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/** The months from the first to the last date in view, today's at most unless a date lies later; null if nothing is dated. */
export function monthsInView(intervals: Iterable<Dated>, today: Date): { first: number; last: number } | null {
  const now = today.getUTCFullYear() * 12 + today.getUTCMonth();
  let [low, high] = [Infinity, -Infinity];
  for (const { text, observed } of intervals) {
    for (const part of [...text.split("/"), ...observed]) {
      const found = span(part);
      if (!found) continue;
      low = Math.min(low, monthOf(found.first));
      high = Math.max(high, monthOf(found.last));
    }
    if (text.endsWith("..")) high = Math.max(high, now);
  }
  return low === Infinity ? null : { first: Math.floor(low / 12) * 12, last: Math.max(high, low + 12) };
}

export function monthOf(number: number): number {
  const date = new Date(number * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** A date in words, never finer than it is: `2011-06` → June 2011, `2023~` → about 2023. */
export function spoken(text: string): string {
  const qualifier = { "~": "about ", "?": "perhaps ", "%": "perhaps about " }[text.slice(-1)] ?? "";
  const plain = qualifier ? text.slice(0, -1) : text;
  if (/^\d{3}X$/.test(plain)) return `${qualifier}the ${plain.slice(0, 3)}0s`;
  const [, year, month, date] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(plain) ?? [];
  if (!year || !month) return qualifier + plain;
  const name = MONTHS[Number(month) - 1] ?? SEASONS[Number(month) - 21];
  return name ? `${qualifier}${date ? `${Number(date)} ` : ""}${name} ${year}` : qualifier + plain;
}
