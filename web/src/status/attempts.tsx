// Every call that was made, the latest first: when, how long, what came of it.
import type { AttemptView, JobView } from "../api/types";
import { useSite } from "../site/data";
import { count, fill, moment, span } from "../site/words";
import type { StatusTexts } from "../texts/texts";

export function Attempts({ own, job }: { own: StatusTexts; job: JobView }) {
  if (job.attempts.length === 0) return null;
  return (
    <section aria-labelledby="attempts-title">
      <h2 id="attempts-title">{own.history}</h2>
      <ol class="attempts" reversed>
        {[...job.attempts].reverse().map((attempt) => <Attempt key={attempt.number} own={own} attempt={attempt} />)}
      </ol>
    </section>
  );
}

function Attempt({ own, attempt }: { own: StatusTexts; attempt: AttemptView }) {
  const { shared, locale } = useSite();
  const told = attempt.outcome === undefined ? null : own.outcomes[attempt.outcome];
  const name = told?.name ?? (attempt.state === "ended" ? own.attemptStates.unknown : own.attemptStates[attempt.state]);
  const good = attempt.outcome === "delivered";
  const pages = attempt.pages ?? 0;
  return (
    <li class={`attempt ${attempt.state !== "ended" ? "moving" : good ? "good" : "bad"}`}>
      <h3>{fill(own.attempt, { n: attempt.number })}: {name}</h3>
      {told && !good && <p>{told.advice}</p>}
      {!good && pages > 0 && <p class="warning">{count(locale, own.partly, pages)}</p>}
      <dl>
        <Fact name={own.began}><time dateTime={attempt.began}>{moment(locale, attempt.began)}</time></Fact>
        {attempt.seconds !== undefined && <Fact name={own.duration}>{span(locale, shared, attempt.seconds)}</Fact>}
        {attempt.pages !== undefined && <Fact name={own.confirmed}>{attempt.pages}</Fact>}
        {good && <Fact name={own.station}>{attempt.csid?.trim() || own.noStation}</Fact>}
        {good && attempt.sent_sha256 !== undefined && <Fact name={own.fingerprint}><code>{attempt.sent_sha256}</code></Fact>}
      </dl>
    </li>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
