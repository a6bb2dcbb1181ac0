import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Refresher } from "./refresher";

let asked: number;
let taken: string[];
let answers: ((answer: string) => void)[];
let failures: (() => void)[];
let failed: number;
let refresher: Refresher<string>;

beforeEach(() => {
  vi.useFakeTimers();
  [asked, taken, answers, failures, failed] = [0, [], [], [], 0];
  refresher = new Refresher(
    () => {
      asked += 1;
      return new Promise((resolve, reject) => {
        answers.push(resolve);
        failures.push(() => {
          reject(new Error("no"));
        });
      });
    },
    (answer) => taken.push(answer),
    1000,
    () => {
      failed += 1;
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
});

it("asks at once, and not too soon again", async () => {
  refresher.ask();
  refresher.ask();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(1);
  answers[0]?.("one");
  await vi.advanceTimersByTimeAsync(100);
  expect(taken).toEqual(["one"]);
  refresher.ask();
  await vi.advanceTimersByTimeAsync(800);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toBe(2);
});

it("asks once more if something changed while it was asking", async () => {
  refresher.ask();
  await vi.advanceTimersByTimeAsync(0);
  refresher.ask();
  refresher.ask();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toBe(1);
  answers[0]?.("old");
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(2);
  answers[1]?.("new");
  await vi.advanceTimersByTimeAsync(5000);
  expect([asked, taken]).toEqual([2, ["old", "new"]]);
});

it("keeps what it knows when there is no answer, and can ask again", async () => {
  refresher.ask();
  await vi.advanceTimersByTimeAsync(0);
  failures[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect([taken, failed]).toEqual([[], 1]);
  refresher.ask();
  await vi.advanceTimersByTimeAsync(1000);
  answers[1]?.("well");
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toEqual(["well"]);
});

it("takes nothing any more once it is stopped", async () => {
  refresher.ask();
  await vi.advanceTimersByTimeAsync(0);
  refresher.stop();
  answers[0]?.("late");
  refresher.ask();
  await vi.advanceTimersByTimeAsync(5000);
  expect([asked, taken]).toEqual([1, []]);
});
