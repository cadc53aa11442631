import { expect, test } from "@playwright/test";
import { STATES } from "../../tests/mock/states";
import { leadOf, paceOf, shownAs } from "./state";

test("the heading says the state of the last attempt while the fax is being sent", () => {
  const headings = Object.fromEntries(Object.entries(STATES).map(([name, job]) => [name, shownAs(job)]));
  expect(headings).toEqual({
    ready: "ready",
    awaiting: "awaiting_payment",
    declined: "awaiting_payment",
    starting: "starting",
    dialling: "dialling",
    transmitting: "transmitting",
    unknown: "unknown",
    waiting: "waiting",
    undelivered: "undelivered",
    failed: "failed",
    delivered: "delivered",
    forgotten: "delivered",
    bounced: "waiting",
    erasing: "purged",
    erased: "erased",
  });
});

test("a declined card is said below the heading", () => {
  expect(leadOf(STATES["declined"]!)).toBe("declined");
});

test("a Job that has come to rest is not asked about any more", () => {
  expect(paceOf(STATES["delivered"]!)).toBeNull();
  expect(paceOf(STATES["erased"]!)).toBeNull();
  expect(paceOf(STATES["ready"]!)).toBeNull();
});

test("a Job is looked at until its copies are deleted and its mails are sent", () => {
  expect(paceOf(STATES["erasing"]!)).not.toBeNull();
  expect(paceOf(STATES["failed"]!)).not.toBeNull();
  expect(paceOf(STATES["dialling"]!)).toBe(1_500);
});
