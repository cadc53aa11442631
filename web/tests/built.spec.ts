// The built files themselves: budgets, valid HTML, links that lead somewhere, and headers that are the same everywhere.
import { existsSync, globSync, readFileSync } from "./files";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { HtmlValidate } from "html-validate";

const DIST = join(import.meta.dirname, "../dist");
const LIMITS = { script: 20_480, style: 5_120, requests: 6 };

const pages = globSync(DIST, ".html");
const htmlOf = (page: string) => readFileSync(join(DIST, page), "utf8");
const packed = (file: string) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;
const all = (html: string, pattern: RegExp) => Array.from(html.matchAll(pattern), (match) => match[1] ?? "");

const scriptsOf = (html: string) => [...all(html, /<script[^>]*\ssrc="([^"]+)"/g), ...all(html, /<link rel="modulepreload" href="([^"]+)"/g)];
const stylesOf = (html: string) => all(html, /<link rel="stylesheet" href="([^"]+)"/g);
const isFlow = (html: string) => html.includes('id="app"');

test("there are pages to look at", () => {
  expect(pages.length).toBeGreaterThan(9);
});

test("the first view of every page keeps its budget", () => {
  for (const page of pages) {
    const html = htmlOf(page);
    const script = scriptsOf(html).reduce((sum, file) => sum + packed(file), 0);
    const style = stylesOf(html).reduce((sum, file) => sum + packed(file), 0);
    const requests = 2 + scriptsOf(html).length + stylesOf(html).length;
    expect.soft(script, `${page}: bytes of JavaScript, packed`).toBeLessThanOrEqual(LIMITS.script);
    expect.soft(style, `${page}: bytes of CSS, packed`).toBeLessThanOrEqual(LIMITS.style);
    expect.soft(requests, `${page}: requests with the page and its icon`).toBeLessThanOrEqual(LIMITS.requests);
  }
});

test("a page that is only read has no JavaScript at all", () => {
  const read = pages.filter((page) => !isFlow(htmlOf(page)) && !hasForm(htmlOf(page)));
  expect(read.length).toBeGreaterThan(0);
  for (const page of read) expect.soft(htmlOf(page), page).not.toContain("<script");
});

const hasForm = (html: string) => html.includes("data-form");

test("no page has code or style inside, which the CSP would refuse", () => {
  for (const page of pages) {
    const html = htmlOf(page);
    const inline = all(html, /<script(?![^>]*\ssrc=)([^>]*)>/g).filter((attributes) => !attributes.includes("application/json"));
    expect.soft(inline, page).toEqual([]);
    expect.soft(html, page).not.toMatch(/<style|\sstyle="|\son[a-z]+="/);
  }
});

test("the HTML is valid", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: { "void-style": "off", "long-title": "off", "attribute-boolean-style": "off", "attribute-empty-style": "off", "no-redundant-role": "off" },
  });
  for (const page of pages) {
    const report = await validator.validateString(htmlOf(page), page);
    const messages = report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`));
    expect.soft(messages, page).toEqual([]);
  }
});

test("every link of the site leads to a page and a place that exist", () => {
  for (const page of pages) {
    const html = htmlOf(page);
    for (const link of all(html, /\s(?:href|src)="([^"]+)"/g)) {
      if (/^(https?|mailto|tel):/.test(link)) continue;
      const [path = "", place] = link.split("#");
      const file = path === "" ? page : join(path.endsWith("/") ? `${path}index.html` : path).slice(1);
      expect.soft(existsSync(join(DIST, file)), `${page} links to ${link}`).toBe(true);
      if (place) expect.soft(htmlOf(file), `${page} links to ${link}`).toContain(`id="${place}"`);
    }
  }
});

test("every page names its other languages, and they name it", () => {
  for (const page of pages.filter((page) => page.includes("/"))) {
    const others = all(htmlOf(page), /<link rel="alternate" hreflang="[a-z]{2}" href="https?:\/\/[^/]+([^"]+)"/g);
    expect.soft(others.length, page).toBeGreaterThan(1);
    for (const other of others) expect.soft(htmlOf(`${other.slice(1)}index.html`), `${page} and ${other}`).toContain(`/${page.replace("index.html", "")}"`);
  }
});

test("the deployed headers are those that the tests run with", () => {
  const file = join(import.meta.dirname, "../../infra/web.yaml");
  const template = readFileSync(file, "utf8").replace(/\s+/g, " ");
  const { always } = JSON.parse(readFileSync(join(import.meta.dirname, "../headers.json"), "utf8")) as { always: Record<string, string> };
  expect(template).toContain(always["Content-Security-Policy"]?.replace("{upload_origin}", "${UploadOrigin}"));
  for (const name of ["Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"]) {
    expect.soft(template, name).toContain(always[name]);
  }
  for (const part of ["FrameOption: DENY", "ReferrerPolicy: no-referrer", "AccessControlMaxAgeSec: 63072000", "ContentTypeOptions: { Override: true }"]) {
    expect.soft(template).toContain(part);
  }
});

test("the redirect at / knows every language", () => {
  const template = readFileSync(join(import.meta.dirname, "../../infra/web.yaml"), "utf8");
  const known = all(template, /var languages = \[([^\]]+)\]/g)[0] ?? "";
  const built = new Set(pages.filter((page) => /^[a-z]{2}\//.test(page)).map((page) => page.slice(0, 2)));
  for (const language of built) expect.soft(known).toContain(`'${language}'`);
});
