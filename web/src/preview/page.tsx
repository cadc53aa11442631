// The second page: the true pages, what the fax costs, and how long it takes.
import { useEffect, useState } from "preact/hooks";
import { type Access, type Failure, quote } from "../api/client";
import type { JobView, PageView, Quote } from "../api/types";
import { fragmentOf } from "../flow/access";
import { readDraft } from "../flow/draft";
import { ErrorSummary, failureText } from "../parts/errors";
import { useJob } from "../parts/job";
import { Live, useLive } from "../parts/live";
import { Lost } from "../parts/lost";
import { Enlarged } from "../parts/pages";
import { Timetable } from "../parts/timetable";
import { useSite } from "../site/data";
import { count, fill, money, span } from "../site/words";
import type { PreviewTexts } from "../texts/texts";
import { pilesOf } from "./arrange";
import { CoverPart } from "./cover";
import { Later } from "./later";
import { PileOfPages } from "./pile";
import { useWishes, type Wishes } from "./wishes";

export function PreviewPage({ own }: { own: PreviewTexts }) {
  const { shared, locale, title, paths } = useSite();
  const [known, , look] = useJob((job) => (converting(job) ? 1_000 : null));
  const [at, setAt] = useState<number | null>(null);
  const [said, say] = useLive();
  const job = known.state === "known" ? known.job : null;
  const access = known.state === "known" ? known.access : null;
  const ready = job !== null && !converting(job) && job.pages.length > 0;
  const wishes = useWishes(access, job, look);
  const piles = job ? pilesOf(job) : [];
  const shown = piles.flatMap(({ pages }) => pages);
  const sent = piles.flatMap(({ document, pages }) => pages.filter(({ source }) => !wishes.of(document).left_out.includes(source)));
  const covers = job?.cover ? 1 : 0;
  const all = sent.length + covers;
  const numberOf = (page: PageView) => (sent.includes(page) ? sent.indexOf(page) + 1 + covers : null);
  const editable = job?.actions.includes("add_documents") ?? false;
  const [priced, failure] = useQuote(job, access, ready);
  // A price for other pages than these is no price.
  const quoted = ready && priced?.pages === all ? priced : null;
  const header = { sender: job?.header_sender, to: priced?.recipient.display ?? job?.recipient?.display ?? "" };

  useEffect(() => {
    if (access && job && ["sending", "undelivered", "delivered", "purged"].includes(job.stage)) location.replace(paths.status + fragmentOf(access));
  }, [job?.stage]);

  useEffect(() => {
    if (ready) say(count(locale, shared.pages, all));
  }, [ready, all]);

  if (known.state === "lost") return <Lost why={known.why} />;
  return (
    <>
      {known.state === "unreachable" && <ErrorSummary errors={[{ field: null, text: shared.unreachable }]} round={0} />}
      <Live text={said} />
      <h1>{title}</h1>
      <p class="lead">{shown.length > 0 || !job ? own.intro : own.converting}</p>
      {wishes.failure !== null && <p class="warning" role="alert">{failureText(shared, wishes.failure)}</p>}
      {job?.documents.some(({ refusal }) => refusal && refusal !== "password_needed") && <p class="warning">{own.refused}</p>}
      {shown.length > 0 && sent.length === 0 && <p class="warning" role="alert">{own.arrange.nothing}</p>}
      <div class="beside">
        <div class="piles-part">
          <div class="piles">
            {job && access && shown.length > 0 && <CoverPart own={own} job={job} access={access} editable={editable} all={all} to={header.to} look={look} say={say} />}
            {piles.map((pile, index) => (
              <PileOfPages
                key={pile.document.id}
                own={own}
                pile={pile}
                at={index}
                piles={piles.length}
                wishes={wishes}
                editable={editable}
                header={header}
                numberOf={numberOf}
                all={all}
                onMove={(by) => {
                  wishes.move(pile.document, by);
                  say(fill(shared.arrange.moved, { name: pile.document.name, n: index + by + 1, all: piles.length }));
                }}
                onStale={look}
                onEnlarge={(page) => setAt(shown.indexOf(page))}
              />
            ))}
          </div>
          {quoted && <button type="button" class="jump" onClick={toSummary}>{`${count(locale, shared.pages, all)} · ${money(locale, quoted.price)} ↓`}</button>}
        </div>
        {job && access && <Summary own={own} job={job} access={access} ready={ready} sent={all} wishes={wishes} quoted={quoted} failure={failure} />}
      </div>
      {job && access && editable && <Later own={own.later} job={job} access={access} look={look} say={say} />}
      {at !== null && <Enlarged own={own} pages={shown} numberOf={numberOf} all={all} header={header} at={at} onMove={setAt} onClose={() => setAt(null)} />}
    </>
  );
}

// On a phone the price stands below the pages. A link to it would put its fragment in place of the private link.
function toSummary(): void {
  const summary = document.getElementById("summary-title");
  summary?.parentElement?.scrollIntoView({ block: "end" });
  summary?.focus({ preventScroll: true });
}

function converting(job: JobView): boolean {
  return job.documents.some(({ state }) => state === "awaited");
}

interface SummaryProps {
  readonly own: PreviewTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly ready: boolean;
  readonly sent: number;
  readonly wishes: Wishes;
  readonly quoted: Quote | null;
  readonly failure: Failure | "noNumber" | null;
}

function Summary({ own, job, access, ready, sent, wishes, quoted, failure }: SummaryProps) {
  const { shared, locale, paths } = useSite();
  const here = fragmentOf(access);
  return (
    <aside class="card summary" aria-labelledby="summary-title">
      <h2 id="summary-title" tabIndex={-1}>{own.summary}</h2>
      {failure !== null && <p class="warning">{failure === "noNumber" ? own.noNumber : failureText(shared, failure)}</p>}
      <dl>
        <dt>{own.to}</dt>
        <dd>{quoted?.recipient.display ?? (readDraft(job.job).to || "–")} <a href={paths.send + here}>{shared.change}<span class="unseen">: {own.to}</span></a></dd>
        <dt>{own.pages}</dt>
        <dd>{sent === 0 ? "…" : sent}</dd>
        <dt>{own.price}</dt>
        <dd>{quoted ? <><strong class="price">{money(locale, quoted.price)}</strong> <span class="hint">{fill(own.withVat, { percent: quoted.vat_percent })}</span></> : "…"}</dd>
        <dt>{own.duration}</dt>
        <dd>{quoted ? fill(own.about, { time: span(locale, shared, quoted.expected_seconds) }) : "…"}</dd>
      </dl>
      {job.actions.includes("add_documents") && (
        <div class="tick">
          <input id="standard" type="checkbox" checked={job.resolution === "standard"} aria-describedby="standard-hint" onChange={(event) => wishes.fine(event.currentTarget.checked ? "standard" : "fine")} />
          <label for="standard">{own.arrange.standard}<span class="hint" id="standard-hint"> {own.arrange.standardHint}</span></label>
        </div>
      )}
      <p>{own.onlyIfDelivered}</p>
      {quoted && quoted.redials.busy.length > 0 && <p class="hint">{fill(own.redials, { times: minutes(locale, quoted) })}</p>}
      {quoted && <Timetable redials={quoted.redials} />}
      <p class="buttons">
        {ready && quoted ? <a class="button" href={paths.order + here}>{own.next}</a> : <span class="button waiting" aria-disabled="true">{own.next}</span>}
      </p>
    </aside>
  );
}

function minutes(locale: string, { redials }: Quote): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(redials.busy.map((seconds) => String(Math.max(1, Math.round(seconds / 60)))));
}

function useQuote(job: JobView | null, access: Access | null, ready: boolean): [Quote | null, Failure | "noNumber" | null] {
  const [quoted, setQuoted] = useState<Quote | null>(null);
  const [failure, setFailure] = useState<Failure | "noNumber" | null>(null);
  useEffect(() => {
    if (!ready || !job || !access) return;
    const { to, country } = readDraft(job.job);
    const number = to === "" ? job.recipient && { to: job.recipient.e164, country: job.recipient.country } : { to, country };
    if (!number) return setFailure("noNumber");
    void quote(access, number).then((answer) => {
      setQuoted(answer.ok ? answer.value : null);
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [ready, job?.pages.length, job?.resolution, job?.cover === undefined]);
  return [quoted, failure];
}
