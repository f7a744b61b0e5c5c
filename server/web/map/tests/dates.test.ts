import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { day, held, monthNumber, monthsInView, monthText, span, spoken } from "../dates.js";

const YEAR_2013 = { first: day(2013, 1, 1), last: day(2013, 12, 31) };
const dated = (text: string, ...observed: string[]) => ({ text, observed });

describe("a date", () => {
  it("lies between the first and the last day that it can mean", () => {
    expect(span("2011")).toEqual({ first: day(2011, 1, 1), last: day(2011, 12, 31) });
    expect(span("2012-02")).toEqual({ first: day(2012, 2, 1), last: day(2012, 2, 29) });
    expect(span("2012-02-29")).toEqual({ first: day(2012, 2, 29), last: day(2012, 2, 29) });
    expect(span("2011~")).toEqual({ first: day(2010, 1, 1), last: day(2012, 12, 31) });
    expect(span("201X")).toEqual({ first: day(2010, 1, 1), last: day(2019, 12, 31) });
  });

  it("is null for what is none", () => {
    for (const text of ["", "..", "2011-13", "yesterday", "2011/2012", "<img>"]) expect(span(text)).toBeNull();
  });

  it("is spoken as far as it is known, never finer", () => {
    expect(["2011", "2011-06", "2011-06-02", "2023~", "201X", "2024-02?", "2011-21"].map(spoken)).toEqual([
      "2011",
      "June 2011",
      "2 June 2011",
      "about 2023",
      "the 2010s",
      "perhaps February 2024",
      "spring 2011",
    ]);
  });
});

describe("an interval", () => {
  it("surely, possibly, or not held then", () => {
    expect(held(dated("2011/2019"), YEAR_2013)).toBe("CERTAIN");
    expect(held(dated("2011/"), YEAR_2013)).toBe("POSSIBLE");
    expect(held(dated("2011/.."), YEAR_2013)).toBe("CERTAIN");
    expect(held(dated("2014/"), YEAR_2013)).toBe("IMPOSSIBLE");
    expect(held(dated(""), YEAR_2013)).toBe("POSSIBLE");
    expect(held(dated("", "2013-05"), YEAR_2013)).toBe("CERTAIN");
    expect(held(dated("2011/2024-02?", "2012"), YEAR_2013)).toBe("POSSIBLE");
  });

  // A pytest test writes what the engine says of random intervals; without it there is nothing to compare with.
  it.runIf(process.env["INTERLOCK_HELD"])("is judged as by the engine", () => {
    const cases = JSON.parse(readFileSync(process.env["INTERLOCK_HELD"] ?? "", "utf8")) as {
      text: string;
      observed: string[];
      window: string;
      held: string;
    }[];
    expect(cases.length).toBeGreaterThan(500);
    for (const each of cases) expect({ ...each, held: held(each, span(each.window) ?? YEAR_2013) }).toEqual(each);
  });
});

describe("months", () => {
  it("count on, and back", () => {
    expect(monthText((monthNumber("2011-12") ?? 0) + 1)).toBe("2012-01");
    expect(monthNumber("2011")).toBeNull();
  });

  it("in view are those from the first date to the last, or to today where something goes on", () => {
    const today = new Date("2026-05-05");
    expect(monthsInView([dated("2011-06/2019-05-30")], today)).toEqual({ first: monthNumber("2011-01"), last: monthNumber("2019-05") });
    expect(monthsInView([dated("2011/..")], today)?.last).toBe(monthNumber("2026-05"));
    expect(monthsInView([dated("")], today)).toBeNull();
  });
});
