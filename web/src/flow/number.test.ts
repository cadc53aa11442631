import { expect, test } from "@playwright/test";
import { looksLikeNumber, understand } from "./number";
import { preselect } from "./country";

const countries = [{ code: "DE", name: "", dial: "49" }, { code: "US", name: "", dial: "1" }];

test("digits with the usual separators look like a number", () => {
  for (const typed of ["030 23125001", "+49 (30) 23125-001", "0049/30/23125001"]) expect(looksLikeNumber(typed)).toBe(true);
});

test("letters, too few and too many digits do not", () => {
  for (const typed of ["fax me", "030 CALL", "112", "1234567890123456789", ""]) expect(looksLikeNumber(typed)).toBe(false);
});

test("a national number is understood in the country chosen", async () => {
  expect(await understand("030 23125001", "DE")).toEqual({ display: "+49 30 23125001", country: "DE", possible: true });
  expect((await understand("+1 212 555 0101", "DE"))?.country).toBe("US");
  expect((await understand("+49 30 231250011234567", "DE"))?.possible ?? false).toBe(false);
});

test("the country is taken from the browser's languages only where it is served", () => {
  expect(preselect(countries, ["fr-FR", "en-US"], "DE")).toBe("US");
  expect(preselect(countries, ["de", "en"], "DE")).toBe("DE");
  expect(preselect(countries, ["de-Latn-DE"], "US")).toBe("DE");
});
