// Arranging files and pages before the order: what is sent, what it costs, and that every hand can do it.
import type { Page } from "@playwright/test";
import type { Running } from "./mock/server";
import { expect, expectAccessible, LOOKS, pdf, screen, test, toPreview } from "./site";

const NUMBER = "030 23125001";
const names = (page: Page, list: string) => page.locator(list).allTextContents();

async function send(page: Page, server: Running, files: string[], language = "de/senden"): Promise<void> {
  await page.goto(`${server.site}/${language}/`);
  await page.locator("#files").setInputFiles(files.map((name) => pdf(name)));
  await page.locator("#number").fill(NUMBER);
}

// Long enough for a busy machine to see what is shown while pages are made anew.
const SLOW_MS = 5_000;
test.afterEach(({ server }) => {
  server.mock.pace = 700;
});

test("files are put in order by button, by keyboard too, and stay so", async ({ page, server }) => {
  await send(page, server, ["a.pdf", "b.pdf", "c.pdf"]);
  await expect(page.locator(".file.prepared")).toHaveCount(3);
  const up = page.getByRole("button", { name: "c.pdf nach oben" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(up).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(up).toBeFocused();
  await expect(up).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("status")).toHaveText("c.pdf ist jetzt Datei 1 von 3");
  expect(await names(page, ".file strong")).toEqual(["c.pdf", "a.pdf", "b.pdf"]);
  await page.reload();
  await expect(page.locator(".file.prepared")).toHaveCount(3);
  expect(await names(page, ".file strong")).toEqual(["c.pdf", "a.pdf", "b.pdf"]);
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.locator(".pile:not(.covers) h2")).toHaveText(["c.pdf", "a.pdf", "b.pdf"]);
  await page.getByRole("button", { name: "a.pdf nach unten" }).click();
  await expect(page.locator(".pile:not(.covers) h2")).toHaveText(["c.pdf", "b.pdf", "a.pdf"]);
});

test("a page that is left out is not counted and not paid, and can be taken back", async ({ page, server }) => {
  await toPreview(page, server, ["brief.pdf"]);
  await expect(page.locator(".price")).toHaveText("2,39 €");
  await page.getByRole("button", { name: "Seite 2 weglassen" }).click();
  await expect(page.locator(".price")).toHaveText("2,19 €");
  await expect(page.locator(".sheet h3")).toHaveText(["Seite 1", "Seite 2 der Datei: weggelassen", "Seite 2"]);
  await expect(page.getByRole("status")).toHaveText("2 Seiten");
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator(".price")).toHaveText("2,19 €");
  const back = page.getByRole("button", { name: "Seite 2 von brief.pdf doch senden" });
  await back.click();
  await expect(page.locator(".price")).toHaveText("2,39 €");
  await expect(page.getByRole("button", { name: "Seite 2 weglassen" })).toBeFocused();
});

test("with every page left out there is nothing to order", async ({ page, server }) => {
  await toPreview(page, server, ["brief.pdf"]);
  for (let n = 3; n > 0; n--) await page.getByRole("button", { name: `Seite ${n} weglassen` }).click();
  await expect(page.getByRole("alert")).toHaveText("Alle Seiten sind weggelassen. Nehmen Sie mindestens eine wieder auf.");
  await expect(page.locator(".button.waiting")).toBeVisible();
  await expect(page.getByRole("link", { name: "Weiter zur Bestellung" })).toHaveCount(0);
  await expectAccessible(page);
});

test("a turned page comes anew under another address, and two quick presses are half a turn", async ({ page, server }) => {
  await toPreview(page, server, ["brief.pdf"]);
  const picture = page.locator(".paper img").first();
  const before = await picture.getAttribute("src");
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  const turn = page.getByRole("button", { name: "Seite 1 nach rechts drehen" });
  server.mock.pace = SLOW_MS;
  await turn.click();
  await turn.click();
  await expect(page.getByText("Die Seiten werden neu erstellt")).toBeVisible();
  await expect(page.locator(".button.waiting")).toBeVisible();
  await expect(page.locator(".price")).toBeVisible();
  await expect(picture).not.toHaveAttribute("src", before ?? "");
  expect(fetched.filter((path) => path.startsWith("/page/0/180/")).length).toBeGreaterThan(0);
});

test("photo and resolution make all pages anew and keep the rest", async ({ page, server }) => {
  await toPreview(page, server, ["brief.pdf"]);
  await page.getByRole("button", { name: "Seite 2 weglassen" }).click();
  await page.getByLabel("Bilder als Fotos behandeln").check();
  await expect(page.locator(".price")).toHaveText("2,19 €");
  await page.getByLabel("Gröber und schneller senden").check();
  await expect(page.locator(".price")).toHaveText("2,19 €");
  await page.reload();
  await expect(page.getByLabel("Bilder als Fotos behandeln")).toBeChecked();
  await expect(page.getByLabel("Gröber und schneller senden")).toBeChecked();
  await expect(page.locator(".price")).toHaveText("2,19 €");
});

test("a locked file opens with its password, on either page", async ({ page, server }) => {
  await send(page, server, ["locked.pdf"]);
  const word = page.getByLabel("Kennwort von locked.pdf");
  await word.fill("wrong");
  await word.press("Enter");
  await expect(page.getByText("Mit diesem Kennwort lässt sich die Datei nicht öffnen")).toBeVisible();
  await expect(page.getByLabel("Kennwort von locked.pdf")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.getByLabel("Kennwort von locked.pdf").fill("opensesame");
  await page.getByRole("button", { name: "Datei öffnen" }).click();
  await expect(page.locator(".file.prepared")).toBeVisible();
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.locator(".price")).toBeVisible();
  await page.getByRole("button", { name: "Seite 1 nach rechts drehen" }).click();
  await page.getByLabel("Kennwort von locked.pdf").fill("opensesame");
  await page.getByRole("button", { name: "Datei öffnen" }).click();
  await expect(page.locator(".price")).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href]));
  expect(kept).not.toContain("opensesame");
});

test("nothing can be changed while the order waits for its payment", async ({ page, server }) => {
  await toPreview(page, server, ["brief.pdf"]);
  await page.getByRole("link", { name: "Weiter zur Bestellung" }).click();
  await page.locator("#email").fill("sender@example.com");
  await page.locator("#terms").check();
  await page.locator("#early").check();
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page.getByRole("heading", { name: "Payment" })).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page.locator(".sheet h3").first()).toBeVisible();
  await page.reload();
  await expect(page.locator(".sheet h3").first()).toBeVisible();
  await expect(page.locator(".sheet-do")).toHaveCount(0);
});

test("a cover page is written, shown, counted and taken away again", async ({ page, server }) => {
  await toPreview(page, server, ["brief.pdf"]);
  await page.getByRole("button", { name: "Deckblatt schreiben" }).click();
  await expect(page.getByLabel("An", { exact: true })).toBeFocused();
  await page.getByLabel("An", { exact: true }).fill("Finanzamt Körnerstraße");
  await page.getByLabel("Nachricht").fill("x".repeat(2500));
  await page.getByRole("button", { name: "Deckblatt übernehmen" }).click();
  await expect(page.getByRole("alert")).toContainText("zu lang für eine Seite");
  await expectAccessible(page);
  await page.getByLabel("Nachricht").fill("Anbei meine Erklärung.");
  await page.getByRole("button", { name: "Deckblatt übernehmen" }).click();
  await expect(page.locator(".price")).toHaveText("2,59 €");
  await expect(page.getByRole("button", { name: "Deckblatt ändern" })).toBeFocused();
  await expect(page.locator(".sheet h3")).toHaveText(["Seite 1", "Seite 2", "Seite 3", "Seite 4"]);
  await expect(page.locator(".strip").first()).toContainText("JustFax +49 30 23125000");
  await expect(page.locator(".strip").last()).toContainText("4/4");
  await expect(page.locator(".strip").first()).toContainText("+49 30 23125001");
  await page.reload();
  await page.getByRole("button", { name: "Deckblatt ändern" }).click();
  await expect(page.getByLabel("Nachricht")).toHaveValue("Anbei meine Erklärung.");
  await page.getByRole("button", { name: "Ohne Deckblatt senden" }).click();
  await expect(page.locator(".price")).toHaveText("2,39 €");
});

for (const look of LOOKS) {
  test(`arranging, ${look.name}`, async ({ browser, server }) => {
    const { name: _, ...settings } = look;
    const page = await (await browser.newContext(settings)).newPage();
    await send(page, server, ["Steuererklärung 2025.pdf", "locked.pdf", "Anlage mit einem sehr langen Namen, den niemand kürzen wollte.pdf"]);
    await expect(page.locator(".file.prepared")).toHaveCount(2);
    await expectAccessible(page);
    await screen(page, `20-order-files-${look.name}`);
    await page.getByLabel("Kennwort von locked.pdf").fill("opensesame");
    await page.getByRole("button", { name: "Datei öffnen" }).click();
    await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
    await expect(page.locator(".price")).toBeVisible();
    await page.getByRole("button", { name: "Deckblatt schreiben" }).click();
    await page.getByLabel("An", { exact: true }).fill("Finanzamt Körnerstraße");
    await expectAccessible(page);
    await screen(page, `22-cover-${look.name}`);
    await page.getByRole("button", { name: "Deckblatt übernehmen" }).click();
    await page.getByRole("button", { name: "Seite 3 weglassen" }).click();
    server.mock.pace = SLOW_MS;
    await page.getByRole("button", { name: "Seite 2 nach rechts drehen" }).click();
    await expect(page.locator(".sheets.again")).toHaveCount(1);
    await expect(page.locator(".sheets.again")).toHaveCount(0);
    await expect(page.locator(".price")).toBeVisible();
    await expect(page.locator(".paper img").first()).toBeVisible();
    await expectAccessible(page);
    await screen(page, `21-arrange-${look.name}`);
    const targets = await page.locator(".pile button").evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect()).filter(({ width, height }) => Math.min(width, height) < 44));
    expect(targets).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.context().close();
  });
}
