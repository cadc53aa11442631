import { expect, test } from "@playwright/test";
import facts from "../../../infra/operator.json" with { type: "json" };
import { missingFields } from "./operator";

test("the operator's facts are complete", () => {
  expect(missingFields(facts)).toEqual([]);
});

test("every missing field is named, all at once", () => {
  const { currency: _, operator, tariff, ...rest } = facts;
  const broken = { ...rest, operator: { ...operator, vat_id: " " }, tariff: [{ ...tariff[0], first_page: 1.99 }, ...tariff.slice(1)] };
  expect(missingFields(broken)).toEqual(["operator.vat_id", "currency", "tariff[0].first_page"]);
});

test("no country has two prices", () => {
  const countries = facts.tariff.flatMap((zone) => zone.countries);
  expect(new Set(countries).size).toBe(countries.length);
});
