// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { elementCode, iframeCode, permalink, twinLink } from "../links.js";
import { begin, EMPTY, NO_FILTERS } from "../state.js";
import { moved, packStory, readStory, replaced, unpackStory, withStep } from "../story.js";
import { drawSvg, escapeXml, wrap } from "../svg.js";

const HOSTILE = `<img src=x onerror=alert(1)>&"'\u0000`;
const NODE = { id: "a", name: HOSTILE, kind: "PERSON" as const, x: 0, y: 0, end: true, held: "CERTAIN" as const };

describe("a picture", () => {
  it("is XML whatever the names are, and holds no script", () => {
    const kinds = ["COMPANY", "ORGANIZATION", "BOARD", "PRODUCT", "AGREEMENT", "LAWSUIT", "REGULATORY_ACTION", "EVENT"] as const;
    const nodes = [NODE, ...kinds.map((kind, index) => ({ ...NODE, id: kind, kind, x: 100 * index }))];
    const edges = (["CONFIRMED", "ALLEGED"] as const).map((status) => ({
      a: "a",
      b: "EVENT",
      label: `${HOSTILE}\nline`,
      status,
      held: "POSSIBLE" as const,
    }));
    const text = drawSvg({ title: HOSTILE, note: HOSTILE, nodes, edges }, "dark");
    const document = new DOMParser().parseFromString(text, "image/svg+xml");
    expect(document.querySelector("parsererror")).toBeNull();
    expect(
      [...document.querySelectorAll("*")]
        .map((each) => each.tagName)
        .filter((name) => !["svg", "title", "rect", "g", "line", "path", "text"].includes(name)),
    ).toEqual([]);
    expect(document.querySelector("title")?.textContent).toBe(HOSTILE.replace("\u0000", ""));
    expect(document.querySelectorAll("line[stroke-dasharray]")).toHaveLength(1);
  });

  it("is drawn of nothing as well", () => {
    expect(drawSvg({ title: "", note: "", nodes: [], edges: [] }, "light")).toContain("<svg");
  });

  it("breaks its lines between words", () => {
    expect(wrap("Netflix was co-founded by Reed Hastings", 20)).toEqual(["Netflix was", "co-founded by Reed", "Hastings"]);
    expect(escapeXml("a < b")).toBe("a &lt; b");
  });
});

const HOME = "https://example.org/";
const STATE = begin({ ...EMPTY, from: "a", to: `b"><script>`, at: "2011-06" });

describe("links", () => {
  it("are escaped in the code for other pages", () => {
    for (const code of [iframeCode(HOME, STATE, HOSTILE), elementCode(HOME, STATE.view)]) {
      const holder = document.createElement("template");
      holder.innerHTML = code;
      expect(
        [...holder.content.querySelectorAll("*")]
          .map((each) => each.localName)
          .filter((name) => !["iframe", "interlock-map", "script"].includes(name)),
      ).toEqual([]);
    }
    const holder = document.createElement("template");
    holder.innerHTML = elementCode(HOME, STATE.view);
    expect(holder.content.querySelector("interlock-map")?.getAttribute("to")).toBe(`b"><script>`);
    expect(holder.content.querySelector("interlock-map")?.getAttribute("as-of")).toBe("2011-06");
    expect(holder.content.querySelector("script")?.getAttribute("src")).toBe("https://example.org/embed.js");
  });

  it("lead to the data of the same paths under the same conditions", () => {
    const view = { ...EMPTY, from: "a", to: "b", filters: { ...NO_FILTERS, minStatus: "REPORTED" as const, heldTogether: true } };
    expect(twinLink(HOME, view, { from: "entity/a", to: "entity/b" }, "gexf")).toBe(
      "https://example.org/export/gexf?from=entity/a&to=entity/b&minStatus=REPORTED&heldTogether=true",
    );
    expect(twinLink(HOME, { ...view, of: "entity/c" }, null, "ttl")).toBe("https://example.org/export/ttl?of=entity/c&minStatus=REPORTED");
    expect(twinLink(HOME, EMPTY, null, "csv")).toBeNull();
  });

  it("lead to the data of a question in words with the conditions that it has", () => {
    const ends = { from: "entity/a", to: "entity/b" };
    const view = { ...EMPTY, question: "How is A connected to B in 2024?" };
    expect(new URL(twinLink(HOME, view, ends, "csv") ?? "").searchParams.get("q")).toBe(view.question);
    expect(twinLink(HOME, { ...view, filters: { ...NO_FILTERS, heldTogether: true } }, ends, "csv")).toBe(
      "https://example.org/export/csv?from=entity/a&to=entity/b&heldTogether=true",
    );
  });
});

describe("a story", () => {
  const story = withStep(withStep(null, { caption: "Ümlaut <b>", view: "from=a&to=b" }), { caption: "two", view: "of=a" });

  it("fits into a link", () => {
    expect(unpackStory(packStory(story))).toEqual(story);
    expect(packStory(story)).toMatch(/^[\w-]+$/);
    expect(unpackStory("no story")).toBeNull();
    const told = permalink("/", { ...STATE, story, step: 1, view: { ...EMPTY, of: "a", layout: "network" } });
    expect(told).toContain("step=2");
    expect(told).not.toContain("of=a");
  });

  it("can be changed", () => {
    expect(moved(story, 1, -1).steps.map((each) => each.caption)).toEqual(["two", "Ümlaut <b>"]);
    expect(replaced(story, 0, null).steps).toHaveLength(1);
  });

  it("is refused with what is wrong", () => {
    expect(() => readStory([])).toThrow("steps");
    expect(() => readStory({ title: "t", steps: [{ caption: 5, view: "" }] })).toThrow("caption of step 1");
    expect(() => readStory({ title: "t", steps: Array.from({ length: 51 }, () => ({ caption: "", view: "" })) })).toThrow("50");
  });
});
