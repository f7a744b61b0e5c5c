import { describe, expect, it } from "vitest";
import { monthNumber } from "../dates.js";
import { barOf, density, scaleOf, ticks } from "../timeline.js";
import { tie } from "./model.fixture.js";

const TODAY = new Date("2020-12-31");
const TIES = [tie("a", "b", "2011/2019"), tie("a", "c", "2015/")];
const SCALE = { first: monthNumber("2010-01") ?? 0, last: monthNumber("2019-12") ?? 0 };

describe("a timeline", () => {
  it("begins with the year of the first date and holds the one looked at", () => {
    expect(scaleOf(TIES, null, TODAY)?.first).toBe(monthNumber("2011-01"));
    expect(scaleOf(TIES, "1999-04", TODAY)?.first).toBe(monthNumber("1999-01"));
    expect(scaleOf([tie("a", "b")], null, TODAY)).toBeNull();
  });

  it("tells what surely held from what possibly did", () => {
    const bar = barOf(tie("a", "b", "2011/2018"), SCALE);
    expect(bar.possible[0]).toBeCloseTo(0.1, 1);
    expect(bar.possible[1]).toBeCloseTo(0.9, 1);
    expect(bar.certain?.[0]).toBeCloseTo(0.2, 1);
    expect(bar.certain?.[1]).toBeCloseTo(0.8, 1);
    expect(barOf(tie("a", "b", "2011/"), SCALE)).toMatchObject({ possible: [expect.closeTo(0.1, 1), 1] });
    expect(barOf(tie("a", "b", ""), SCALE)).toMatchObject({ possible: [0, 1], certain: null });
  });

  it("marks days on which something was seen", () => {
    const seen = { ...tie("a", "b", ""), interval: { text: "", observed: ["2015-01"] } };
    expect(barOf(seen, SCALE).seen[0]).toBeCloseTo(0.5, 1);
  });

  it("counts what held in each part", () => {
    const parts = density(
      TIES.map((each) => each.interval),
      SCALE,
      10,
    );
    expect(parts[0]).toEqual({ certain: 0, possible: 0 });
    expect(parts[3]).toEqual({ certain: 1, possible: 0 });
    expect(parts[7]).toEqual({ certain: 1, possible: 1 });
  });

  it("marks few years", () => {
    expect(ticks(SCALE).map((each) => each.year)).toEqual([2010, 2012, 2014, 2016, 2018, 2020]);
    expect(ticks({ first: 1900 * 12, last: 2025 * 12 }).length).toBeLessThan(9);
  });
});
