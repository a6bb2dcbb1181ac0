import { describe, expect, it } from "vitest";

import { choicesOf, INSTINCT, isModel } from "./choices";
import type { Model } from "./wire";

function model(name: string, more: Partial<Model> = {}): Model {
  return { name, provider: "", remote_name: name, enabled: true, usable: true, why: "", ...more };
}

describe("the minds that can be given", () => {
  it("are instinct and the models that are enabled", () => {
    const models = [model("one"), model("two", { enabled: false }), model(INSTINCT)];
    expect(choicesOf(models, INSTINCT).map(({ name }) => name)).toEqual([INSTINCT, "one"]);
  });

  it("say what a model lacks that cannot be used", () => {
    const models = [model("one", { usable: false, why: "there is no key" })];
    expect(choicesOf(models, "")[1]).toEqual({ name: "one", why: "there is no key" });
  });

  it("have the present one, even if it cannot be given any more", () => {
    expect(choicesOf([], "old").map(({ name }) => name)).toEqual([INSTINCT, "old"]);
    expect(choicesOf([model("old")], "old")).toHaveLength(2);
  });
});

it("tells models from instinct", () => {
  expect([isModel("deepseek-chat"), isModel(INSTINCT), isModel("")]).toEqual([true, false, false]);
});
