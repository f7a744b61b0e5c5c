import { describe, expect, it } from "vitest";
import { begin, EMPTY, PORTION, reduce, type Action, type State, type View } from "../state.js";
import { readable, readView, writeView } from "../url.js";

const start = begin({ ...EMPTY, from: "a", to: "b" });
const after = (...actions: Action[]): State => actions.reduce(reduce, start);

describe("a state", () => {
  it("comes back by undo and goes again by redo", () => {
    const hidden = after({ type: "hide", id: "x" });
    expect(reduce(hidden, { type: "undo" }).view).toEqual(start.view);
    expect(reduce(reduce(hidden, { type: "undo" }), { type: "redo" }).view).toEqual(hidden.view);
    expect(after({ type: "undo" })).toBe(start);
    expect(after({ type: "redo" })).toBe(start);
  });

  it("forgets what was undone once something else is done", () => {
    const { future } = after({ type: "hide", id: "x" }, { type: "undo" }, { type: "hide", id: "y" });
    expect(future).toEqual([]);
  });

  it("takes a move of the slider for one step, however long", () => {
    const slid = after({ type: "hide", id: "x" }, { type: "date", at: "2011-01" }, { type: "date", at: "2011-02" }, { type: "date", at: "2011-03" });
    expect(reduce(slid, { type: "undo" }).view.at).toBeNull();
    expect(reduce(slid, { type: "undo" }).view.hidden).toEqual(["x"]);
  });

  it("takes no look at something for a step", () => {
    expect(after({ type: "select", id: "x" }, { type: "path", path: 2 }).past).toEqual([]);
  });

  it("leaves what is hidden unselected, and shows it again", () => {
    const hidden = after({ type: "select", id: "x" }, { type: "hide", id: "x" });
    expect(hidden.view).toMatchObject({ selected: null, hidden: ["x"] });
    expect(reduce(hidden, { type: "show", id: null }).view.hidden).toEqual([]);
  });

  it("expands by portions, and collapses at once", () => {
    const twice = after({ type: "expand", id: "x" }, { type: "expand", id: "x" });
    expect(twice.view.expanded).toEqual({ x: 2 * PORTION });
    expect(reduce(twice, { type: "collapse", id: "x" }).view.expanded).toEqual({});
  });

  it("keeps the filters between other ends, and takes a question's ends with a changed filter", () => {
    const filtered = after({ type: "filter", filters: { maxHops: 3 } }, { type: "connect", from: "c", to: "d" });
    expect(filtered.view).toMatchObject({ from: "c", to: "d", filters: { maxHops: 3 } });
    const asked = after({ type: "ask", question: "How?" }, { type: "filter", filters: { heldTogether: true }, ends: { from: "e", to: "f" } });
    expect(asked.view).toMatchObject({ question: "", from: "e", to: "f", filters: { heldTogether: true } });
  });
});

const FULL: View = {
  question: "",
  from: "Netflix",
  to: "Meta's board & <img>",
  of: "",
  filters: { minStatus: "REPORTED", excludeKinds: ["PARTY", "PERSONAL"], asOf: "2012-10", heldTogether: true, maxHops: 4 },
  expanded: { "entity/a@b": 48 },
  hidden: ["entity/x", "entity/y"],
  pinned: { "entity/z": { x: -10, y: 20 } },
  layout: "network",
  draw: "all",
  fan: true,
  at: "2011-06",
  selected: "relationship/r",
  path: 3,
};

describe("a permalink", () => {
  it("holds all of a view", () => {
    expect(readView(new URLSearchParams(readable(writeView(FULL))))).toEqual(FULL);
    expect(readView(writeView({ ...EMPTY, of: "x", layout: "network" }))).toEqual({ ...EMPTY, of: "x", layout: "network" });
  });

  it("says nothing of what is so anyway", () => {
    expect(writeView(EMPTY).toString()).toBe("");
    expect(writeView({ ...EMPTY, of: "x", layout: "network" }).toString()).toBe("of=x");
  });

  it("leaves aside what it doesn't understand", () => {
    const odd = "from=a&to=b&asOf=soon&maxHops=99&expand=x&expand=y@many&pin=z@1&layout=round&at=2011-13&path=-1&minStatus=SURE&draw=7";
    expect(readView(new URLSearchParams(odd))).toEqual({ ...EMPTY, from: "a", to: "b" });
  });
});
