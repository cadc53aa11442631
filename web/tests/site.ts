// What the tests of pages share: a mock of their own for each worker, pictures of each step, and axe on the page.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { type Running, startMock } from "./mock/server";

const SCREENS = join(import.meta.dirname, "../../target/screens");
mkdirSync(SCREENS, { recursive: true });
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const test = base.extend<object, { server: Running }>({
  server: [
    // Playwright wants the first parameter destructured even where nothing is taken from it.
    async ({}, use) => {
      const server = await startMock();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
});

export { expect };

/** The two looks and two sizes in which every screen is drawn. */
export const LOOKS = [
  { name: "phone-light", colorScheme: "light", viewport: { width: 360, height: 760 }, isMobile: true, hasTouch: true },
  { name: "phone-dark", colorScheme: "dark", viewport: { width: 360, height: 760 }, isMobile: true, hasTouch: true },
  { name: "desktop-light", colorScheme: "light", viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false },
  { name: "desktop-dark", colorScheme: "dark", viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false },
] as const;

export async function screen(page: Page, name: string): Promise<void> {
  // Pages of the fax come when they are looked at.
  for (const paper of await page.locator(".sheets .paper").all()) await paper.scrollIntoViewIfNeeded();
  await expect(page.locator(".sheets .paper .blank")).toHaveCount(0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true, animations: "disabled" });
}

/** Runs axe with every rule but those named; the list of violations must be empty. */
export async function expectAccessible(page: Page, without: readonly string[] = []): Promise<void> {
  // Debugger evaluation is not bound by the page's CSP, so the real headers can stay.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (off) => {
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } };
    const result = await axe.run({ rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])) });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ""}`).join(" | ")}`);
  }, without);
  expect(violations).toEqual([]);
}

/** A small PDF-like file; the mock looks at names only. */
export function pdf(name: string, bytes = 40_000): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: "application/pdf", buffer: Buffer.alloc(bytes, "%PDF-1.7 ") };
}

/** Sends files on their way and goes on to their preview, once they have a price. */
export async function toPreview(page: Page, server: Running, files: readonly string[] = ["brief.pdf"]): Promise<void> {
  await page.goto(`${server.site}/de/senden/`);
  await page.locator("#files").setInputFiles(files.map((name) => pdf(name)));
  await page.locator("#number").fill("030 23125001");
  await expect(page.locator(".file.prepared")).toHaveCount(files.length);
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.locator(".price")).toBeVisible();
}
