// What can go wrong on the way, and what must not be lost then.
import type { Page } from "@playwright/test";
import { STATES } from "./mock/states";
import type { Running } from "./mock/server";
import { expect, pdf, test } from "./site";

const NUMBER = "030 23125001";

async function send(page: Page, server: Running, number = NUMBER): Promise<void> {
  await page.goto(`${server.site}/de/senden/`);
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  await page.locator("#number").fill(number);
  await expect(page.locator(".file.prepared")).toBeVisible();
}

async function toOrder(page: Page, server: Running, number = NUMBER): Promise<void> {
  await send(page, server, number);
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await page.getByRole("link", { name: "Weiter zur Bestellung" }).click();
  await page.locator("#email").fill("sender@example.com");
  await page.locator("#terms").check();
  await page.locator("#early").check();
  await expect(page.locator(".price")).toBeVisible();
}

async function toPayment(page: Page, server: Running, number = NUMBER): Promise<void> {
  await toOrder(page, server, number);
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page.getByRole("heading", { name: "Payment" })).toBeVisible();
}

test("what is typed and chosen before the code arrives is kept", async ({ page, server }) => {
  let arrive = () => {};
  const gate = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/assets/*.js", async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto(`${server.site}/de/senden/`, { waitUntil: "commit" });
  await page.locator("#number").fill(NUMBER);
  await page.locator("#country").selectOption("AT");
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  arrive();
  await expect(page.locator(".file.prepared")).toBeVisible();
  await expect(page.locator("#number")).toHaveValue(NUMBER);
  await expect(page.locator("#country")).toHaveValue("AT");
});

test("reload and back lose neither files nor number", async ({ page, server }) => {
  await send(page, server);
  await page.reload();
  await expect(page.locator(".file.prepared")).toContainText("brief.pdf");
  await expect(page.locator("#number")).toHaveValue(NUMBER);
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.locator(".price")).toBeVisible();
  await page.goBack();
  await expect(page.locator(".file.prepared")).toContainText("brief.pdf");
  await expect(page.locator("#number")).toHaveValue(NUMBER);
});

test("an upload that loses its connection goes on by itself", async ({ page, context, server }) => {
  await page.goto(`${server.site}/de/senden/`);
  await page.route(`${server.uploads}/upload`, (route) => route.abort("internetdisconnected"));
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  await expect(page.getByText("Keine Verbindung")).toBeVisible();
  await context.setOffline(true);
  await page.unroute(`${server.uploads}/upload`);
  await context.setOffline(false);
  await expect(page.locator(".file.prepared")).toBeVisible();
});

test("an upload cut off by a closed tab says so when the sender comes back", async ({ page, server }) => {
  await page.goto(`${server.site}/de/senden/`);
  await page.route(`${server.uploads}/upload`, () => {});
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  await expect(page.locator("progress")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Das Hochladen wurde unterbrochen")).toBeVisible();
  await page.getByRole("button", { name: "brief.pdf entfernen" }).click();
  await page.unroute(`${server.uploads}/upload`);
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  await expect(page.locator(".file.prepared")).toBeVisible();
});

test("continuing while a file is still on its way waits for it and then goes on", async ({ page, server }) => {
  await page.goto(`${server.site}/de/senden/`);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(`${server.uploads}/upload`, async (route) => {
    await held;
    await route.continue();
  });
  await page.locator("#files").setInputFiles(pdf("brief.pdf"));
  await page.locator("#number").fill(NUMBER);
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.locator("form").getByText("Ihre Dateien werden noch hochgeladen")).toBeVisible();
  letGo();
  await expect(page).toHaveURL(/\/de\/vorschau\//);
});

test("a number that cannot be dialled is said at its field, which the summary leads to", async ({ page, server }) => {
  await send(page, server, "0900 1234567");
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page).toHaveTitle(/^Fehler: /);
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.locator("#number")).toBeFocused();
  await expect(page.locator("#number")).toHaveAttribute("aria-invalid", "true");
  await page.locator("#number").fill(NUMBER);
  await expect(page.locator("#number")).not.toHaveAttribute("aria-invalid", "true");
});

test("an unreachable service loses nothing that was typed", async ({ page, server }) => {
  await toOrder(page, server);
  await page.route("**/api/**", (route) => route.abort());
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page.getByRole("alert")).toContainText("nicht erreichbar");
  await expect(page.locator("#email")).toHaveValue("sender@example.com");
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page.getByRole("heading", { name: "Payment" })).toBeVisible();
});

test("a changed price is shown before it can be ordered", async ({ page, server }) => {
  await toOrder(page, server);
  server.mock.trip = "price_changed";
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page.getByRole("alert")).toContainText("Der Preis hat sich geändert");
});

test("a declined card can be tried again, and leaving the payment page loses nothing", async ({ page, server }) => {
  await toPayment(page, server);
  await page.getByRole("button", { name: "decline" }).click();
  await page.getByRole("button", { name: "abandon" }).click();
  await expect(page).toHaveURL(/\/de\/bestellen\/#[a-z2-7]{26}\.[\w-]{32}$/);
  await expect(page.getByText("Die Zahlung wurde abgelehnt")).toBeVisible();
  await expect(page.locator("#email")).toHaveValue("sender@example.com");
  await page.locator("#terms").check();
  await page.locator("#early").check();
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await page.getByRole("button", { name: "pay" }).click();
  await expect(page.locator(".headline h1")).toHaveText("Zugestellt", { timeout: 20_000 });
});

test("a fax whose payment page leads back to the pages of another language comes back to its own", async ({ page, server }) => {
  await page.goto(`${server.site}/fr/envoyer/`);
  await page.locator("#files").setInputFiles(pdf("lettre.pdf"));
  await page.locator("#number").fill("+49 30 23125001");
  await expect(page.locator(".file.prepared")).toBeVisible();
  await page.getByRole("button", { name: "Continuer vers l’aperçu" }).click();
  await page.getByRole("link", { name: "Continuer vers la commande" }).click();
  await page.locator("#email").fill("sender@example.com");
  await page.locator("#terms").check();
  await page.locator("#early").check();
  await page.getByRole("button", { name: "Commander avec obligation de paiement" }).click();
  await page.getByRole("button", { name: "abandon" }).click();
  await expect(page).toHaveURL(/\/fr\/commande\/#[a-z2-7]{26}\./);
  await expect(page.getByText("Vous avez quitté la page de paiement")).toBeVisible();
  await page.locator("#terms").check();
  await page.locator("#early").check();
  await page.getByRole("button", { name: "Commander avec obligation de paiement" }).click();
  await page.getByRole("button", { name: "pay" }).click();
  await expect(page).toHaveURL(/\/fr\/suivi\/#[a-z2-7]{26}\./);
  await expect(page.locator(".headline h1")).toHaveText("Remis");
});

test("an abandoned payment says that nothing was charged", async ({ page, server }) => {
  await toPayment(page, server);
  await page.getByRole("button", { name: "abandon" }).click();
  await expect(page.getByText("Sie haben die Zahlungsseite verlassen")).toBeVisible();
});

test("back from the payment page finds the order as it was and can order again", async ({ page, server }) => {
  await toPayment(page, server);
  await page.goBack();
  await expect(page.getByText("Sie haben die Zahlungsseite verlassen")).toBeVisible();
  await expect(page.locator("#email")).toHaveValue("sender@example.com");
  await page.locator("#terms").check();
  await page.locator("#early").check();
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page.getByRole("heading", { name: "Payment" })).toBeVisible();
});

test("a second press of the order button does not order twice", async ({ page, server }) => {
  await toOrder(page, server);
  let orders = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/checkout")) orders++;
  });
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).dblclick();
  await expect(page.getByRole("heading", { name: "Payment" })).toBeVisible();
  expect(orders).toBe(1);
});

test("a failed fax is sent again to a corrected number without a new payment", async ({ page, server }) => {
  await toPayment(page, server, "030 23125002");
  await page.getByRole("button", { name: "pay" }).click();
  await expect(page.locator(".headline h1")).toHaveText("Nicht zugestellt", { timeout: 20_000 });
  await page.locator("#number").fill("12");
  await page.getByRole("button", { name: "Noch einmal senden" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.locator("#number").fill("+49 30 23125001");
  await page.getByRole("button", { name: "Noch einmal senden" }).click();
  await expect(page.locator(".headline h1")).toHaveText("Zugestellt", { timeout: 20_000 });
});

test("the money can be taken back at once", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["undelivered"]!)}`);
  await page.getByRole("button", { name: "Geld zurücknehmen" }).click();
  await page.getByRole("button", { name: "Ja, Geld zurücknehmen" }).click();
  await expect(page.getByText("freigegeben. Es wurde nichts abgebucht")).toBeVisible();
});

test("deleting asks first, Escape leaves everything, and yes deletes at once", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["waiting"]!)}`);
  const button = page.getByRole("button", { name: "Jetzt alles löschen" });
  await button.click();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await button.click();
  await page.getByRole("button", { name: "Ja, alles löschen" }).click();
  await expect(page.locator(".headline h1")).toHaveText("Gelöscht");
  await expect(page.locator(".states .due")).toHaveCount(0);
});

test("an order can be cancelled while it waits", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["waiting"]!)}`);
  await page.getByRole("button", { name: "Fax abbrechen" }).click();
  await page.getByRole("button", { name: "Ja, Fax abbrechen" }).click();
  await expect(page.locator(".headline h1")).toHaveText("Noch nicht gesendet");
});

test("the contract can be withdrawn from, with a step to confirm it", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["undelivered"]!)}`);
  await page.getByRole("button", { name: "Vertrag widerrufen" }).click();
  await page.getByRole("button", { name: "Widerruf bestätigen" }).click();
  await expect(page.getByText("freigegeben. Es wurde nichts abgebucht")).toBeVisible();
});

test("an order made in another tab leads to its status", async ({ page, context, server }) => {
  await toOrder(page, server);
  const other = await context.newPage();
  await other.goto(page.url());
  const job = /#([a-z2-7]{26})/.exec(page.url())?.[1] ?? "";
  server.mock.paid(job, "pay");
  await page.getByRole("button", { name: "Zahlungspflichtig bestellen" }).click();
  await expect(page).toHaveURL(/\/de\/status\/#/);
  await expect(page.locator(".headline h1")).toHaveText("Zugestellt", { timeout: 20_000 });
  await other.reload();
  await expect(other).toHaveURL(/\/de\/status\/#/);
});

test("a private link opens the fax in a fresh browser and goes on where it stopped", async ({ page, browser, server }) => {
  await send(page, server);
  const link = await page.locator(".link-text a").getAttribute("href");
  const elsewhere = await browser.newPage({ locale: "de-DE" });
  await elsewhere.goto(link ?? "");
  await expect(elsewhere.locator(".headline h1")).toHaveText("Noch nicht gesendet");
  await elsewhere.getByRole("link", { name: "Dokumente ändern" }).click();
  await expect(elsewhere.locator(".file.prepared")).toContainText("brief.pdf");
  await elsewhere.close();
});

test("the language can be changed without losing the fax", async ({ page, server }) => {
  await send(page, server);
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/\/en\/send\/#[a-z2-7]{26}\./);
  await expect(page.locator(".file.prepared")).toContainText("brief.pdf");
  await expect(page.locator("#number")).toHaveValue(NUMBER);
});

test("the way past the header leaves the private link in the address", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["delivered"]!)}`);
  await expect(page.locator(".headline h1")).toBeVisible();
  const address = page.url();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  expect(page.url()).toBe(address);
});

test("the return from the payment page without the tab's storage says what is missing", async ({ page, server }) => {
  await page.goto(`${server.site}/de/status/#${"a".repeat(26)}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dieser Link funktioniert nicht");
  await expect(page.getByText("Der zweite Teil Ihres privaten Links fehlt")).toBeVisible();
});

test("a new state is announced once in the one live region", async ({ page, server }) => {
  await toPayment(page, server);
  await page.getByRole("button", { name: "pay" }).click();
  await expect(page.locator("[aria-live]")).toHaveCount(1);
  await expect(page.locator("[aria-live]")).toHaveText("Zugestellt", { timeout: 20_000 });
});

test("the link is copied, shown as a QR code, and the data can be taken away", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["delivered"]!)}`);
  await page.getByRole("button", { name: "Link kopieren" }).click();
  await expect(page.locator(".note")).toHaveText("Link kopiert");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.getByRole("button", { name: "QR-Code zeigen" }).click();
  await expect(page.getByRole("img", { name: "QR-Code Ihres privaten Links" })).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Daten herunterladen" }).click();
  expect((await saved).suggestedFilename()).toMatch(/^justfax-.*\.json$/);
});

test("nothing moves for those who do not want it", async ({ page, server }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["dialling"]!)}`);
  await expect(page.locator(".headline h1")).toBeVisible();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test("every target is at least 44 by 44 pixels", async ({ page, server }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await send(page, server);
  const places = [page.url(), page.url().replace("senden", "vorschau"), page.url().replace("senden", "bestellen"), `${server.site}/de/status/${server.mock.seed(STATES["undelivered"]!)}`];
  for (const place of places) {
    await page.goto(place);
    await expect(page.locator("h1")).toBeVisible();
    await page.waitForTimeout(500);
    const small = await page.evaluate(() => {
      const targets = document.querySelectorAll<HTMLElement>("main :is(button, .button, select, input:not(.cover)), header a, footer a, .back, .change a");
      return Array.from(targets)
        .map((target) => (target.getAttribute("type") === "checkbox" ? (target.parentElement ?? target) : target))
        .map((target) => ({ box: target.getBoundingClientRect(), html: target.outerHTML.slice(0, 120) }))
        .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
        .map(({ box, html }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
    });
    expect.soft(small, place).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), place).toBe(360);
  }
});

test("no cookie is set and nobody else is asked for anything", async ({ page, context, server }) => {
  const asked = new Set<string>();
  page.on("request", (request) => {
    if (!request.url().startsWith("blob:")) asked.add(new URL(request.url()).origin);
  });
  await toOrder(page, server);
  expect([...asked].sort()).toEqual([server.site, server.uploads].sort());
  expect(await context.cookies()).toEqual([]);
});

test("the private link is in no request's address and in no Referer", async ({ page, server }) => {
  const leaks: string[] = [];
  let secret = "";
  page.on("request", (request) => {
    const said = [request.url().split("#")[0], request.headers()["referer"] ?? ""].join(" ");
    if (secret !== "" && said.includes(secret)) leaks.push(said);
  });
  await send(page, server);
  secret = /\.([\w-]{32})$/.exec(page.url())?.[1] ?? "missing";
  await page.getByRole("button", { name: "Weiter zur Vorschau" }).click();
  await page.getByRole("link", { name: "Weiter zur Bestellung" }).click();
  await expect(page.locator(".price")).toBeVisible();
  expect(leaks).toEqual([]);
});

test("the browser reports no violation of the content policy", async ({ page, server }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await toPayment(page, server);
  await page.getByRole("button", { name: "pay" }).click();
  await expect(page.locator(".headline h1")).toHaveText("Zugestellt", { timeout: 20_000 });
  expect(complaints).toEqual([]);
});
