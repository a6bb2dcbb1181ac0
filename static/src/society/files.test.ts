import { expect, it } from "vitest";

import { filesOf } from "./files";

it("offers what was said as a table and as data, in the reader's language", () => {
  const files = filesOf("conversations", "", "en");
  expect(files.map(({ href }) => href)).toEqual([
    "/api/export/conversations?format=csv&lang=en",
    "/api/export/conversations?format=json&lang=en",
  ]);
});

it("offers the network in what programs read, of the world that is watched", () => {
  const files = filesOf("network", "a b", "zh");
  expect(files.map(({ format }) => format)).toEqual(["graphml", "gexf", "json"]);
  for (const { href } of files) {
    const { pathname, searchParams } = new URL(href, "http://town");
    expect(pathname).toBe("/api/export/social-network");
    expect([searchParams.get("world"), searchParams.get("lang")]).toEqual(["a b", "zh"]);
  }
});
