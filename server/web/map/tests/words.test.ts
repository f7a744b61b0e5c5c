import { describe, expect, it } from "vitest";
import { COLOURS } from "../palette.js";
import { short, when, years } from "../words.js";

const dated = (text: string, ...observed: string[]) => ({ text, observed });

describe("words", () => {
  it("say when, as far as it is known", () => {
    const said = ["2011-06/2019-05-30", "1997/..", "2020-02/", "/2018", "../2018", "/..", "2013", ""].map((text) => when(dated(text)));
    expect(said).toEqual([
      "June 2011 – 30 May 2019",
      "since 1997",
      "from February 2020, end unknown",
      "until 2018, start unknown",
      "until 2018",
      "goes on, start unknown",
      "2013",
      "dates unknown",
    ]);
    expect(when(dated("", "2013", "2015-06"))).toBe("observed 2013 to June 2015");
  });

  it("say the years alone", () => {
    const said = ["2011-06/2019-05-30", "1997/..", "2020-02/", "/2018", "1999/2023", "2008~/", "2024-02?", "201X", ""].map((text) =>
      years(dated(text)),
    );
    expect(said).toEqual(["2011–19", "since 1997", "2020–?", "?–2018", "1999–2023", "c. 2008–?", "2024?", "201X", "undated"]);
    expect(years(dated("", "2013", "2015"))).toBe("seen 2013–15");
  });

  it("call a relationship by its role where it has one", () => {
    expect(short({ kind: "BOARD_SEAT", role: "director", label: "held a seat on the board of" })).toBe("board seat");
    expect(short({ kind: "BOARD_SEAT", role: "executive chair", label: "was executive chair of" })).toBe("executive chair");
    expect(short({ kind: "FOUNDING", role: "co-founder", label: "co-founded" })).toBe("co-founded");
    expect(short({ kind: "PARTY", role: null, label: "was a party to" })).toBe("party to");
  });
});

describe("colours", () => {
  const channel = (hex: string, at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = (hex: string): number => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
  const contrast = (one: string, other: string): number => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  it("of texts have a contrast of 4.5 on every ground, those of shapes one of 3", () => {
    for (const theme of [0, 1] as const) {
      for (const ground of ["paper", "panel", "sunk"] as const) {
        for (const [name, tones] of Object.entries(COLOURS)) {
          const least = ["ink", "soft", "accent", "CONFIRMED", "REPORTED", "ALLEGED", "DISPUTED", "DISMISSED", "RETRACTED"].includes(name)
            ? 4.5
            : /^[A-Z_]+$/.test(name) || name === "strong"
              ? 3
              : 0;
          expect(contrast(tones[theme], COLOURS[ground][theme]), `${name} on ${ground}`).toBeGreaterThanOrEqual(least);
        }
      }
    }
  });
});
