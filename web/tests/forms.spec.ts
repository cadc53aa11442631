// The forms of pages that are otherwise only read: message, withdrawal, and one's own data.
import type { Page } from "@playwright/test";
import { exported, LINK } from "./mock/api";
import { STATES } from "./mock/states";
import { expect, expectAccessible, LOOKS, screen, test } from "./site";

async function shots(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await page.setViewportSize(look.viewport);
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.viewport.width);
    await screen(page, `30-${name}-${look.name}`);
  }
}

test("a message is sent, and what is missing is said at its field", async ({ page, server }) => {
  await page.goto(`${server.site}/de/kontakt/`);
  await page.getByRole("button", { name: "Nachricht senden" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await shots(page, "message-errors");
  await page.getByRole("link", { name: "Schreiben Sie Ihre Nachricht." }).click();
  await expect(page.locator("#text")).toBeFocused();
  await page.locator("#text").fill("Wie sende ich zwei Briefe?\nMit einem Fax?");
  await page.locator("#email").fill("guest@example.com");
  await page.getByRole("button", { name: "Nachricht senden" }).click();
  await expect(page.getByRole("status", { name: "Gesendet" })).toBeFocused();
  expect(server.mock.written.at(-1)).toEqual({ email: "guest@example.com", text: "Wie sende ich zwei Briefe?\nMit einem Fax?", language: "de" });
  await shots(page, "message-sent");
});

test("too many messages are refused in words and nothing typed is lost", async ({ page, server }) => {
  await page.goto(`${server.site}/en/contact/`);
  await page.locator("#email").fill("guest@example.com");
  await page.locator("#text").fill("Once more");
  server.mock.trip = "too_many_requests";
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByRole("alert")).toContainText("Try again in an hour");
  await expect(page.locator("#text")).toHaveValue("Once more");
});

test("a contract is withdrawn from with a step to confirm it", async ({ page, server }) => {
  await page.goto(`${server.site}/de/widerruf/`);
  await page.locator("#name").fill("Erika Mustermann");
  await page.locator("#email").fill("erika@example.com");
  await page.getByRole("button", { name: "Weiter", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("welchen Vertrag");
  await page.locator("#order").fill("abcdefghijklmnopqrstuvwxyz");
  await shots(page, "withdrawal");
  await page.getByRole("button", { name: "Weiter", exact: true }).click();
  await expect(page.getByText("Hiermit widerrufe ich den Vertrag über das Senden eines Faxes.").first()).toBeVisible();
  const before = server.mock.written.length;
  await shots(page, "withdrawal-check");
  await page.getByRole("button", { name: "Widerruf bestätigen" }).click();
  await expect(page.getByRole("status", { name: "Ihr Widerruf ist eingegangen" })).toContainText("erika@example.com");
  expect(server.mock.written.slice(before)).toEqual([{ name: "Erika Mustermann", order: "abcdefghijklmnopqrstuvwxyz", email: "erika@example.com", language: "de" }]);
});

test("a link to one's data is mailed and nothing is said about the address", async ({ page, server }) => {
  await page.goto(`${server.site}/de/ihre-daten/`);
  await shots(page, "data-ask");
  await page.locator("#email").fill("guest@example.com");
  await page.getByRole("button", { name: "Link zuschicken" }).click();
  await expect(page.getByRole("status", { name: "Sehen Sie in Ihr Postfach" })).toBeFocused();
});

test("the mailed link shows, gives away and erases every fax, once and only when asked", async ({ page, server }) => {
  server.mock.opened = false;
  server.mock.stored = [exported(STATES["delivered"]!), exported(STATES["busy"] ?? STATES["delivered"]!)];
  await page.goto(`${server.site}/de/ihre-daten/#${LINK}`);
  await expect(page.getByRole("button", { name: "Meine Daten zeigen" })).toBeVisible();
  expect(server.mock.opened, "a look at the page used the link up").toBe(false);
  await page.getByRole("button", { name: "Meine Daten zeigen" }).click();
  await expect(page.getByRole("heading", { name: "Was gespeichert ist" })).toBeVisible();
  expect(page.url(), "the used link stays in the address").not.toContain(LINK);
  await shots(page, "data-list");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Als Datei herunterladen" }).click();
  expect((await saved).suggestedFilename()).toBe("justfax.json");
  await page.getByRole("button", { name: "Alles jetzt löschen" }).click();
  await page.getByRole("button", { name: "Ja, alles löschen" }).click();
  await expect(page.getByRole("status", { name: "Wird gelöscht" })).toBeFocused();
  await page.goto(`${server.site}/de/`);
  await page.goto(`${server.site}/de/ihre-daten/#${LINK}`);
  await page.getByRole("button", { name: "Meine Daten zeigen" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
});

test("the private link of a fax shows what is stored about it, in words", async ({ page, server }) => {
  await page.goto(`${server.site}/en/status/${server.mock.seed(STATES["delivered"]!)}`);
  await page.getByRole("link", { name: "Read the data" }).click();
  await expect(page.getByRole("heading", { name: "What is stored" })).toBeVisible();
  await expect(page.locator("#asking")).toContainText("+49 30 23125001");
});

test("the person of a delivered fax is forgotten at their word, after a question", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["delivered"]!)}`);
  await expect(page.getByText("+49 30 23125001").first()).toBeVisible();
  await page.getByRole("button", { name: "Jetzt alles löschen" }).click();
  await expect(page.getByRole("heading", { name: "Dieses Fax jetzt vergessen?" })).toBeVisible();
  await page.getByRole("button", { name: "Ja, vergessen" }).click();
  await expect(page.getByText("+49 30 23125001")).toHaveCount(0);
  await expect(page.locator(".headline h1")).toHaveText("Zugestellt");
});
