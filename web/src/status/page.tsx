// The fourth page: where the fax is. Its heading is the state; everything else says what happens next and what the
// sender may do about it.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Access, type Answer, cancel, eraseJob, type Failure, moneyBack } from "../api/client";
import type { JobView } from "../api/types";
import { forgetDraft } from "../flow/draft";
import { ErrorSummary, failureText, type FormError } from "../parts/errors";
import { useJob } from "../parts/job";
import { PrivateLink } from "../parts/link";
import { Live, useLive } from "../parts/live";
import { Lost } from "../parts/lost";
import { useSite } from "../site/data";
import type { StatusTexts } from "../texts/texts";
import { Actions } from "./actions";
import { Attempts } from "./attempts";
import { Copies, Download, Mails, Payment, Receipt, Report } from "./facts";
import { Headline } from "./headline";
import { paceOf, shownAs } from "./state";

export function StatusPage({ own }: { own: StatusTexts }) {
  const { shared, title } = useSite();
  const [known, show] = useJob(paceOf);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [round, setRound] = useState(0);
  const [said, say] = useLive();
  const job = known.state === "known" ? known.job : null;
  const shown = job === null ? null : shownAs(job);
  const before = useRef<string | null>(null);

  useEffect(() => {
    if (job === null || shown === null) return;
    const heading = own.headings[shown];
    document.title = `${heading} · ${document.title.split(" · ").at(-1) ?? ""}`;
    if (before.current !== null) say(heading);
    before.current = shown;
    if (job.stage === "delivered" || job.stage === "purged") forgetDraft(job.job);
  }, [shown]);

  function fail(failure: Failure): void {
    setErrors([{ field: null, text: failureText(shared, failure) }]);
    setRound((times) => times + 1);
  }

  async function act(ask: (access: Access) => Promise<Answer<JobView>>): Promise<void> {
    if (known.state !== "known") return;
    const answer = await ask(known.access);
    setErrors(answer.ok ? [] : [{ field: null, text: failureText(shared, answer.failure) }]);
    setRound((times) => times + 1);
    if (answer.ok) show(answer.value);
  }

  if (known.state === "lost") return <Lost why={known.why} />;
  if (known.state !== "known") {
    return (
      <>
        {known.state === "unreachable" && <ErrorSummary errors={[{ field: null, text: shared.unreachable }]} round={0} />}
        <h1>{title}</h1>
        <p class="lead">{shared.loading}</p>
      </>
    );
  }
  const { access } = known;
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <Live text={said} />
      <Headline own={own} job={known.job} />
      {!known.online && <p class="notice">{own.offline}</p>}
      <Actions
        own={own}
        job={known.job}
        access={access}
        onShow={show}
        onCancel={() => void act(cancel)}
        onMoneyBack={() => void act(moneyBack)}
      />
      <Attempts own={own} job={known.job} />
      <div class="cards">
        <Report own={own} job={known.job} access={access} />
        <Payment own={own} job={known.job} onWithdraw={() => void act(known.job.actions.includes("money_back") ? moneyBack : cancel)} />
        <Receipt own={own} job={known.job} />
        <Mails own={own} job={known.job} />
        <Copies own={own} job={known.job} onErase={() => void act(eraseJob)} />
        <PrivateLink access={access} say={say} />
        <Download own={own} access={access} onFailure={(failure) => fail(failure)} />
      </div>
    </>
  );
}
