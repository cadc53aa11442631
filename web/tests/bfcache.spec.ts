// Coming back through the browser's page cache: the page is woken as it was left, and must not still be waiting.
import { expect, pdf, test } from "./site";

test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] }) });

test("a page woken from the page cache is ready to be used", async ({ page, server }) => {
  await page.goto(`${server.site}/de/senden/`);
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  await page.locator("#number").fill("030 23125001");
  await expect(page.locator(".file.prepared")).toBeVisible();
  await page.evaluate(() => addEventListener("pageshow", (event) => ((window as unknown as { woken: boolean }).woken = event.persisted)));
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.locator(".price")).toBeVisible();
  // A woken page does not load again, so there is no load event to wait for.
  await page.goBack({ waitUntil: "commit" });
  await expect(page.locator("#number")).toHaveValue("030 23125001");
  expect(await page.evaluate(() => (window as unknown as { woken?: boolean }).woken)).toBe(true);
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page).toHaveURL(/\/de\/vorschau\//);
});
