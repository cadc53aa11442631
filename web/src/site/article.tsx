// Articles: the pages that are only read. Their texts are data, so that a language stays one file; this file gives the
// small mark-up in them its meaning and fills in the operator's facts.
import type { ComponentChildren } from "preact";
import type { ArticlePage, Block, Insert, PageName, Texts } from "../texts/texts";
import { Identity, Subprocessors, Tariff } from "./inserts";
import type { Operator } from "./operator";
import { pathOf } from "./paths";
import { day, fill } from "./words";

interface Props {
  readonly texts: Texts;
  readonly operator: Operator;
}

export function ArticlePageView({ texts, operator, page, form }: Props & { page: ArticlePage; form: ComponentChildren }) {
  const { lead, sections } = texts.articles[page];
  return (
    <div class="article">
      <h1>{texts.site.titles[page]}</h1>
      <p class="lead"><Inline text={lead} texts={texts} operator={operator} /></p>
      {form !== null && (
        <>
          <noscript><p class="warning"><Inline text={texts.forms.noScript} texts={texts} operator={operator} /></p></noscript>
          <div id="asking" data-form="">{form}</div>
        </>
      )}
      {sections.length > 5 && (
        <nav class="contents" aria-label={texts.site.titles[page]}>
          <ul>{sections.map(({ id, title }) => <li key={id}><a href={`#${id}`}>{title}</a></li>)}</ul>
        </nav>
      )}
      {sections.map(({ id, title, body }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`}>{title}</h2>
          {body.map((block, index) => <BlockView key={index} block={block} texts={texts} operator={operator} />)}
        </section>
      ))}
    </div>
  );
}

function BlockView({ block, texts, operator }: Props & { block: Block }) {
  if (typeof block === "string") return <p><Inline text={block} texts={texts} operator={operator} /></p>;
  if ("insert" in block) return <InsertView insert={block.insert} texts={texts} operator={operator} />;
  return <ul class="list">{block.list.map((text) => <li key={text}><Inline text={text} texts={texts} operator={operator} /></li>)}</ul>;
}

function InsertView({ insert, texts, operator }: Props & { insert: Insert }) {
  switch (insert) {
    case "tariff":
      return <Tariff texts={texts} operator={operator} />;
    case "subprocessors":
      return <Subprocessors texts={texts} operator={operator} />;
    case "identity":
      return <Identity texts={texts} operator={operator} />;
  }
}

/** The operator's facts that texts may name. */
export function factsOf(texts: Texts, operator: Operator): Record<string, string> {
  return {
    service: operator.service,
    name: operator.operator.name,
    email: operator.operator.email,
    authority: operator.operator.supervisory_authority,
    vat: operator.vat_percent,
    retention: String(operator.retention_days),
    correction: String(operator.correction_hours),
    logs: String(operator.log_retention_days),
    backup: String(operator.backup_retention_days),
    version: day(texts.locale, operator.terms_version),
  };
}

/** A text with its links and strong words; an unknown link target stops the build. */
export function Inline({ text, texts, operator }: Props & { text: string }) {
  const filled = fill(text, factsOf(texts, operator));
  const parts = filled.split(/(\[[^\]]+\]\([\w:]+\)|\*\*[^*]+\*\*)/);
  return <>{parts.map((part) => piece(part, texts, operator))}</>;
}

function piece(part: string, texts: Texts, operator: Operator): ComponentChildren {
  const [, strong] = /^\*\*(.+)\*\*$/.exec(part) ?? [];
  if (strong !== undefined) return <strong>{strong}</strong>;
  const [, words, target] = /^\[(.+)\]\((\w+)\)$/.exec(part) ?? [];
  if (words === undefined || target === undefined) return part;
  return <a href={addressOf(target, texts, operator)}>{words}</a>;
}

function addressOf(target: string, texts: Texts, operator: Operator): string {
  if (target === "mailto") return `mailto:${operator.operator.email}`;
  if (target !== "start" && !(target in texts.slugs)) throw new Error(`a text links to the unknown page ${target}`);
  return pathOf(texts, target as PageName);
}
