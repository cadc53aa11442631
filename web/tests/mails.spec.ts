// Mails as people see them on a phone, light and dark, held against what somebody has looked at.
//
// Their HTML is what the tests of the domain wrote to target/mails. A picture is kept as digits, one for each cell of 20 by 20
// pixels, from 0 for paper to 9 for ink, so that a changed layout is a readable difference. What is seen now lies in
// target/screens, as picture and as digits; if it is right, the digits replace those in tests/mails.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./site";

const MAILS = join(import.meta.dirname, "../../target/mails");
const SEEN = join(import.meta.dirname, "../../target/screens");
const KEPT = join(import.meta.dirname, "mails");
const LANGUAGES = ["de", "en", "fr"];
const CELL = 20;
/** Rules about whole pages: a mail program shows a mail inside its own. */
const PAGE_ONLY = ["landmark-one-main", "region"];
/** A cell may be so much lighter or darker than it was. */
const SHADES = 2;

const mailsIn = (language: string) => readdirSync(MAILS).filter((file) => file.endsWith(`-${language}.html`)).sort();

/** How dark each cell of a picture is, against the colour of its first pixel. */
async function cells(page: Page, picture: Buffer): Promise<string> {
  return page.evaluate(
    async ([data, size]) => {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d") as OffscreenCanvasRenderingContext2D;
      context.drawImage(bitmap, 0, 0);
      const paper = context.getImageData(0, 0, 1, 1).data[1] ?? 0;
      const rows: string[] = [];
      for (let y = 0; y + size <= bitmap.height; y += size) {
        let row = "";
        for (let x = 0; x + size <= bitmap.width; x += size) {
          const { data: pixels } = context.getImageData(x, y, size, size);
          let ink = 0;
          for (let at = 1; at < pixels.length; at += 4) ink += Math.abs((pixels[at] ?? 0) - paper);
          row += Math.floor((ink * 10) / (size * size * 256));
        }
        rows.push(row);
      }
      return rows.join("\n");
    },
    [picture.toString("base64"), CELL] as const,
  );
}

function differs(kept: string | undefined, now: string): boolean {
  if (kept === undefined || kept.length !== now.length) return true;
  return [...now].some((digit, at) => Math.abs(digit.charCodeAt(0) - kept.charCodeAt(at)) > SHADES);
}

function keptOf(language: string): Map<string, string> {
  const file = join(KEPT, `${language}.txt`);
  const parts = existsSync(file) ? readFileSync(file, "utf8").split("=== ").slice(1) : [];
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1).trimEnd()]));
}

for (const language of LANGUAGES) {
  test(`mails in ${language} look as somebody has seen them, and fit a phone in light and dark`, async ({ page }) => {
    test.skip(!existsSync(MAILS), "the tests of the domain write the mails; run them first");
    await page.setViewportSize({ width: 360, height: 640 });
    const kept = keptOf(language);
    const now: string[] = [];
    const changed: string[] = [];
    mkdirSync(SEEN, { recursive: true });
    for (const file of mailsIn(language)) {
      const name = file.replace(/-[a-z]{2}\.html$/, "");
      await page.emulateMedia({ colorScheme: "light" });
      await page.setContent(readFileSync(join(MAILS, file), "utf8"));
      // One face on every machine; and the colour that the browser paints by itself, so that axe sees it too.
      await page.addStyleTag({ content: 'html { background: Canvas; color: CanvasText; } body { font-family: "DejaVu Sans" !important; }' });
      expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 360]);
      const picture = await page.screenshot({ fullPage: true, path: join(SEEN, `mail-${name}-${language}.png`) });
      const seen = await cells(page, picture);
      now.push(`=== ${name}\n${seen}\n`);
      if (differs(kept.get(name), seen)) changed.push(name);
      await expectAccessible(page, PAGE_ONLY);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page, PAGE_ONLY);
      await page.screenshot({ fullPage: true, path: join(SEEN, `mail-${name}-${language}-dark.png`) });
    }
    writeFileSync(join(SEEN, `mails-${language}.txt`), now.join(""));
    expect(now.length).toBeGreaterThan(10);
    expect(changed, "look at them in target/screens; if they are right, copy the digits").toEqual([]);
  });
}
