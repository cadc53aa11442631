// For who cannot finish now: the private link by mail, one reminder before the files go, and "delete now". Nothing is
// mailed that was not asked for here, and what will be mailed is said before the address is given.
import { useState } from "preact/hooks";
import { type Access, declineReminder, eraseJob, mailLink } from "../api/client";
import type { JobView } from "../api/types";
import { Confirm } from "../parts/confirm";
import { ErrorSummary } from "../parts/errors";
import { addressFault, Field } from "../parts/field";
import { useForm } from "../parts/form";
import { useSite } from "../site/data";
import { fill, moment } from "../site/words";
import type { LaterTexts } from "../texts/texts";

/** As `retention::REMINDER`: who asks later than this before the end is not reminded. */
const REMINDER_MS = 3 * 24 * 3_600_000;

interface Props {
  readonly own: LaterTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly look: () => void;
  readonly say: (text: string) => void;
}

export function Later({ own, job, access, look, say }: Props) {
  const { api, locale } = useSite();
  const form = useForm(["email"]);
  const [email, setEmail] = useState(job.link?.email ?? job.email ?? "");
  const [note, setNote] = useState("");
  const end = moment(locale, job.kept_until);
  const reminds = Date.parse(job.kept_until) - Date.now() > REMINDER_MS;

  function tell(text: string): void {
    setNote(text);
    say(text);
    look();
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    const to = email.trim();
    const sent = await form.send(addressFault("email", email, own), () => mailLink(access, { email: to, language: api }));
    if (sent !== null) tell(fill(own.sent, { email: to }));
  }

  async function decline(): Promise<void> {
    const declined = await form.send([], () => declineReminder(access));
    if (declined !== null) tell(own.declined);
  }

  async function erase(): Promise<void> {
    const erased = await form.send([], () => eraseJob(access));
    if (erased !== null) look();
  }

  return (
    <section class="card later" aria-labelledby="later-title">
      <h2 id="later-title">{own.title}</h2>
      <p>{fill(own.text, { time: end })}</p>
      {note !== "" && <p class="notice">{note}</p>}
      {job.link?.reminder !== undefined && (
        <>
          <p>{fill(own.reminder, { email: job.link.email, time: moment(locale, job.link.reminder) })}</p>
          <p class="buttons"><button type="button" class="second" onClick={() => void decline()}>{own.decline}</button></p>
        </>
      )}
      <form onSubmit={(event) => void send(event)} noValidate>
        <ErrorSummary errors={form.errors} round={form.round} />
        <Field id="email" kind="email" autocomplete="email" longest={254} label={own.email} hint={reminds ? own.hint : own.hintLate} value={email} errors={form.errors} onChange={setEmail} />
        <p class="buttons">
          <button type="submit" class="second" aria-disabled={form.working ? "true" : undefined}>{own.button}</button>
          <Confirm id="erase" danger label={own.erase} texts={own.confirmErase} onYes={() => void erase()} />
        </p>
      </form>
    </section>
  );
}
