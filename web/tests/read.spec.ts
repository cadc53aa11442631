// Every page that is only read, in every language, look and size: axe, no sideways scrolling, no request to anybody else.
import { join } from "node:path";
import { globSync, readFileSync } from "./files";
import { expect, expectAccessible, LOOKS, screen, test } from "./site";

const DIST = join(import.meta.dirname, "../dist");
const read = globSync(DIST, ".html").filter((page) => !readFileSync(join(DIST, page), "utf8").includes('id="app"'));

for (const page of read) {
  test(`${page} is accessible and fits`, async ({ page: view, server }) => {
    const asked: string[] = [];
    view.on("request", (request) => asked.push(new URL(request.url()).origin));
    await view.goto(`${server.site}/${page.replace(/index\.html$/, "")}`);
    // Languages differ in their words only; one of them is looked at in every way.
    for (const look of page.startsWith("de/") ? LOOKS : LOOKS.slice(0, 1)) {
      await view.setViewportSize(look.viewport);
      await view.emulateMedia({ colorScheme: look.colorScheme });
      await expectAccessible(view);
      expect(await view.evaluate(() => document.documentElement.scrollWidth)).toBe(look.viewport.width);
      await screen(view, `20-${page.replace(/\/?(index)?\.html$/, "").replaceAll("/", "-") || "root"}-${look.name}`);
    }
    await view.emulateMedia({ forcedColors: "active" });
    await expectAccessible(view);
    await view.setViewportSize({ width: 320, height: 640 });
    expect(await view.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(new Set(asked)).toEqual(new Set([server.site]));
  });
}
