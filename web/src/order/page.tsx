// The third page: everything once more, consent, and the button that orders. The order is made here and not at the
// payment provider, as § 312j BGB wants it; the provider's page only takes the card.
import { useEffect, useState } from "preact/hooks";
import { type Access, checkout, type Failure, quote, type TypedNumber } from "../api/client";
import type { JobView, Quote } from "../api/types";
import { fragmentOf, keepAccess, keepPages } from "../flow/access";
import { readDraft, updateDraft } from "../flow/draft";
import { errorFor, ErrorSummary, failureText, FieldError, type FormError } from "../parts/errors";
import { useJob } from "../parts/job";
import { Linked } from "../parts/linked";
import { Lost } from "../parts/lost";
import { Live, useLive } from "../parts/live";
import { useSite } from "../site/data";
import { fill } from "../site/words";
import type { OrderTexts } from "../texts/texts";
import { OrderSummary } from "./summary";

const FIELDS: Readonly<Record<string, string>> = { email: "email", terms_version: "terms", early_performance: "early" };

export function OrderPage({ own }: { own: OrderTexts }) {
  const { shared, title, paths } = useSite();
  const [known] = useJob(() => null);
  const job = known.state === "known" ? known.job : null;
  const access = known.state === "known" ? known.access : null;

  useEffect(() => {
    if (access && job && ["sending", "undelivered", "delivered", "purged"].includes(job.stage)) location.replace(paths.status + fragmentOf(access));
  }, [job?.stage]);

  if (known.state === "lost") return <Lost why={known.why} />;
  return (
    <>
      {known.state === "unreachable" && <ErrorSummary errors={[{ field: null, text: shared.unreachable }]} round={0} />}
      {job && access ? (
        <OrderForm own={own} job={job} access={access} returned={known.state === "known" && known.returned} />
      ) : (
        <>
          <h1>{title}</h1>
          <p class="lead">{shared.loading}</p>
        </>
      )}
    </>
  );
}

interface Props {
  readonly own: OrderTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly returned: boolean;
}

function OrderForm({ own, job, access, returned }: Props) {
  const { shared, title, paths, termsVersion, api } = useSite();
  const draft = readDraft(job.job);
  const number: TypedNumber | null =
    draft.to !== "" ? { to: draft.to, country: draft.country } : job.recipient ? { to: job.recipient.e164, country: job.recipient.country } : null;
  const [quoted, setQuoted] = useState<Quote | null>(null);
  const [email, setEmail] = useState(draft.email || job.email || "");
  const [terms, setTerms] = useState(false);
  const [early, setEarly] = useState(false);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [round, setRound] = useState(0);
  const [working, setWorking] = useState(false);
  const [left, setLeft] = useState(returned || job.stage === "awaiting_payment");
  const [said, say] = useLive();

  useEffect(() => {
    if (number === null) location.replace(paths.send + fragmentOf(access));
    else void askPrice(number);
    const shown = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      setWorking(false);
      setLeft(true);
    };
    addEventListener("pageshow", shown);
    return () => removeEventListener("pageshow", shown);
  }, []);

  async function askPrice(of: TypedNumber): Promise<void> {
    const answer = await quote(access, of);
    if (answer.ok) setQuoted(answer.value);
    else fail([{ field: null, text: failureText(shared, answer.failure) }]);
  }

  function fail(found: readonly FormError[]): void {
    setWorking(false);
    setErrors(found);
    setRound((before) => before + 1);
  }

  function check(): FormError[] {
    const found: FormError[] = [];
    if (email.trim() === "") found.push({ field: "email", text: own.emailMissing });
    else if (!/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim())) found.push({ field: "email", text: own.emailWrong });
    if (!terms) found.push({ field: "terms", text: own.termsMissing });
    if (!early) found.push({ field: "early", text: own.earlyMissing });
    return found;
  }

  async function order(event: Event): Promise<void> {
    event.preventDefault();
    if (working || number === null) return;
    const found = check();
    fail(found);
    if (found.length > 0 || quoted === null) return;
    setWorking(true);
    say(own.working);
    updateDraft(job.job, { email: email.trim() });
    keepAccess(access);
    keepPages(job.job, { order: paths.order, status: paths.status });
    const answer = await checkout(access, {
      ...number,
      email: email.trim(),
      price: quoted.price,
      terms_version: termsVersion,
      early_performance: true,
      language: api,
    });
    if (answer.ok) location.assign(answer.value.url);
    else await refused(answer.failure, number);
  }

  async function refused(failure: Failure, of: TypedNumber): Promise<void> {
    if (failure.kind === "problem" && failure.code === "price_changed") {
      await askPrice(of);
      return fail([{ field: null, text: own.priceChanged }]);
    }
    // Another tab was quicker: the order is made already, and the status page knows how it goes.
    if (failure.kind === "problem" && failure.code === "wrong_stage") return location.replace(paths.status + fragmentOf(access));
    const field = failure.kind === "problem" && failure.field !== undefined ? (FIELDS[failure.field] ?? null) : null;
    fail([{ field, text: failureText(shared, failure) }]);
  }

  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <Live text={said} />
      <h1>{title}</h1>
      {job.payment.declined === true ? <p class="notice">{own.declined}</p> : left && <p class="notice">{own.cancelled}</p>}
      <form onSubmit={(event) => void order(event)} noValidate>
        <OrderSummary own={own} job={job} quoted={quoted} typed={number?.to ?? ""} here={fragmentOf(access)} />
        <fieldset class="question">
          <legend><h2>{own.emailLegend}</h2></legend>
          <div class={errorFor(errors, "email") === undefined ? "field" : "field wrong"}>
            <label for="email">{own.email}</label>
            <p class="hint" id="email-hint">{own.emailHint}</p>
            <FieldError id="email-error" text={errorFor(errors, "email")} />
            <input
              id="email"
              name="email"
              type="email"
              autocomplete="email"
              spellcheck={false}
              maxLength={254}
              value={email}
              aria-describedby={errorFor(errors, "email") === undefined ? "email-hint" : "email-hint email-error"}
              aria-invalid={errorFor(errors, "email") === undefined ? undefined : "true"}
              onInput={(event) => {
                setEmail(event.currentTarget.value);
                updateDraft(job.job, { email: event.currentTarget.value });
              }}
            />
          </div>
        </fieldset>
        <fieldset class="question">
          <legend><h2>{own.consentLegend}</h2></legend>
          <Tick id="terms" text={own.terms} on={terms} error={errorFor(errors, "terms")} onChange={setTerms} />
          <Tick id="early" text={own.early} on={early} error={errorFor(errors, "early")} onChange={setEarly} />
        </fieldset>
        <p>{own.sensitive}</p>
        <p>{own.charge}</p>
        <p class="buttons">
          <button type="submit" class="first" aria-disabled={working || quoted === null ? "true" : undefined}>{own.button}</button>
        </p>
        <p class="hint">{working ? own.working : fill(own.leaving, {})}</p>
      </form>
    </>
  );
}

interface TickProps {
  readonly id: string;
  readonly text: string;
  readonly on: boolean;
  readonly error: string | undefined;
  readonly onChange: (on: boolean) => void;
}

function Tick({ id, text, on, error, onChange }: TickProps) {
  return (
    <div class={error === undefined ? "field" : "field wrong"}>
      <FieldError id={`${id}-error`} text={error} />
      <div class="tick">
        <input
          id={id}
          type="checkbox"
          checked={on}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          aria-invalid={error === undefined ? undefined : "true"}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <label for={id}><Linked text={text} /></label>
      </div>
    </div>
  );
}
