/** Relationships as bars over time: what surely held, what possibly did, and the days on which it was seen. */

import { bounds, monthOf, monthsInView, span, held, type Span, type Dated } from "./dates.js";
import type { Tie } from "./model.js";

export interface Bar {
  readonly tie: Tie;
  /** Fractions of the width, 0 to 1. */
  readonly possible: readonly [number, number];
  readonly certain: readonly [number, number] | null;
  readonly seen: readonly number[];
}

export interface Scale {
  readonly first: number;
  readonly last: number;
}

/** The months from the first to the last date, and the one that is looked at; null if none is known. */
export function scaleOf(ties: readonly { interval: Dated }[], at: string | null, today: Date): Scale | null {
  const looked = at ? [{ text: at, observed: [] }] : [];
  return monthsInView([...ties.map((tie) => tie.interval), ...looked], today);
}

/** Where a day number is on the scale, kept within it. */
export function fraction(day: number, scale: Scale): number {
  const month = day === -Infinity ? scale.first : day === Infinity ? scale.last + 1 : monthOf(day) + new Date(day * 86_400_000).getUTCDate() / 31;
  return Math.min(1, Math.max(0, (month - scale.first) / (scale.last + 1 - scale.first)));
}

export function barOf(tie: Tie, scale: Scale): Bar {
  const { startMin, startMax, endMin, endMax } = bounds(tie.interval);
  const certain = startMax <= endMin && startMax !== Infinity ? ([fraction(startMax, scale), fraction(endMin, scale)] as const) : null;
  const seen = tie.interval.observed.flatMap((text) => {
    const found = span(text);
    return found ? [fraction((found.first + found.last) / 2, scale)] : [];
  });
  return { tie, possible: [fraction(startMin, scale), fraction(endMax, scale)], certain, seen };
}

/** Years to mark on the scale: few enough to be read. */
export function ticks(scale: Scale, most = 7): { year: number; at: number }[] {
  const [from, to] = [Math.ceil(scale.first / 12), Math.floor((scale.last + 1) / 12)];
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => (to - from) / each <= most) ?? 1000;
  const marks = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) {
    marks.push({ year, at: (year * 12 - scale.first) / (scale.last + 1 - scale.first) });
  }
  return marks;
}

/** How many relationships surely and possibly held in each of some stretches of the scale. */
export function density(intervals: readonly Dated[], scale: Scale, parts: number): { certain: number; possible: number }[] {
  const months = scale.last + 1 - scale.first;
  return Array.from({ length: parts }, (_, part) => {
    const window = monthSpan(
      scale.first + Math.floor((part * months) / parts),
      scale.first + Math.max(0, Math.ceil(((part + 1) * months) / parts) - 1),
    );
    const verdicts = intervals.map((interval) => held(interval, window));
    return { certain: verdicts.filter((each) => each === "CERTAIN").length, possible: verdicts.filter((each) => each === "POSSIBLE").length };
  });
}

/** The days from the first of one month to the last of another. */
export function monthSpan(first: number, last: number): Span {
  return {
    first: Date.UTC(Math.floor(first / 12), first % 12, 1) / 86_400_000,
    last: Date.UTC(Math.floor(last / 12), (last % 12) + 1, 0) / 86_400_000,
  };
}
