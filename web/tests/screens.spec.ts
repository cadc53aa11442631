// Every screen in both looks and sizes, as pictures for people, and through axe.
import type { Page } from "@playwright/test";
import { STATES } from "./mock/states";
import { expect, expectAccessible, LOOKS, pdf, screen, test } from "./site";

async function shot(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await screen(page, name);
}

for (const look of LOOKS) {
  test.describe(look.name, () => {
    test.use({ colorScheme: look.colorScheme, viewport: look.viewport, isMobile: look.isMobile, hasTouch: look.hasTouch });

    test("the flow, step by step", async ({ page, server }) => {
      await page.goto(`${server.site}/de/`);
      await shot(page, `01-start-${look.name}`);
      await page.goto(`${server.site}/de/senden/`);
      await shot(page, `02-send-${look.name}`);
      await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
      await expect(page.getByRole("alert")).toBeFocused();
      await shot(page, `03-send-errors-${look.name}`);
      await page.locator("#files").setInputFiles([pdf("Steuererklärung 2025.pdf"), pdf("locked.pdf")]);
      await page.locator("#number").fill("030 23125001");
      await expect(page.getByText("+49 30 23125001 · Deutschland")).toBeVisible();
      await expect(page.getByText("mit einem Kennwort gesperrt")).toBeVisible();
      await shot(page, `04-send-files-${look.name}`);
      await page.getByRole("button", { name: "locked.pdf entfernen" }).click();
      await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
      await expect(page.locator(".price")).toBeVisible();
      await page.locator(".paper").first().scrollIntoViewIfNeeded();
      await expect(page.locator(".paper img").first()).toBeVisible();
      await shot(page, `05-preview-${look.name}`);
      await page.getByRole("button", { name: "Seite 1 vergrößern" }).click();
      await expect(page.locator(".enlarged img")).toBeVisible();
      await shot(page, `06-preview-large-${look.name}`);
      await page.getByRole("button", { name: "Schließen" }).click();
      await page.getByRole("link", { name: "Weiter zur Bestellung" }).click();
      await expect(page.locator(".price")).toBeVisible();
      await shot(page, `07-order-${look.name}`);
      await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
      await expect(page.getByRole("alert")).toBeFocused();
      await shot(page, `08-order-errors-${look.name}`);
    });

    test("a link that opens nothing", async ({ page, server }) => {
      await page.goto(`${server.site}/de/status/#${"b".repeat(26)}.${"x".repeat(32)}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dieser Link funktioniert nicht");
      await shot(page, `11-lost-${look.name}`);
    });
  });
}

for (const [name, view] of Object.entries(STATES)) {
  test(`status: ${name}`, async ({ page, server }) => {
    await page.goto(`${server.site}/de/status/${server.mock.seed(view)}`);
    await expect(page.locator(".headline h1")).toBeVisible();
    for (const look of LOOKS) {
      await page.setViewportSize(look.viewport);
      await page.emulateMedia({ colorScheme: look.colorScheme });
      await shot(page, `10-status-${name}-${look.name}`);
    }
    await page.emulateMedia({ forcedColors: "active" });
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}
