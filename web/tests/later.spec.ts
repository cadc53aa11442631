// Coming back later: the link by mail only for who asks, what will be mailed said before, and everything deleted at a word.
import type { Page } from "@playwright/test";
import { expect, expectAccessible, LOOKS, screen, test, toPreview } from "./site";

const ask = (page: Page) => page.getByRole("button", { name: "Link per E-Mail senden" });

test("the link goes to who asks for it, and the reminder can be called off", async ({ page, server }) => {
  await toPreview(page, server);
  const later = page.locator(".later");
  await expect(later).toContainText("eine Erinnerung. Sonst nichts.");
  await page.locator("#email").fill("a@beispiel.de");
  await ask(page).click();
  await expect(later.locator(".notice")).toHaveText("Der Link ist unterwegs an a@beispiel.de. Kommt er nicht an, sehen Sie im Spam-Ordner nach.");
  await expect(page.getByRole("status")).toContainText("unterwegs an a@beispiel.de");
  await expect(later).toContainText("erinnern wir Sie einmal an a@beispiel.de");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keine Erinnerung" }).click();
  await expect(later).toContainText("haben die Adresse vergessen");
  await expect(page.getByRole("button", { name: "Keine Erinnerung" })).toHaveCount(0);
});

test("an address that cannot be mailed to is told at its field", async ({ page, server }) => {
  await toPreview(page, server);
  await ask(page).click();
  await expect(page.locator("#email-error")).toHaveText(/Geben Sie Ihre E-Mail-Adresse ein/);
  await page.locator("#email").fill("bounce@beispiel.de");
  await ask(page).click();
  await expect(page.locator("#email-error")).toContainText("senden wir nichts mehr");
  await expectAccessible(page);
});

test("everything is deleted at a word", async ({ page, server }) => {
  await toPreview(page, server);
  await page.getByRole("button", { name: "Jetzt alles löschen" }).click();
  await page.getByRole("button", { name: "Ja, alles löschen" }).click();
  await expect(page).toHaveURL(/\/de\/status\//);
});

for (const look of LOOKS) {
  test(`coming back later, ${look.name}`, async ({ browser, server }) => {
    const { name: _, ...settings } = look;
    const page = await (await browser.newContext(settings)).newPage();
    await toPreview(page, server);
    await page.locator("#email").fill("a@beispiel.de");
    await ask(page).click();
    await expect(page.locator(".later .notice")).toBeVisible();
    await expectAccessible(page);
    await screen(page, `25-later-${look.name}`);
    await page.context().close();
  });
}
