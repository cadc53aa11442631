// One whole fax in a real browser, on a phone and by keyboard only, against a started stack (JUSTFAX_SITE is its
// address); without one, against the mock, which proves the pages and nothing else.
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import { paper } from "./paper";
import { expectAccessible, screen, test } from "./site";

const STACK = process.env["JUSTFAX_SITE"]?.replace(/\/$/, "");
const PATIENCE = { timeout: 90_000 };

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: "light" });

const JOURNEYS = [
  { language: "de", start: "/de/", send: "Fax senden", next: "Weiter zur Vorschau", onward: "Weiter zur Bestellung", order: "Zahlungspflichtig bestellen", delivered: "Zugestellt", report: "Sendebericht laden", check: "Sendebericht prüfen", genuine: "Echt und unverändert", belongs: "Diese Datei gehört zum Bericht.", number: "030 23125001" },
  { language: "en", start: "/en/", send: "Send a fax", next: "Continue to preview", onward: "Continue to order", order: "Order with obligation to pay", delivered: "Delivered", report: "Download the report", check: "Check a report", genuine: "Genuine and unchanged", belongs: "This file belongs to the report.", number: "+49 30 23125001" },
] as const;

for (const words of JOURNEYS) {
  test(`a fax is sent by keyboard on a phone and delivered (${words.language})`, async ({ page, server, browserName }, info) => {
    const site = STACK ?? server.site;
    const shot = (name: string) => screen(page, `journey-${words.language}-${name}`);
    const foreign = watchRequests(page, site);

    const letter = paper(["Dear Sir or Madam,\nthis is a journey.", `Page two.\n${browserName} ${info.workerIndex}`]);
    page.on("filechooser", (chooser) => void chooser.setFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: letter }));

    await page.goto(site + words.start);
    await tabTo(page, page.locator("main").getByRole("link", { name: words.send }).first());
    await page.keyboard.press("Enter");
    await expect(page.locator("#files")).toBeAttached();

    await tabTo(page, page.locator("#files"));
    await page.keyboard.press("Enter");
    await tabTo(page, page.locator("#number"));
    await page.keyboard.type(words.number);
    await expect(page.locator(".file.prepared")).toBeVisible(PATIENCE);
    await shot("1-send");
    await tabTo(page, page.getByRole("button", { name: words.next }));
    await page.keyboard.press("Enter");

    await page.locator(".paper").first().scrollIntoViewIfNeeded(PATIENCE);
    await expect(page.locator(".paper img")).not.toHaveCount(0, PATIENCE);
    await expect(page.locator(".price")).toBeVisible(PATIENCE);
    await expectAccessible(page);
    await shot("2-preview");
    await tabTo(page, page.getByRole("link", { name: words.onward }));
    await page.keyboard.press("Enter");

    await expect(page.locator(".price")).toBeVisible(PATIENCE);
    await tabTo(page, page.locator("#email"));
    await page.keyboard.type("sender@example.com");
    for (const box of ["#terms", "#early"]) {
      await tabTo(page, page.locator(box));
      await page.keyboard.press("Space");
    }
    await shot("3-order");
    expect(foreign()).toEqual([]);
    await tabTo(page, page.getByRole("button", { name: words.order }));
    await page.keyboard.press("Enter");

    const pay = page.locator('form[action$="/pay"] button');
    await expect(pay).toBeVisible(PATIENCE);
    await shot("4-payment");
    await tabTo(page, pay);
    await page.keyboard.press("Enter");

    await expect(page.locator(".headline h1")).toBeVisible(PATIENCE);
    expect(page.url()).toMatch(/#[a-z2-7]{26}\.[A-Za-z0-9_-]{32}$/);
    await shot("5-status");
    await expect(page.locator(".headline h1")).toHaveText(words.delivered, { timeout: 150_000 });
    await expect(page.locator(".states .due")).toHaveCount(0, PATIENCE);
    await expectAccessible(page);
    await shot("6-delivered");
    expect(await page.context().cookies(site)).toEqual([]);
    if (STACK !== undefined) await expectGenuineReport(page, words, letter, shot);
  });
}

/** The report is downloaded from the page, and checked on the page that anybody can use. */
async function expectGenuineReport(page: Page, words: (typeof JOURNEYS)[number], letter: Buffer, shot: (name: string) => Promise<void>): Promise<void> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: words.report }).click();
  const report = await (await download).path();
  await page.getByRole("link", { name: words.check }).first().click();
  await page.locator("#report").setInputFiles({ name: "report.pdf", mimeType: "application/pdf", buffer: await readFile(report) });
  await expect(page.getByRole("heading", { name: words.genuine })).toBeVisible();
  await page.locator("#original").setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: letter });
  await expect(page.locator(".card.good strong").last()).toHaveText(words.belongs);
  await shot("7-verified");
}

/** Presses Tab until the element has the focus; fails when it cannot be reached. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`not reachable by keyboard: ${String(target)}`);
}

// Nobody but the site itself and the upload storage may be asked for anything before the payment page.
function watchRequests(page: Page, site: string): () => string[] {
  const seen: string[] = [];
  let storage = "";
  page.on("response", (response) => {
    storage ||= /connect-src 'self' ([^;]+)/.exec(response.headers()["content-security-policy"] ?? "")?.[1]?.trim() ?? "";
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("blob:")) seen.push(request.url());
  });
  return () => seen.filter((url) => ![site, ...storage.split(" ").filter(Boolean)].some((origin) => url.startsWith(origin)));
}
