// A version of the terms and the policy that is not in force yet is told on every page, in every language.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createServer } from "vite";
import facts from "../../../infra/operator.json" with { type: "json" };
import type { Operator } from "./operator";
import type { pagesOf } from "./pages";

const WEB = join(import.meta.dirname, "../..");

/** Every page as the build writes it, with these facts of the operator. */
async function written(operator: Operator): Promise<Map<string, string>> {
  const vite = await createServer({ root: WEB, appType: "custom", logLevel: "error", optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, hmr: false, ws: false, watch: null } });
  try {
    const names = readdirSync(join(WEB, "src/texts")).filter((file) => /^[a-z]{2}\.ts$/.test(file));
    const languages = await Promise.all(names.map(async (name) => (await vite.ssrLoadModule(`/src/texts/${name}`)).default));
    const site = (await vite.ssrLoadModule("/src/site/pages.tsx")) as { pagesOf: typeof pagesOf };
    // From the same graph of modules: another copy of Preact would not see the pages' contexts.
    const { render } = await vite.ssrLoadModule("preact-render-to-string");
    const pages = site.pagesOf(languages, operator, () => ({ style: "/s.css", script: null, preloads: [] }));
    return new Map(pages.map(({ file, page }) => [file, render(page)]));
  } finally {
    await vite.close();
  }
}

// Other tests of the same process may have left one, and the build has none.
test.beforeEach(() => void Reflect.deleteProperty(globalThis, "document"));

test("a changed policy is announced on every page before it is in force, and leads to what changes", async () => {
  const announced = await written({ ...(facts as Operator), announced_version: "2031-02-03" });
  const inLanguages = [...announced].filter(([file]) => /^\/?[a-z]{2}\//.test(file));
  expect(inLanguages.length).toBeGreaterThan(40);
  for (const [file, html] of inLanguages) {
    const notice = /<p class="wide notice">(.*?)<\/p>/.exec(html)?.[1];
    expect([file, notice]).toEqual([file, expect.stringContaining("2031")]);
    expect([file, notice]).toEqual([file, expect.stringMatching(/href="\/[a-z]{2}\/(aenderungen|changes|modifications)\//)]);
  }
  const quiet = await written(facts as Operator);
  expect([...quiet].filter(([, html]) => html.includes('class="wide notice"'))).toEqual([]);
});
