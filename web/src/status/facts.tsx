// The facts beside the calls: money, mails, and what is left of the documents.
import { useState } from "preact/hooks";
import { type Access, exportJob, type Failure, fetchReport } from "../api/client";
import type { DeletionView, JobView } from "../api/types";
import { fragmentOf } from "../flow/access";
import { Confirm } from "../parts/confirm";
import { Linked } from "../parts/linked";
import { save } from "../parts/save";
import { useSite } from "../site/data";
import { day, fill, moment, money } from "../site/words";
import type { StatusTexts } from "../texts/texts";

interface Props {
  readonly own: StatusTexts;
  readonly job: JobView;
}

// Withdrawing has its own button, with the words that § 356a BGB asks for, although it does what cancelling does.
export function Payment({ own, job, onWithdraw }: Props & { onWithdraw: () => void }) {
  const { locale } = useSite();
  const { state, reference } = job.payment;
  if (state === "none" || job.price === undefined) return null;
  return (
    <section class="card" aria-labelledby="money-title">
      <h2 id="money-title">{own.money}</h2>
      <p>{fill(own.payments[state], { amount: money(locale, job.price) })}</p>
      {reference !== undefined && <p class="hint">{own.reference}: <code>{reference}</code></p>}
      {(job.actions.includes("cancel") || job.actions.includes("money_back")) && (
        <>
          <p><Linked text={own.withdrawText} /></p>
          <p class="buttons"><Confirm id="withdraw" label={own.withdraw} texts={own.confirmWithdraw} onYes={onWithdraw} /></p>
        </>
      )}
    </section>
  );
}

export function Mails({ own, job }: Props) {
  if (job.mails.length === 0 && job.mail_stopped === undefined) return null;
  return (
    <section class="card" aria-labelledby="mails-title">
      <h2 id="mails-title">{own.mails}</h2>
      {job.email !== undefined && <p class="hint">{fill(own.mailTo, { email: job.email })}</p>}
      {job.mail_stopped !== undefined && <p class="warning">{own.mailStopped[job.mail_stopped]}</p>}
      <ul class="states">
        {job.mails.map(({ kind, state }) => (
          <li key={kind} class={state === "sent" ? "done" : "due"}>
            <span>{own.mailKinds[kind]}</span> <span class="state">{own.mailStates[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Copies({ own, job, onErase }: Props & { onErase: () => void }) {
  const { locale } = useSite();
  const left = job.deletions.some(({ state }) => state !== "deleted");
  return (
    <section class="card" aria-labelledby="copies-title">
      <h2 id="copies-title">{own.copies}</h2>
      <ul class="states">
        {job.deletions.map((deletion) => (
          <li key={deletion.copies} class={deletion.state === "deleted" ? "done" : "due"}>
            <span>{`${own.copyKinds[deletion.copies]} (${own.places[deletion.place]})`}</span> <span class="state">{stateText(own, locale, deletion)}</span>
          </li>
        ))}
      </ul>
      {left && job.stage !== "delivered" && <p class="hint">{fill(own.keptUntil, { time: day(locale, job.kept_until) })}</p>}
      {job.actions.includes("erase") && (
        <>
          <p>{job.stage === "delivered" || job.stage === "purged" ? own.forgetText : own.eraseText}</p>
          <p class="buttons"><Confirm
              id="erase"
              label={own.actions.erase}
              danger
              texts={job.stage === "delivered" || job.stage === "purged" ? own.confirmForget : own.confirmErase}
              onYes={onErase}
            /></p>
        </>
      )}
    </section>
  );
}

/** The receipt of a delivered fax, fit to be printed with the page. */
export function Receipt({ own, job }: Props) {
  const { locale, seller } = useSite();
  const { receipt } = job;
  if (receipt === undefined) return null;
  const texts = own.receipt;
  const rows: readonly (readonly [string, string])[] = [
    [texts.number, receipt.number],
    [texts.supplied, day(locale, receipt.supplied)],
    [texts.service, job.recipient?.display ?? ""],
    [texts.net, money(locale, receipt.net)],
    [fill(texts.vat, { percent: receipt.vat_percent }), money(locale, receipt.vat)],
    [texts.gross, money(locale, receipt.gross)],
    [texts.seller, seller],
  ];
  return (
    <section class="card" aria-labelledby="receipt-title">
      <h2 id="receipt-title">{texts.title}</h2>
      <dl>{rows.flatMap(([term, value]) => [<dt key={term}>{term}</dt>, <dd key={`${term}:`}>{value}</dd>])}</dl>
      <p class="buttons"><button type="button" class="second" onClick={() => print()}>{texts.print}</button></p>
    </section>
  );
}

/** The transmission report, once an attempt is over. */
export function Report({ own, job, access }: Props & { access: Access }) {
  const [failed, setFailed] = useState(false);
  if (job.attempts.at(-1)?.state !== "ended") return null;

  async function fetchIt(): Promise<void> {
    const report = await fetchReport(access);
    setFailed(report === null);
    if (report !== null) save(`${own.report.title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}-${job.job.slice(0, 8)}.pdf`, report);
  }

  return (
    <section class="card" aria-labelledby="report-title">
      <h2 id="report-title">{own.report.title}</h2>
      <p>{own.report.text}</p>
      {failed && <p class="warning" role="alert">{own.report.failed}</p>}
      <p class="buttons"><button type="button" class="second" onClick={() => void fetchIt()}>{own.report.button}</button></p>
      <p><Linked text={own.report.check} /></p>
    </section>
  );
}

/** Everything stored about the Job, to take away or to read. */
export function Download({ own, access, onFailure }: { own: StatusTexts; access: Access; onFailure: (failure: Failure) => void }) {
  const { paths } = useSite();
  async function take(): Promise<void> {
    const answer = await exportJob(access);
    if (answer.ok) save(`justfax-${access.job.slice(0, 8)}.json`, answer.value);
    else onFailure(answer.failure);
  }
  return (
    <section class="card" aria-labelledby="download-title">
      <h2 id="download-title">{own.download}</h2>
      <p>{own.downloadText}</p>
      <p class="buttons">
        <button type="button" class="second" onClick={() => void take()}>{own.download}</button>
        <a class="button second" href={paths.data + fragmentOf(access)}>{own.readData}</a>
      </p>
    </section>
  );
}

function stateText(own: StatusTexts, locale: string, { state, at }: DeletionView): string {
  return state === "deleted" && at !== undefined ? fill(own.copyStates.deletedAt, { time: moment(locale, at) }) : own.copyStates[state];
}
