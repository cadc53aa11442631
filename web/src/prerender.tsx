// Writes every page of every language into web/dist, after the browser's code has been built there. It is a program of
// the build; none of it reaches the browser.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { getCountryCallingCode, type CountryCode } from "libphonenumber-js/min";
import type { ComponentType, VNode } from "preact";
import { render } from "preact-render-to-string";
import { OrderPage } from "./order/page";
import { PreviewPage } from "./preview/page";
import { SendPage } from "./send/page";
import { type Country, type PageData, type Site, SiteProvider } from "./site/data";
import { type Operator, operatorFacts } from "./site/operator";
import { pathOf, pathsOf } from "./site/paths";
import { type Assets, Shell } from "./site/shell";
import { StartPage } from "./site/start";
import { StatusPage } from "./status/page";
import { FLOW_PAGES, type FlowPage, type PageName, type Texts } from "./texts/texts";

const DIST = "dist";

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

// A language is whatever file lies in the folder, so that adding one is adding a file.
const files = import.meta.glob<{ default: Texts }>(["./texts/*.ts", "!./texts/texts.ts", "!./texts/*.test.ts"], { eager: true });
const languages = Object.values(files).map(({ default: texts }) => texts).sort((a, b) => a.tag.localeCompare(b.tag));

const pages: Readonly<Record<FlowPage, ComponentType<{ own: never }>>> = {
  send: SendPage,
  preview: PreviewPage,
  order: OrderPage,
  status: StatusPage,
};

function assetsOf(manifest: Manifest, page: PageName): Assets {
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

function countriesOf(operator: Operator, locale: string): Country[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return operator.tariff
    .flatMap(({ countries }) => countries)
    .map((code) => ({ code, name: names.of(code) ?? code, dial: getCountryCallingCode(code as CountryCode) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}

function dataOf(texts: Texts, page: FlowPage, operator: Operator): PageData<unknown> {
  const site: Site = {
    page,
    title: texts.site.titles[page],
    locale: texts.locale,
    api: texts.api,
    country: texts.country,
    countries: countriesOf(operator, texts.locale),
    paths: pathsOf(texts),
    termsVersion: operator.terms_version,
    shared: texts.shared,
  };
  return { site, own: texts[page] };
}

function flowPage(page: FlowPage, data: PageData<unknown>): VNode {
  const Page = pages[page];
  return (
    <SiteProvider value={data.site}>
      <Page own={data.own as never} />
    </SiteProvider>
  );
}

async function write(path: string, page: VNode): Promise<void> {
  const file = join(DIST, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `<!DOCTYPE html>${render(page)}`);
}

function isFlow(page: PageName): page is FlowPage {
  return (FLOW_PAGES as readonly PageName[]).includes(page);
}

async function main(): Promise<void> {
  const operator = operatorFacts();
  const manifest = JSON.parse(await readFile(join(DIST, ".vite/manifest.json"), "utf8")) as Manifest;
  for (const texts of languages) {
    for (const page of Object.keys(pathsOf(texts)) as PageName[]) {
      const data = isFlow(page) ? dataOf(texts, page, operator) : null;
      const body = isFlow(page) && data ? flowPage(page, data) : <StartPage texts={texts} />;
      const json = data === null ? null : JSON.stringify(data).replaceAll("<", "\\u003c");
      await write(
        `${pathOf(texts, page)}index.html`,
        <Shell texts={texts} all={languages} page={page} operator={operator} assets={assetsOf(manifest, page)} data={json}>{body}</Shell>,
      );
    }
  }
  await rm(join(DIST, ".vite"), { recursive: true });
}

await main();
