// Header, steps and footer.
import { FLOW_PAGES, type FlowPage, type PageName, type Texts } from "../texts/texts";
import { Inline } from "./article";
import type { Operator } from "./operator";
import { pathOf } from "./paths";
import { day, fill } from "./words";

interface HeaderProps {
  readonly texts: Texts;
  readonly all: readonly Texts[];
  readonly page: PageName | null;
  readonly service: string;
}

/** Links that must take the private link along carry `data-keep`; the page's code completes them. */
const keep = (page: PageName | null) => ((FLOW_PAGES as readonly (PageName | null)[]).includes(page) ? "" : undefined);

export function Header({ texts, all, page, service }: HeaderProps) {
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
                {other.tag === texts.tag && page !== null ? (
                  <span aria-current="true" lang={other.tag}><Tongue of={other} /></span>
                ) : (
                  <a href={pathOf(other, page ?? "start")} hreflang={other.tag} lang={other.tag} data-keep={keep(page)}><Tongue of={other} /></a>
                )}
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** A language's name; two letters on a narrow screen, with the name for those who listen. */
function Tongue({ of }: { of: Texts }) {
  return (
    <>
      <span class="short" aria-hidden="true">{of.tag.toUpperCase()}</span>
      <span class="long">{of.name}</span>
    </>
  );
}

export function Steps({ texts, page }: { texts: Texts; page: FlowPage }) {
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

const FOOTER: readonly (readonly PageName[])[] = [
  ["send", "prices", "verify", "questions", "contact"],
  ["privacy", "data", "subprocessors", "changes"],
  ["terms", "withdrawal", "accessibility", "imprint"],
];

export function Footer({ texts, page, operator }: { texts: Texts; page: PageName | null; operator: Operator }) {
  return (
    <footer class="bottom">
      <nav class="wide" aria-label={texts.site.footer}>
        {FOOTER.map((group) => (
          <ul key={group[0]}>
            {group.map((name) => (
              <li key={name}><a href={pathOf(texts, name)} aria-current={name === page ? "page" : undefined}>{texts.site.titles[name]}</a></li>
            ))}
          </ul>
        ))}
      </nav>
      {operator.announced_version !== undefined && (
        <p class="wide notice"><Inline text={fill(texts.site.announced, { date: day(texts.locale, operator.announced_version) })} texts={texts} operator={operator} /></p>
      )}
      <p class="wide">{`${operator.service} · ${operator.operator.name}`}</p>
    </footer>
  );
}
