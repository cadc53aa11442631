// What the sender may do now, as the API says; the most helpful thing first.
import { useState } from "preact/hooks";
import { type Access, correctNumber, type TypedNumber } from "../api/client";
import type { JobView } from "../api/types";
import { fragmentOf, keepAccess } from "../flow/access";
import { Confirm } from "../parts/confirm";
import { errorFor, ErrorSummary, failureText, type FormError } from "../parts/errors";
import { NumberQuestion } from "../parts/number";
import { looksLikeNumber } from "../flow/number";
import { useSite } from "../site/data";
import { fill, moment } from "../site/words";
import type { StatusTexts } from "../texts/texts";

interface Props {
  readonly own: StatusTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly onShow: (job: JobView) => void;
  readonly onCancel: () => void;
  readonly onMoneyBack: () => void;
}

export function Actions({ own, job, access, onShow, onCancel, onMoneyBack }: Props) {
  const { shared, paths } = useSite();
  const may = (action: JobView["actions"][number]) => job.actions.includes(action);
  const here = fragmentOf(access);
  const onward = job.stage === "ready" || job.stage === "failed" ? paths.preview : paths.send;
  return (
    <>
      {may("correct_number") && <Correct own={own} job={job} access={access} onShow={onShow} />}
      <p class="buttons">
        {may("pay") && job.payment.url !== undefined && (
          <a class="button" href={job.payment.url} rel="noreferrer" onClick={() => keepAccess(access)}>{own.actions.pay}</a>
        )}
        {may("order") && <a class="button" href={onward + here}>{own.actions.order}</a>}
        {may("add_documents") && <a class="button second" href={paths.send + here}>{own.actions.add_documents}</a>}
        {may("money_back") && <Confirm id="money-back" label={own.actions.money_back} texts={own.confirmMoney} onYes={onMoneyBack} />}
        {may("cancel") && <Confirm id="cancel" label={own.actions.cancel} texts={own.confirmCancel} onYes={onCancel} />}
        {(job.stage === "delivered" || job.stage === "purged") && <a class="button second" href={paths.send}>{shared.newFax}</a>}
      </p>
    </>
  );
}

function Correct({ own, job, access, onShow }: Pick<Props, "own" | "job" | "access" | "onShow">) {
  const { shared, locale, country } = useSite();
  const [number, setNumber] = useState<TypedNumber>({ to: job.recipient?.display ?? "", country: job.recipient?.country ?? country });
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [round, setRound] = useState(0);
  const [working, setWorking] = useState(false);

  function fail(field: string | null, text: string): void {
    setErrors([{ field, text }]);
    setRound(round + 1);
    setWorking(false);
  }

  async function again(event: Event): Promise<void> {
    event.preventDefault();
    if (working) return;
    if (!looksLikeNumber(number.to)) return fail("number", number.to.trim() === "" ? shared.number.missing : shared.number.wrong);
    setWorking(true);
    const answer = await correctNumber(access, number);
    if (answer.ok) return onShow(answer.value);
    const { failure } = answer;
    fail(failure.kind === "problem" && failure.code.startsWith("number_") ? "number" : null, failureText(shared, failure));
  }

  return (
    <form class="card" onSubmit={(event) => void again(event)} noValidate aria-labelledby="correct-title">
      <h2 id="correct-title">{own.correct.title}</h2>
      <ErrorSummary errors={errors} round={round} />
      <p>{fill(own.correct.text, { time: job.correct_until === undefined ? "–" : moment(locale, job.correct_until) })}</p>
      <NumberQuestion value={number} error={errorFor(errors, "number")} onChange={setNumber} />
      <p class="buttons">
        <button type="submit" class="first" aria-disabled={working ? "true" : undefined}>{own.correct.button}</button>
      </p>
    </form>
  );
}
