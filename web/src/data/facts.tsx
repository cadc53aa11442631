// What is stored about one fax, for people.
import type { Export } from "../api/types";
import { useSite } from "../site/data";
import { moment, money } from "../site/words";
import type { DataTexts } from "../texts/texts";

export function FaxFacts({ own, fax }: { own: DataTexts; fax: Export }) {
  const { locale } = useSite();
  const at = (time: string) => moment(locale, time, new Date(0));
  const { order } = fax;
  const facts: [string, string][] = [
    [own.facts.number, fax.job],
    [own.facts.created, at(fax.created)],
    ...(order === undefined ? [] : ([
      [own.facts.to, order.recipient.display],
      [own.facts.email, order.email],
      [own.facts.price, money(locale, order.price)],
      [own.facts.ordered, at(order.at)],
      [own.facts.version, order.terms_version],
    ] as [string, string][])),
    [own.facts.documents, fax.documents.map(({ name }) => name).join(", ") || own.facts.none],
    [own.facts.attempts, fax.attempts.map(({ began, to }) => `${at(began)}, ${to}`).join("; ") || own.facts.none],
    [own.facts.deleted, fax.deletions.map(({ at: time }) => at(time)).at(-1) ?? own.facts.notYet],
    [own.facts.forgotten, at(fax.forgotten_at)],
  ];
  return (
    <div class="card">
      <h3>{order === undefined ? at(fax.created) : `${order.recipient.display} · ${at(fax.created)}`}</h3>
      <dl>{facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}</dl>
    </div>
  );
}
