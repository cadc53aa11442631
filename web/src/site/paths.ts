// The addresses of all pages, from the slugs in each language's file. The checkout function sends people back to the
// status and order pages: docs name them as /de/status/, /de/bestellen/, /en/status/ and /en/order/.
import { FLOW_PAGES, type PageName, READ_PAGES, type Texts, TOOL_PAGES } from "../texts/texts";

export function pathOf(texts: Texts, page: PageName): string {
  return page === "start" ? `/${texts.tag}/` : `/${texts.tag}/${texts.slugs[page]}/`;
}

export function pathsOf(texts: Texts): Record<PageName, string> {
  const names: readonly PageName[] = [...READ_PAGES, ...FLOW_PAGES, ...TOOL_PAGES];
  return Object.fromEntries(names.map((page) => [page, pathOf(texts, page)])) as Record<PageName, string>;
}
