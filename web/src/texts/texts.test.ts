// What the type check cannot see: placeholders, lengths of lists, empty texts.
import { readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Texts } from "./texts";

type Leaves = ReadonlyMap<string, string>;

async function languages(): Promise<Texts[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => /^[a-z]{2}\.ts$/.test(file));
  return Promise.all(files.map(async (file) => ((await import(`./${file}`)) as { default: Texts }).default));
}

function leaves(value: unknown, path = "", into = new Map<string, string>()): Leaves {
  if (typeof value === "string") into.set(path, value);
  else for (const [key, part] of Object.entries(value as object)) leaves(part, `${path}.${key}`, into);
  return into;
}

const placeholders = (text: string) => (text.match(/\{[\w.]+\}/g) ?? []).sort();

test("every language fills in the same things at the same places", async () => {
  const [first, ...others] = (await languages()).map((texts) => leaves(texts));
  for (const other of others) {
    expect([...other.keys()].sort()).toEqual([...(first ?? new Map<string, string>()).keys()].sort());
    for (const [key, text] of first ?? []) expect([key, placeholders(other.get(key) ?? "")]).toEqual([key, placeholders(text)]);
  }
});

test("no text is empty", async () => {
  for (const texts of await languages()) {
    expect([...leaves(texts)].filter(([, text]) => text.trim() === "")).toEqual([]);
  }
});

test("no French mark of punctuation is torn from its word at the end of a line", async () => {
  const french = (await languages()).find(({ tag }) => tag === "fr");
  expect([...leaves(french)].filter(([, text]) => / [?!;:»]|« /.test(text))).toEqual([]);
});

test("a language's folder names are its own and differ from page to page", async () => {
  for (const { slugs } of await languages()) {
    const names = Object.values(slugs);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/);
  }
});
