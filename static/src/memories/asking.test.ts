import { describe, expect, it } from "vitest";

import { addressOf } from "../rest";
import { EVERYTHING, memoriesDoor, searchDoor, wanting } from "./asking";

function queryOf(door: string): Record<string, string> {
  return Object.fromEntries(new URL(door, "http://town").searchParams);
}

describe("the door of somebody's memories", () => {
  it("is asked for everything unless there is a wish", () => {
    expect(memoriesDoor(3, EVERYTHING, 10)).toBe(
      "/api/agents/3/memories?limit=10&page=1&again=0",
    );
  });

  it("is asked for a kind and for words, whatever stands in them", () => {
    const wanted = wanting(EVERYTHING, { kind: "plan", matter: " 雨伞 & a=b? " });
    expect(queryOf(memoriesDoor(3, wanted, 10))).toMatchObject({ kind: "plan", q: "雨伞 & a=b?" });
  });

  it("can be asked in another world", () => {
    expect(queryOf(addressOf(memoriesDoor(3, EVERYTHING, 10), "a b"))["world"]).toBe("a b");
  });
});

describe("wanting something else", () => {
  it("begins with the first page, and keeps the other wish", () => {
    const before = { ...EVERYTHING, matter: "rain", page: 4 };
    expect(wanting(before, { kind: "plan" })).toMatchObject({ kind: "plan", matter: "rain", page: 1 });
  });

  it("asks again when the same is wanted once more", () => {
    const once = wanting(EVERYTHING, { matter: "rain" });
    const twice = wanting(once, { matter: "rain" });
    expect(memoriesDoor(3, twice, 10)).not.toBe(memoriesDoor(3, once, 10));
  });
});

it("asks the town for a matter", () => {
  expect(queryOf(searchDoor("a&b", 50, 2))).toEqual({ q: "a&b", limit: "50", again: "2" });
});
