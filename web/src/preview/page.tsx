// The second page: the true pages, what the fax costs, and how long it takes.
import { useEffect, useState } from "preact/hooks";
import { type Access, type Failure, quote } from "../api/client";
import type { JobView, Quote } from "../api/types";
import { fragmentOf } from "../flow/access";
import { readDraft } from "../flow/draft";
import { ErrorSummary, failureText } from "../parts/errors";
import { useJob } from "../parts/job";
import { Live, useLive } from "../parts/live";
import { Lost } from "../parts/lost";
import { Enlarged, FaxPage } from "../parts/pages";
import { useSite } from "../site/data";
import { count, fill, money, span } from "../site/words";
import type { PreviewTexts } from "../texts/texts";

export function PreviewPage({ own }: { own: PreviewTexts }) {
  const { shared, locale, title, paths } = useSite();
  const [known, , look] = useJob((job) => (converting(job) ? 1_000 : null));
  const [at, setAt] = useState<number | null>(null);
  const [said, say] = useLive();
  const job = known.state === "known" ? known.job : null;
  const access = known.state === "known" ? known.access : null;
  const ready = job !== null && !converting(job) && job.pages.length > 0;

  useEffect(() => {
    if (access && job && ["sending", "undelivered", "delivered", "purged"].includes(job.stage)) location.replace(paths.status + fragmentOf(access));
  }, [job?.stage]);
  useEffect(() => {
    if (ready && job) say(count(locale, shared.pages, job.pages.length));
  }, [ready]);

  if (known.state === "lost") return <Lost why={known.why} />;
  return (
    <>
      {known.state === "unreachable" && <ErrorSummary errors={[{ field: null, text: shared.unreachable }]} round={0} />}
      <Live text={said} />
      <h1>{title}</h1>
      <p class="lead">{ready || !job ? own.intro : own.converting}</p>
      {job?.documents.some(({ state }) => state === "refused") && <p class="warning">{own.refused}</p>}
      <div class="beside">
        {job && access && <Summary own={own} job={job} access={access} ready={ready} />}
        <ol class="sheets">
          {(job?.pages ?? []).map((page, index) => (
            <FaxPage key={`${page.document}/${page.number}`} own={own} page={page} all={job?.pages.length ?? 0} onStale={look} onEnlarge={() => setAt(index)} />
          ))}
          {!ready && <li class="sheet" aria-hidden="true"><span class="paper"><span class="blank" /></span></li>}
        </ol>
      </div>
      {job && at !== null && <Enlarged own={own} pages={job.pages} at={at} onMove={setAt} onClose={() => setAt(null)} />}
    </>
  );
}

function converting(job: JobView): boolean {
  return job.documents.some(({ state }) => state === "awaited");
}

interface SummaryProps {
  readonly own: PreviewTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly ready: boolean;
}

function Summary({ own, job, access, ready }: SummaryProps) {
  const { shared, locale, paths } = useSite();
  const [quoted, failure] = useQuote(job, access, ready);
  const here = fragmentOf(access);
  return (
    <aside class="card summary" aria-labelledby="summary-title">
      <h2 id="summary-title">{own.summary}</h2>
      {failure !== null && <p class="warning">{failure === "noNumber" ? own.noNumber : failureText(shared, failure)}</p>}
      <dl>
        <dt>{own.to}</dt>
        <dd>{quoted?.recipient.display ?? (readDraft(job.job).to || "–")} <a href={paths.send + here}>{shared.change}<span class="unseen">: {own.to}</span></a></dd>
        <dt>{own.pages}</dt>
        <dd>{job.pages.length === 0 ? "…" : job.pages.length}</dd>
        <dt>{own.price}</dt>
        <dd>{quoted ? <><strong class="price">{money(locale, quoted.price)}</strong> <span class="hint">{fill(own.withVat, { percent: quoted.vat_percent })}</span></> : "…"}</dd>
        <dt>{own.duration}</dt>
        <dd>{quoted ? fill(own.about, { time: span(locale, shared, quoted.expected_seconds) }) : "…"}</dd>
      </dl>
      <p>{own.onlyIfDelivered}</p>
      {quoted && quoted.redials.busy.length > 0 && <p class="hint">{fill(own.redials, { times: minutes(locale, quoted) })}</p>}
      <p class="buttons">
        {ready && quoted ? <a class="button" href={paths.order + here}>{own.next}</a> : <span class="button waiting" aria-disabled="true">{own.next}</span>}
      </p>
    </aside>
  );
}

function minutes(locale: string, { redials }: Quote): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(redials.busy.map((seconds) => String(Math.max(1, Math.round(seconds / 60)))));
}

function useQuote(job: JobView, access: Access, ready: boolean): [Quote | null, Failure | "noNumber" | null] {
  const [quoted, setQuoted] = useState<Quote | null>(null);
  const [failure, setFailure] = useState<Failure | "noNumber" | null>(null);
  useEffect(() => {
    if (!ready) return;
    const { to, country } = readDraft(job.job);
    const number = to === "" ? job.recipient && { to: job.recipient.e164, country: job.recipient.country } : { to, country };
    if (!number) return setFailure("noNumber");
    void quote(access, number).then((answer) => {
      setQuoted(answer.ok ? answer.value : null);
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [ready, job.pages.length]);
  return [quoted, failure];
}
