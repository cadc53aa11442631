// The page that checks transmission reports: by keyboard and pointer, in every look, with nothing sent but a question for
// the public keys.
import { generateKeyPairSync, sign } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, LOOKS, screen, test } from "./site";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const KEY = { id: "0123456789abcdef", algorithm: "Ed25519", public_key: publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64") };
const FACTS = {
  job: "abcdefghijklmnopqrstuvwxyz", result: "delivered", recipient: "+49 30 23125001", began: "2026-11-24T08:15:30Z", ended: "2026-11-24T08:17:02Z",
  pages: 3, pages_confirmed: 3, documents: [{ name: "Kündigung.pdf", sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }],
};

function report(): Buffer {
  const before = '%PDF-1.7\nstream\n{"format":"justfax-report-1","signature":"';
  const after = `","key":"${KEY.id}","facts":${JSON.stringify(FACTS)}}\nendstream\n%%EOF\n`;
  return Buffer.from(before + sign(null, Buffer.from(`justfax-report-1\n${before}${after}`), privateKey).toString("hex") + after);
}

async function openPage(page: Page, site: string): Promise<string[]> {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.route("**/.well-known/justfax-report-keys.json", (route) => route.fulfill({ json: { keys: [KEY] } }));
  await page.goto(`${site}/de/pruefen/`);
  return asked;
}

const choose = (page: Page, id: string, name: string, buffer: Buffer) => page.locator(`#${id}`).setInputFiles({ name, mimeType: "application/pdf", buffer });

test("a genuine report and its file are told, and neither leaves the browser", async ({ page, server }) => {
  const asked = await openPage(page, server.site);
  await choose(page, "report", "Sendebericht.pdf", report());
  await expect(page.getByRole("heading", { name: "Echt und unverändert" })).toBeVisible();
  await expect(page.getByText("+49 30 23125001")).toBeVisible();
  await choose(page, "original", "Kündigung.pdf", Buffer.from("abc"));
  await expect(page.locator(".card.good strong", { hasText: "Diese Datei gehört zum Bericht." })).toBeVisible();
  for (const look of LOOKS) {
    await page.setViewportSize(look.viewport);
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.viewport.width);
    await screen(page, `30-verify-genuine-${look.name}`);
  }
  await choose(page, "original", "other.pdf", Buffer.from("abd"));
  await expect(page.locator(".card.bad strong", { hasText: "Diese Datei gehört nicht zum Bericht." })).toBeVisible();
  expect(asked.filter((line) => !line.startsWith("GET "))).toEqual([]);
});

test("a changed report is named as changed", async ({ page, server }) => {
  await openPage(page, server.site);
  const changed = report();
  changed[changed.indexOf("delivered") + 1]! ^= 1;
  await choose(page, "report", "Sendebericht.pdf", changed);
  await expect(page.getByRole("heading", { name: "Verändert" })).toBeVisible();
  await expectAccessible(page);
  await screen(page, "31-verify-changed");
  await choose(page, "report", "letter.pdf", Buffer.from("%PDF-1.7"));
  await expect(page.getByRole("heading", { name: "Kein Sendebericht" })).toBeVisible();
});

test("a browser that knows no Ed25519 says so, and unreachable keys are no verdict", async ({ page, server }) => {
  await page.addInitScript(() => {
    SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException("", "NotSupportedError"));
  });
  await openPage(page, server.site);
  await choose(page, "report", "Sendebericht.pdf", report());
  await expect(page.getByRole("heading", { name: "Dieser Browser kann nicht prüfen" })).toBeVisible();
  await page.unroute("**/.well-known/justfax-report-keys.json");
  await choose(page, "report", "Sendebericht.pdf", report());
  await expect(page.getByRole("heading", { name: "Nicht geprüft" })).toBeVisible();
});
