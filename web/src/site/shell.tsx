// The HTML around every page: head, header, footer, and the steps of the flow. Rendered at build time only.
import type { ComponentChildren } from "preact";
import { type CodePage, type FlowPage, FLOW_PAGES, FORM_PAGES, type FormPage, type PageName, type Texts, TOOL_PAGES, type ToolPage } from "../texts/texts";
import { Footer, Header, Steps } from "./frame";
import type { Operator } from "./operator";
import { pathOf } from "./paths";

/** Built files that a page needs. */
export interface Assets {
  readonly style: string;
  readonly script: string | null;
  readonly preloads: readonly string[];
}

interface Props {
  readonly texts: Texts;
  readonly all: readonly Texts[];
  /** The page, or null for one that has no address of its own, such as "not found". */
  readonly page: PageName | null;
  readonly title: string;
  readonly description: string;
  readonly operator: Operator;
  readonly assets: Assets;
  /** JSON for the page's code; none where there is no code. */
  readonly data: string | null;
  readonly children: ComponentChildren;
}

const PRIVATE: readonly PageName[] = ["preview", "order", "status"];

export function isFlow(page: PageName | null): page is FlowPage {
  return (FLOW_PAGES as readonly (PageName | null)[]).includes(page);
}

export function isForm(page: PageName | null): page is FormPage {
  return (FORM_PAGES as readonly (PageName | null)[]).includes(page);
}

export function isTool(page: PageName | null): page is ToolPage {
  return (TOOL_PAGES as readonly (PageName | null)[]).includes(page);
}

/** Whether code runs the whole page, and not a form in it. */
export function isWhole(page: PageName | null): page is FlowPage | ToolPage {
  return isFlow(page) || isTool(page);
}

/** Whether a page runs code. */
export function hasCode(page: PageName | null): page is CodePage {
  return isWhole(page) || isForm(page);
}

export function Shell(props: Props) {
  const { texts, all, page, operator, data, children } = props;
  return (
    <html lang={texts.tag}>
      <Head {...props} />
      <body>
        <a class="skip" href="#main">{texts.site.skip}</a>
        <Header texts={texts} all={all} page={page} service={operator.service} />
        <main id="main" class={isFlow(page) ? "wide" : "wide read"} tabIndex={-1}>
          {isFlow(page) && <Steps texts={texts} page={page} />}
          {isWhole(page) && <noscript><p class="warning">{texts.site.noScript}</p></noscript>}
          {isWhole(page) ? <div id="app">{children}</div> : children}
        </main>
        <Footer texts={texts} page={page} operator={operator} />
        {data !== null && <script id="data" type="application/json" dangerouslySetInnerHTML={{ __html: data }} />}
      </body>
    </html>
  );
}

function Head({ texts, all, page, title, description, operator, assets }: Props) {
  const hidden = page === null || PRIVATE.includes(page);
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} · ${operator.service}`}</title>
      <meta name="description" content={description} />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#151f29" media="(prefers-color-scheme: dark)" />
      {hidden && <meta name="robots" content="noindex" />}
      {!hidden && <link rel="canonical" href={operator.site + pathOf(texts, page)} />}
      {page !== null && all.map((other) => <link key={other.tag} rel="alternate" hreflang={other.tag} href={operator.site + pathOf(other, page)} />)}
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href={assets.style} />
      {assets.preloads.map((file) => <link key={file} rel="modulepreload" href={file} />)}
      {assets.script !== null && <script type="module" src={assets.script} />}
    </head>
  );
}
