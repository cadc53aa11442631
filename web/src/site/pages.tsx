// Every page that the build writes: its file, and what is in it.
import type { VNode } from "preact";
import { ARTICLES, type ArticlePage, type PageName, type Texts } from "../texts/texts";
import { ArticlePageView, factsOf } from "./article";
import { Bare } from "./bare";
import { flowData, FlowRoot } from "./flow";
import type { Operator } from "./operator";
import { pathOf, pathsOf } from "./paths";
import { type Assets, hasCode, isWhole, Shell } from "./shell";
import { StartPage } from "./start";
import { fill } from "./words";

export interface Built {
  /** Path in the built site. */
  readonly file: string;
  readonly page: VNode;
}

/** The built files that a page needs; null is a page without code. */
export type AssetsOf = (page: PageName | null) => Assets;

export function pagesOf(languages: readonly Texts[], operator: Operator, assets: AssetsOf): Built[] {
  const own = languages.flatMap((texts) =>
    (Object.keys(pathsOf(texts)) as PageName[]).map((page) => onePage(texts, languages, page, operator, assets(page))),
  );
  return [...own, ...barePages(languages, operator, assets(null))];
}

function onePage(texts: Texts, all: readonly Texts[], page: PageName, operator: Operator, assets: Assets): Built {
  const data = hasCode(page) ? flowData(texts, page, operator) : null;
  const facts = factsOf(texts, operator);
  return {
    file: `${pathOf(texts, page)}index.html`,
    page: (
      <Shell
        texts={texts}
        all={all}
        page={page}
        title={texts.site.titles[page]}
        description={fill(texts.site.descriptions[page], facts)}
        operator={operator}
        assets={assets}
        // A closing tag in a text must not end the block.
        data={data === null ? null : JSON.stringify(data).replaceAll("<", "\\u003c")}
      >
        {data !== null && isWhole(page) ? <FlowRoot data={data} /> : <ReadPage texts={texts} page={page} operator={operator} form={data === null ? null : <FlowRoot data={data} />} />}
      </Shell>
    ),
  };
}

function ReadPage({ texts, page, operator, form }: { texts: Texts; page: PageName; operator: Operator; form: VNode | null }) {
  return isArticle(page) ? <ArticlePageView texts={texts} operator={operator} page={page} form={form} /> : <StartPage texts={texts} operator={operator} />;
}

function isArticle(page: PageName): page is ArticlePage {
  return (ARTICLES as readonly PageName[]).includes(page);
}

function barePages(all: readonly Texts[], operator: Operator, assets: Assets): Built[] {
  const [first] = all;
  if (first === undefined) throw new Error("there is no language");
  const bare = (file: string, told: (texts: Texts) => { name: string; advice: string }): Built => ({
    file,
    page: (
      <Shell texts={first} all={all} page={null} title={told(first).name} description={told(first).advice} operator={operator} assets={assets} data={null}>
        <Bare all={all} told={told} />
      </Shell>
    ),
  });
  return [
    bare("index.html", ({ start }) => ({ name: start.heading, advice: start.lead })),
    bare("404.html", ({ errors }) => errors.notFound),
    bare("429.html", ({ errors }) => errors.tooMany),
  ];
}
