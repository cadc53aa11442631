// The state as the page's first heading, with the one sentence that explains it.
import type { JobView } from "../api/types";
import { Timetable } from "../parts/timetable";
import { useSite } from "../site/data";
import { count, fill, moment, money } from "../site/words";
import type { StatusTexts } from "../texts/texts";
import { leadOf, shownAs, toneOf } from "./state";

export function Headline({ own, job }: { own: StatusTexts; job: JobView }) {
  const { shared, locale } = useSite();
  const shown = shownAs(job);
  const number = job.attempts.length;
  const planned = job.attempts_planned;
  const sending = job.stage === "sending" && number > 0;
  const outcome = job.attempts.at(-1)?.outcome;
  return (
    <div class={`headline ${toneOf(shown)}`}>
      <h1>{own.headings[shown]}</h1>
      {job.recipient && (
        <p class="headline-to">
          {fill(own.toPages, { number: job.recipient.display, pages: count(locale, shared.pages, pagesOf(job)) })}
          {job.price && ` · ${money(locale, job.price)}`}
        </p>
      )}
      {sending && (
        <p class="headline-attempt">
          {planned !== undefined && planned > 1 ? fill(own.attemptOf, { n: number, all: Math.max(planned, number) }) : fill(own.attempt, { n: number })}
          {job.next_attempt !== undefined && ` · ${fill(own.nextAttempt, { time: moment(locale, job.next_attempt) })}`}
        </p>
      )}
      {job.stage === "delivered" && job.delivered !== undefined && <p class="headline-attempt">{moment(locale, job.delivered)}</p>}
      {(shown === "waiting" || shown === "undelivered") && outcome !== undefined && outcome !== "delivered" && (
        <p><strong>{own.outcomes[outcome].name}.</strong> {own.outcomes[outcome].advice}</p>
      )}
      <p>{own.leads[leadOf(job)]}</p>
      {job.redials !== undefined && <Timetable redials={job.redials} />}
    </div>
  );
}

// The pages are gone once they are deleted; the attempt still knows how many it sent.
function pagesOf(job: JobView): number {
  const prepared = job.documents.reduce((sum, { pages }) => sum + pages, 0);
  return job.pages.length || prepared || (job.attempts.at(-1)?.pages ?? 0);
}
