// What is ordered, line by line, each with the way back to change it.
import type { JobView, Quote } from "../api/types";
import { useSite } from "../site/data";
import { count, fill, money } from "../site/words";
import type { OrderTexts } from "../texts/texts";

interface Props {
  readonly own: OrderTexts;
  readonly job: JobView;
  readonly quoted: Quote | null;
  readonly typed: string;
  readonly here: string;
}

export function OrderSummary({ own, job, quoted, typed, here }: Props) {
  const { shared, locale, paths } = useSite();
  return (
    <section class="card" aria-labelledby="order-title">
      <h2 id="order-title">{own.summary}</h2>
      <dl class="lines">
        <Line name={own.to} change={paths.send + here}>
          <strong class="digits">{quoted?.recipient.display ?? typed}</strong>
        </Line>
        <Line name={own.documents} change={paths.send + here}>
          {job.documents.map(({ id, name }) => <span class="document" key={id}>{name}</span>)}
        </Line>
        <Line name={own.pages} change={paths.preview + here}>
          {count(locale, shared.pages, job.pages.length + (job.cover ? 1 : 0))}
        </Line>
        <div>
          <dt>{own.total}</dt>
          <dd>
            {quoted === null ? "…" : (
              <>
                <strong class="price">{money(locale, quoted.price)}</strong>
                <span class="hint">{`${fill(own.net, { amount: money(locale, quoted.net) })} · ${fill(own.vat, { percent: quoted.vat_percent, amount: money(locale, quoted.vat) })}`}</span>
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface LineProps {
  readonly name: string;
  readonly change: string;
  readonly children: preact.ComponentChildren;
}

function Line({ name, change, children }: LineProps) {
  const { shared } = useSite();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd class="change"><a href={change}>{shared.change}<span class="unseen">: {name}</span></a></dd>
    </div>
  );
}
