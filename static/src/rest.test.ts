import { afterEach, expect, it, vi } from "vitest";

import { control, giveMind } from "./operator";
import { addressOf, get } from "./rest";

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(content: unknown, status = 200) {
  const fetched = vi.fn(() => Promise.resolve(new Response(JSON.stringify(content), { status })));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("document", { cookie: "a=1; csrftoken=secret; b=2" });
  return fetched;
}

it("names the world in the address, unless it is the primary one", () => {
  expect(addressOf("/api/agents/3", "")).toBe("/api/agents/3");
  expect(addressOf("/api/agents/3", "a b")).toBe("/api/agents/3?world=a%20b");
  expect(addressOf("/api/agents/3/thoughts?page=2", "town")).toBe(
    "/api/agents/3/thoughts?page=2&world=town",
  );
});

it("gives what is in the envelope", async () => {
  const fetched = answering({ success: true, data: { seq: 3 } });
  expect(await get("/api/world/status", "town", "en")).toEqual({ seq: 3 });
  expect(fetched).toHaveBeenCalledWith("/api/world/status?world=town", {
    headers: { "Accept-Language": "en" },
  });
});

it("fails with the sentence of the server", async () => {
  answering({ success: false, error: { message: "there is no such model" } }, 400);
  await expect(giveMind(3, "x", "town", "en")).rejects.toThrow("there is no such model");
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 502 })));
  await expect(get("/api/world/status", "", "zh")).rejects.toThrow("502");
});

it("tells what operators want, with their token", async () => {
  const fetched = answering({ data: { takes_effect_at: "2026-03-02T06:10:00" } }, 202);
  expect(await giveMind(3, "deepseek-chat", "town", "en")).toBe("2026-03-02T06:10:00");
  await control({ action: "pause" }, "town", "en");
  const headers = {
    "Content-Type": "application/json",
    "Accept-Language": "en",
    "X-CSRFToken": "secret",
  };
  expect(fetched).toHaveBeenNthCalledWith(1, "/api/agents/3/model?world=town", {
    method: "POST",
    headers,
    body: '{"model":"deepseek-chat"}',
  });
  expect(fetched).toHaveBeenNthCalledWith(2, "/api/world/control?world=town", {
    method: "POST",
    headers,
    body: '{"action":"pause"}',
  });
});
