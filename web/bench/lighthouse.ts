// Lighthouse on the built site as a phone sees it: the median of three runs for each page, printed and written to
// target/bench/site.json. It needs a newer Node than the rest, which comes as a package of this folder (Linux, x64).
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { startMock } from "../tests/mock/server.ts";

const PAGES = ["/de/", "/de/senden/", "/en/send/", "/en/prices/", "/de/datenschutz/"];
const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const OUT = join(import.meta.dirname, "../../target/bench");

interface Measured {
  scores: Record<string, number>;
  lcp_ms: number;
  cls: number;
  tbt_ms: number;
  bytes: number;
  requests: number;
}

async function measure(url: string, port: number): Promise<Measured> {
  const result = await lighthouse(url, { port, onlyCategories: CATEGORIES, output: "json", logLevel: "error" });
  if (!result) throw new Error(`no result for ${url}`);
  const { categories, audits } = result.lhr;
  const value = (audit: string) => audits[audit]?.numericValue ?? 0;
  const items = (audits["network-requests"]?.details as { items?: { transferSize: number }[] } | undefined)?.items ?? [];
  return {
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)])),
    lcp_ms: Math.round(value("largest-contentful-paint")),
    cls: value("cumulative-layout-shift"),
    tbt_ms: Math.round(value("total-blocking-time")),
    bytes: items.reduce((sum, { transferSize }) => sum + transferSize, 0),
    requests: items.length,
  };
}

function median(runs: Measured[]): Measured | undefined {
  return runs.sort((a, b) => a.lcp_ms - b.lcp_ms)[Math.floor(runs.length / 2)];
}

const server = await startMock();
const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const report: Record<string, Measured | undefined> = {};
try {
  for (const page of PAGES) {
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await measure(server.site + page, chrome.port));
    report[page] = median(runs);
    console.log(page.padEnd(18), JSON.stringify(report[page]));
  }
} finally {
  chrome.kill();
  await server.close();
}
await mkdir(OUT, { recursive: true });
await writeFile(join(OUT, "site.json"), `${JSON.stringify(report, null, 2)}\n`);
