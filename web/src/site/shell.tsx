// The HTML around every page: head, header, steps, footer. Rendered at build time only.
import type { ComponentChildren } from "preact";
import { fill } from "./words";
import { pathOf } from "./paths";
import type { Operator } from "./operator";
import { FLOW_PAGES, type FlowPage, type PageName, type Texts } from "../texts/texts";

/** Built files that a page needs. */
export interface Assets {
  readonly style: string;
  readonly script: string | null;
  readonly preloads: readonly string[];
}

interface Props {
  readonly texts: Texts;
  readonly all: readonly Texts[];
  readonly page: PageName;
  readonly operator: Operator;
  readonly assets: Assets;
  /** JSON for the page's code; none where there is no code. */
  readonly data: string | null;
  readonly children: ComponentChildren;
}

const PRIVATE: readonly PageName[] = ["preview", "order", "status"];

export function Shell({ texts, all, page, operator, assets, data, children }: Props) {
  const flow = (FLOW_PAGES as readonly PageName[]).includes(page);
  return (
    <html lang={texts.tag}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${texts.site.titles[page]} · ${operator.service}`}</title>
        <meta name="description" content={texts.site.descriptions[page]} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#151f29" media="(prefers-color-scheme: dark)" />
        {PRIVATE.includes(page) ? <meta name="robots" content="noindex" /> : <link rel="canonical" href={operator.site + pathOf(texts, page)} />}
        {all.map((other) => <link key={other.tag} rel="alternate" hreflang={other.tag} href={operator.site + pathOf(other, page)} />)}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={assets.style} />
        {assets.preloads.map((file) => <link key={file} rel="modulepreload" href={file} />)}
        {assets.script !== null && <script type="module" src={assets.script} />}
      </head>
      <body>
        <a class="skip" href="#main">{texts.site.skip}</a>
        <Header texts={texts} all={all} page={page} service={operator.service} flow={flow} />
        <main id="main" class={flow ? "wide" : "wide read"} tabIndex={-1}>
          {flow && <Steps texts={texts} page={page as FlowPage} />}
          {flow && <noscript><p class="warning">{texts.site.noScript}</p></noscript>}
          {flow ? <div id="app">{children}</div> : children}
        </main>
        <Footer texts={texts} service={operator.service} />
        {data !== null && <script id="data" type="application/json" dangerouslySetInnerHTML={{ __html: data }} />}
      </body>
    </html>
  );
}

interface HeaderProps {
  readonly texts: Texts;
  readonly all: readonly Texts[];
  readonly page: PageName;
  readonly service: string;
  readonly flow: boolean;
}

function Header({ texts, all, page, service, flow }: HeaderProps) {
  return (
    <header class="top">
      <div class="wide">
        <a class="brand" href={pathOf(texts, "start")} aria-label={fill(texts.site.home, { service })}>
          <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round">
            <path d="M9 14V4h10l4 4v6M19 4v4h4M4 14h24v12H4zM9 19h14M9 22.500h8" />
          </svg>
          {service}
        </a>
        <nav class="languages" aria-label={texts.site.languages}>
          <ul>
            {all.map((other) => (
              <li key={other.tag}>
                {other.tag === texts.tag ? (
                  <span aria-current="true" lang={other.tag}>{other.name}</span>
                ) : (
                  <a href={pathOf(other, page)} hreflang={other.tag} lang={other.tag} data-keep={flow ? "" : undefined}>{other.name}</a>
                )}
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Steps({ texts, page }: { texts: Texts; page: FlowPage }) {
  const at = FLOW_PAGES.indexOf(page);
  const before = page === "status" ? undefined : FLOW_PAGES[at - 1];
  return (
    <>
      <nav class="steps" aria-label={texts.site.steps}>
        <ol>
          {FLOW_PAGES.map((step, index) => (
            <li key={step} class={index < at ? "past" : undefined} aria-current={index === at ? "step" : undefined}>
              <span>{`${index + 1}. ${texts.site.stepNames[step]}`}</span>
            </li>
          ))}
        </ol>
      </nav>
      {before !== undefined && <a class="back" href={pathOf(texts, before)} data-keep="">{texts.shared.back}</a>}
    </>
  );
}

function Footer({ texts, service }: { texts: Texts; service: string }) {
  return (
    <footer class="bottom">
      <nav class="wide" aria-label={texts.site.footer}>
        <ul>
          <li><a href={pathOf(texts, "start")}>{service}</a></li>
        </ul>
      </nav>
    </footer>
  );
}
