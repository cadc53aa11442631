import { expect, test } from "@playwright/test";
import { count, fill, moment, money, size, span } from "./words";

const PAGES = { one: "{n} page", other: "{n} pages" };
const SPANS = { seconds: { one: "{n} second", other: "{n} seconds" }, minutes: { one: "{n} minute", other: "{n} minutes" } };

test("a placeholder without a value stays visible", () => {
  expect(fill("{a} and {b}", { a: 1 })).toBe("1 and {b}");
});

test("one page is singular and all others plural", () => {
  expect([0, 1, 2, 1200].map((n) => count("en-GB", PAGES, n))).toEqual(["0 pages", "1 page", "2 pages", "1,200 pages"]);
});

test("an amount is written with the currency's own decimals", () => {
  expect(money("de-DE", { amount: 239, currency: "EUR" })).toBe("2,39\u00a0€");
  expect(money("en-GB", { amount: 239, currency: "EUR" })).toBe("€2.39");
  expect(money("en-GB", { amount: 350, currency: "JPY" })).toMatch(/350$/);
});

test("a size is told in kilobytes up to a megabyte", () => {
  expect(size("en-GB", 12)).toBe("1 kB");
  expect(size("en-GB", 182_400)).toBe("182 kB");
  expect(size("de-DE", 2_640_000)).toBe("2,6 MB");
});

test("a moment of today is told by its time alone", () => {
  const now = new Date("2026-11-24T12:00:00");
  expect(moment("de-DE", "2026-11-24T14:05:00", now)).toBe("14:05");
  expect(moment("de-DE", "2026-11-25T14:05:00", now)).toBe("25.11.2026, 14:05");
});

test("a long span is told in minutes, rounded up", () => {
  expect(span("en-GB", SPANS, 45)).toBe("45 seconds");
  expect(span("en-GB", SPANS, 121)).toBe("3 minutes");
});
