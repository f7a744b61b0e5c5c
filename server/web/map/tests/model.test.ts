import { describe, expect, it } from "vitest";
import { elementsOf, sceneOf } from "../elements.js";
import { buildModel, edgeId, expansionOf, tiesOf } from "../model.js";
import { neighbourInDirection, place } from "../place.js";
import { EMPTY } from "../state.js";
import { answer, entity, expansion, path, tie } from "./model.fixture.js";

const TWO = answer(path("a", "r", "z"), path("a", "m", "n", "z"), path("a", "m", "r", "z"));
const many = (count: number, of = "hub") => Array.from({ length: count }, (_, index) => `${of}${index}`);

describe("a model", () => {
  it("merges the hops of all paths", () => {
    const model = buildModel(TWO, [], EMPTY, false);
    expect([...model.nodes.keys()]).toEqual(["a", "z", "r", "m", "n"]);
    expect(model.edges.size).toBe(6);
    expect(model.nodes.get("a")?.end).toBe("from");
    expect(model.nodes.get("z")?.end).toBe("to");
  });

  it("groups what joins the same two, strongest first, each once", () => {
    const parallel = answer(path("a", "z"));
    const hop = parallel.found?.nodes[0]?.hops[0];
    const [alleged, sure] = [tie("a", "z", "", "ALLEGED", "weak"), tie("z", "a", "", "CONFIRMED", "strong")];
    if (hop) hop.parallel = [alleged, sure];
    const model = buildModel(parallel, [expansion("a", ["z"])], EMPTY, false);
    expect(model.edges.get(edgeId("z", "a"))?.ties.map((each) => each.id)).toEqual(["strong", "a-z", "weak"]);
    expect(tiesOf(model)).toHaveLength(3);
  });

  it("draws one path on a narrow screen, and that of what is selected", () => {
    expect([...buildModel(TWO, [], EMPTY, true).routes.keys()]).toEqual([1]);
    expect([...buildModel(TWO, [], { ...EMPTY, path: 2 }, true).routes.keys()]).toEqual([2]);
    expect([...buildModel(TWO, [], { ...EMPTY, selected: "m-n" }, true).routes.keys()]).toEqual([2]);
  });

  it("leaves out what is hidden with all paths over it", () => {
    const model = buildModel(TWO, [], { ...EMPTY, hidden: ["r"] }, false);
    expect(model.nodes.has("r")).toBe(false);
    expect([...model.routes.keys()]).toEqual([2]);
  });

  it("puts a seat that leads to a board at the board, once", () => {
    const seat = answer(path("a", "p", "board"));
    const last = seat.found?.nodes[0]?.hops[1];
    if (last) last.parallel = [tie("p", "company", "", "CONFIRMED", "seat")];
    const around = { ...expansion("p", []), relationships: { totalCount: 1, nodes: [tie("p", "company", "", "CONFIRMED", "seat")] } };
    const model = buildModel(seat, [around], EMPTY, false);
    expect(model.edges.get(edgeId("p", "board"))?.ties.map((each) => each.id)).toEqual(["seat"]);
    expect(model.edges.has(edgeId("p", "company"))).toBe(false);
    expect(model.nodes.has("company")).toBe(false);
  });

  it("joins the neighbours of a centre, and a board with those on it", () => {
    const seats = ["p", "q"].map((person) => ({ ...tie(person, "company"), kind: "BOARD_SEAT" as const }));
    const near = { relationships: [...seats, tie("p", "company", "", "CONFIRMED", "post"), tie("p", "q")] };
    const around = expansionOf({ entity: { ...entity("board", "BOARD"), relationships: { totalCount: 2 } }, neighborhood: near });
    const model = buildModel(null, around ? [around] : [], EMPTY, false);
    expect([...model.edges.keys()].sort()).toEqual(["board|p", "board|q", "p|q"]);
    expect(model.more).toEqual([]);
    expect(expansionOf({ entity: null, neighborhood: near })).toBeNull();
  });

  it("counts the neighbours of a hub that are not drawn", () => {
    const model = buildModel(null, [expansion("hub", many(3), 112)], EMPTY, false);
    expect(model.more).toEqual([{ of: "hub", count: 109 }]);
    expect(model.nodes.get("hub")?.end).toBe("centre");
    expect(elementsOf(model, EMPTY).find((each) => each.data.id === "more:hub")?.data["label"]).toBe("+109");
  });
});

describe("elements", () => {
  it("fade where nothing held, and say where it possibly did", () => {
    const dated = answer(path("a", "b", "z"));
    const [first, second] = dated.found?.nodes[0]?.hops ?? [];
    if (first && second) [first.parallel, second.parallel] = [[tie("a", "b", "2011/")], [tie("b", "z", "2000/2001")]];
    const elements = elementsOf(buildModel(dated, [], EMPTY, false), { ...EMPTY, at: "2013-06" });
    const found = (id: string) => elements.find((each) => each.data.id === id);
    expect(found("a|b")?.classes).toBe("possible");
    expect(found("a|b")?.data["label"]).toContain("(possibly)");
    expect(found("b|z")?.classes).toBe("past");
  });

  it("stand one by one when they are fanned out", () => {
    const parallel = answer(path("a", "z"));
    const hop = parallel.found?.nodes[0]?.hops[0];
    if (hop) hop.parallel = [tie("a", "z", "", "CONFIRMED", "one"), tie("a", "z", "", "ALLEGED", "two")];
    const lines = (fan: boolean) => elementsOf(buildModel(parallel, [], EMPTY, false), { ...EMPTY, fan }).filter((each) => each.group === "edges");
    expect(lines(false).map((each) => each.data["label"])).toEqual(["tied to +1\nundated"]);
    expect(lines(true).map((each) => each.data["status"])).toEqual(["CONFIRMED", "ALLEGED"]);
  });

  it("name the status of what is not on record", () => {
    const alleged = answer(path("a", "z"));
    const hop = alleged.found?.nodes[0]?.hops[0];
    if (hop) hop.parallel = [tie("a", "z", "2011", "ALLEGED")];
    expect(elementsOf(buildModel(alleged, [], EMPTY, false), EMPTY).at(-1)?.data["label"]).toBe("alleged: tied to\n2011");
  });
});

describe("places", () => {
  it("lead from left to right between fixed ends, the first path straight", () => {
    const places = place(buildModel(TWO, [], EMPTY, false), EMPTY);
    const [a, r, z] = ["a", "r", "z"].map((id) => places.get(id));
    expect([a?.y, r?.y, z?.y]).toEqual([0, 0, 0]);
    expect(a?.x).toBe(0);
    for (const [id, at] of places) if (id !== "a" && id !== "z") expect(at.x > 0 && at.x < (z?.x ?? 0)).toBe(true);
  });

  it("never coincide, however many there are", () => {
    const model = buildModel(TWO, [expansion("r", many(400, "p")), expansion("m", many(90, "q"))], EMPTY, false);
    const places = [...place(model, EMPTY).values()];
    expect(places).toHaveLength(495);
    const distances = places.flatMap((one, index) => places.slice(index + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y)));
    expect(distances.reduce((least, each) => Math.min(least, each))).toBeGreaterThan(60);
  });

  it("keep the middle free for a line from end to end", () => {
    const places = place(buildModel(answer(path("a", "z"), path("a", "m", "z")), [], EMPTY, false), EMPTY);
    expect(places.get("m")?.y).not.toBe(0);
  });

  it("are where they were pinned", () => {
    expect(place(buildModel(TWO, [], EMPTY, false), { ...EMPTY, pinned: { r: { x: 7, y: 9 }, gone: { x: 1, y: 1 } } }).get("r")).toEqual({
      x: 7,
      y: 9,
    });
  });

  it("are walked through by direction", () => {
    const places = new Map([
      ["a", { x: 0, y: 0 }],
      ["b", { x: 100, y: 10 }],
      ["c", { x: 60, y: 90 }],
    ]);
    expect(neighbourInDirection(places, "a", 1, 0)).toBe("b");
    expect(neighbourInDirection(places, "a", 0, 1)).toBe("c");
    expect(neighbourInDirection(places, "a", -1, 0)).toBeNull();
  });
});

describe("a scene", () => {
  it("holds what has a place", () => {
    const model = buildModel(answer(path("a", "z")), [], EMPTY, false);
    const scene = sceneOf(model, EMPTY, new Map([["a", { x: 1.4, y: 2 }]]), "t", "n");
    expect(scene.nodes).toMatchObject([{ id: "a", x: 1, y: 2, end: true, held: "CERTAIN" }]);
    expect(entity("a").name).toBe("A");
  });
});
