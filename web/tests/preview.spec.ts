// What the preview tells: the pages first, then their price, and when the number is dialled again.
import { STATES } from "./mock/states";
import { expect, test, toPreview } from "./site";

test("on a phone the pages come first, and their price is one press away", async ({ page, server }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await toPreview(page, server);
  const jump = page.getByRole("button", { name: "3 Seiten · 2,39 € ↓" });
  await expect(jump).toBeInViewport();
  await expect(page.getByRole("link", { name: "Weiter zur Bestellung" })).not.toBeInViewport();
  const link = page.url();
  await jump.click();
  await expect(page.getByRole("heading", { name: "Ihr Fax" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Weiter zur Bestellung" })).toBeInViewport();
  await expect(page.locator(".price")).toBeInViewport();
  expect(page.url()).toBe(link);
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect(jump).toBeHidden();
});

test("when the number is dialled again is told before the order and while the fax waits", async ({ page, server }) => {
  await toPreview(page, server);
  await page.getByText("Wann wir noch einmal wählen").click();
  const table = page.locator(".timetable");
  await expect(table).toContainText("Besetztnach 5 Minuten, nach 5 Minuten, nach 15 Minuten und nach 40 Minuten");
  await expect(table).toContainText("Verbindung abgebrochensofort und nach 5 Minuten");
  await page.goto(`${server.site}/de/status/${server.mock.seed(STATES["waiting"]!)}`);
  await page.getByText("Wann wir noch einmal wählen").click();
  await expect(table).toContainText("Kein Faxgerätnach 10 Minuten");
});
