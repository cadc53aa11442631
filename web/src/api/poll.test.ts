import { expect, test } from "@playwright/test";
import { nextDelay } from "./poll";

test("a Job that moves is looked at quickly, and one that rests more and more slowly", () => {
  expect(nextDelay(1_500, 0)).toBe(1_500);
  expect(nextDelay(1_500, 20)).toBe(1_500);
  expect(nextDelay(1_500, 24)).toBeGreaterThan(3_000);
  expect(nextDelay(1_500, 500)).toBe(5_000);
});

test("a slow pace is never made quicker", () => {
  expect(nextDelay(20_000, 0)).toBe(20_000);
  expect(nextDelay(20_000, 100)).toBe(20_000);
});
