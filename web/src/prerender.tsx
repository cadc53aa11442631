// Writes every page of every language, after the browser's code has been built, and puts the finished site into
// web/dist. It is a program of the build; none of it reaches the browser.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { render } from "preact-render-to-string";
import { operatorFacts, type Operator } from "./site/operator";
import { pagesOf } from "./site/pages";
import { pathOf } from "./site/paths";
import type { Assets } from "./site/shell";
import { ARTICLES, type PageName, type Texts } from "./texts/texts";

/** Where the browser's code has been built, and what the finished site replaces. */
const DIST = "dist.next";
const SITE = "dist";

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

// A language is whatever file lies in the folder, so that adding one is adding a file.
const files = import.meta.glob<{ default: Texts }>(["./texts/*.ts", "!./texts/texts.ts", "!./texts/*.test.ts"], { eager: true });
const languages = Object.values(files).map(({ default: texts }) => texts).sort((a, b) => a.tag.localeCompare(b.tag));

function assetsOf(manifest: Manifest, page: PageName | null): Assets {
  const style = `/${manifest["src/styles/main.css"]?.file}`;
  const entry = manifest[`src/${page}/client.tsx`];
  if (entry === undefined) return { style, script: null, preloads: [] };
  return { style, script: `/${entry.file}`, preloads: [...importsOf(manifest, entry)] };
}

function importsOf(manifest: Manifest, chunk: Chunk, seen = new Set<string>()): Set<string> {
  for (const name of chunk.imports ?? []) {
    const next = manifest[name];
    if (next === undefined || seen.has(`/${next.file}`)) continue;
    seen.add(`/${next.file}`);
    importsOf(manifest, next, seen);
  }
  return seen;
}

function sitemap(operator: Operator): string {
  const open: readonly PageName[] = ["start", "send", "verify", ...ARTICLES];
  const entries = languages.flatMap((texts) => open.map((page) => `<url><loc>${operator.site}${pathOf(texts, page)}</loc></url>`));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("\n")}\n</urlset>\n`;
}

async function write(file: string, text: string): Promise<void> {
  const path = join(DIST, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function replaceSite(): Promise<void> {
  await rm(`${SITE}.old`, { recursive: true, force: true });
  await rename(SITE, `${SITE}.old`).catch(() => {}); // The first build has nothing to replace.
  await rename(DIST, SITE);
  await rm(`${SITE}.old`, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const operator = operatorFacts();
  const manifest = JSON.parse(await readFile(join(DIST, ".vite/manifest.json"), "utf8")) as Manifest;
  const pages = pagesOf(languages, operator, (page) => assetsOf(manifest, page));
  for (const { file, page } of pages) await write(file, `<!DOCTYPE html>${render(page)}`);
  await write("sitemap.xml", sitemap(operator));
  await write("robots.txt", `User-agent: *\nDisallow: /api/\nSitemap: ${operator.site}/sitemap.xml\n`);
  await rm(join(DIST, ".vite"), { recursive: true });
  await replaceSite();
}

await main();
