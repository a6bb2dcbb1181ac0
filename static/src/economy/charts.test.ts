import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import { en } from "../words/en";
import { zh } from "../words/zh";
import { causeOf } from "./causes";
import { CHARTS, chartsOf, drawnLines, metricName, SHARE, valueOf, wordsOf } from "./charts";
import { meansOf } from "./figures";
import { percentOf, signedYuan } from "./money";
import { economy, series, transaction } from "./samples";

beforeAll(async () => {
  await i18next.init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

describe("the charts", () => {
  it("have a name, and so has everything that they show", () => {
    for (const { name, metrics } of CHARTS) {
      expect(zh.economy.chart).toHaveProperty(name);
      for (const metric of metrics.filter((each) => each !== SHARE)) {
        expect(zh.economy.metric).toHaveProperty(metric);
      }
    }
  });

  it("are those of what was told, classes of wealth all in one", () => {
    const drawn = chartsOf(series());
    expect(drawn.map(({ name }) => name)).toEqual(["flow", "gini", "classes"]);
    expect(drawn[0]).toMatchObject({ unit: "yuan", stacked: false });
    expect(drawn[2]).toMatchObject({ unit: "part", stacked: true });
    expect(drawn[2]?.lines.map(({ name }) => name)).toEqual(["share_wealthy", "share_stable"]);
  });

  it("draw what goes with the days of the week as means of it, once there are months of it", () => {
    const months = Array.from({ length: 91 }, (_, day) => (day % 7 < 5 ? 7 : 0));
    const days = months.map((_, day) => `day ${String(day)}`);
    const told = { ...series({ income: { unit: "yuan", values: months } }), days };
    const [flow, gini] = chartsOf(told);
    if (!flow || !gini) throw new Error("no chart");
    expect([flow.weekly, gini.weekly, chartsOf(series())[0]?.weekly]).toEqual([true, false, false]);
    expect(drawnLines(flow)[0]?.values.slice(6).every((value) => value === 5)).toBe(true);
    expect(drawnLines(flow)[0]?.values[0]).toBe(7);
    expect(drawnLines(gini)).toEqual(gini.lines);
  });

  it("say in words how they go", () => {
    const [flow] = chartsOf(series());
    if (!flow) throw new Error("no chart");
    const t = i18next.getFixedT("en");
    const nameOf = (metric: string) => metricName(metric, {}, "en", t);
    expect(wordsOf(flow, nameOf, "en", t)).toBe(
      "Income and spending: income from 1,000 to 900, lowest 900, highest 1,200; " +
        "spending from 800 to 950, lowest 800, highest 1,100",
    );
    const chinese = i18next.getFixedT("zh");
    expect(wordsOf(flow, (metric) => metricName(metric, {}, "zh", chinese), "zh", chinese)).toMatch(
      /^收入和支出：收入从 1,000 到 900/,
    );
  });

  it("call classes of wealth as the town does", () => {
    const classes = { wealthy: { zh: "富裕", en: "wealthy" } };
    const t = i18next.getFixedT("zh");
    expect(metricName("share_wealthy", classes, "zh", t)).toBe("富裕");
    expect(metricName("share_odd", classes, "zh", t)).toBe("odd");
  });

  it("write values in their units", () => {
    expect(valueOf(0.314, "part", "en")).toBe("31.4%");
    expect(valueOf(1.045, "level", "en")).toBe("1.05");
    expect(valueOf(51.26, "points", "en")).toBe("51.3");
    expect(valueOf(-1234.5, "yuan", "en")).toBe("-1,235");
  });
});

describe("the figures of now", () => {
  it("have a name each", () => {
    for (const { name } of meansOf(economy({ closed_businesses: 2 }), "en")) {
      expect(en.economy.figure).toHaveProperty(name);
      expect(zh.economy.figure).toHaveProperty(name);
    }
  });

  it("leave out a day that was not settled, and closed businesses where there are none", () => {
    const names = (told: Parameters<typeof economy>[0]) =>
      meansOf(economy(told), "en").map(({ name }) => name);
    expect(names({})).toContain("income");
    expect(names({ last_day: null })).not.toContain("income");
    expect(names({})).not.toContain("closed");
    expect(names({ closed_businesses: 1 })).toContain("closed");
  });
});

describe("what money comes from", () => {
  const told = { at: "2026-03-02T09:00:00", day: "2026-03-02", loan: 4, event: null };
  it.each(Object.keys(zh.finances.cause))("is said of %s in both languages", (kind) => {
    for (const language of ["zh", "en"] as const) {
      const said = causeOf(transaction({ cause: { ...told, kind } }), i18next.getFixedT(language));
      expect(said).not.toMatch(/[{}]|finances\./);
      expect(/[\u4e00-\u9fff]/.test(said)).toBe(language === "zh");
    }
  });

  it("is what somebody did, where and when", () => {
    expect(causeOf(transaction(), i18next.getFixedT("en"))).toBe("eating at the Cafe, 03-02 12:10");
  });
});

it("writes sums with a sign, and levels as percents", () => {
  expect(["12.5", "-3", "0"].map((sum) => signedYuan(Number(sum), "en"))).toEqual([
    "+12.50",
    "-3.00",
    "0.00",
  ]);
  expect(percentOf(1.045, "en")).toBe("104.5%");
});
