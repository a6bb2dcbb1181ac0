import { describe, expect, it } from "vitest";

import { en } from "../words/en";
import { zh } from "../words/zh";
import { countsOf, figuresOf, lively, percent } from "./figures";
import { place, social } from "./samples";

describe("figures", () => {
  it("have a name in both languages", () => {
    for (const { name } of figuresOf(social(), "en")) {
      expect(en.society.figure).toHaveProperty(name);
      expect(zh.society.figure).toHaveProperty(name);
    }
  });

  it("say what the door says", () => {
    const told = Object.fromEntries(
      figuresOf(social({ density: 0.24, conversations_total: 12345 }), "en").map(
        ({ name, value }) => [name, value],
      ),
    );
    expect(told).toMatchObject({ density: "24%", conversations: "12,345", components: "2" });
  });
});

describe("a share", () => {
  it("is not nothing if it is little", () => {
    expect([0, 0.004, 0.5].map((share) => percent(share, "zh"))).toEqual(["0%", "0.4%", "50%"]);
  });
});

it("leaves out of counts what there is none of", () => {
  expect(countsOf({ waiter: 8, artist: 0, other: 1 })).toEqual([
    ["waiter", 8],
    ["other", 1],
  ]);
});

it("knows the lively places", () => {
  expect(lively([place({ heat: 12.5 }), place({ heat: 0 })])).toHaveLength(1);
});
