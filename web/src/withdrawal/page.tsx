// The withdrawal function of § 356a BGB: who, from which contract, where the confirmation goes; then one step to confirm,
// whose button has the law's words. Nothing but that is asked.
import { useEffect, useRef, useState } from "preact/hooks";
import { withdraw } from "../api/client";
import { Done } from "../parts/done";
import { ErrorSummary, type FormError } from "../parts/errors";
import { addressFault, Field } from "../parts/field";
import { useForm } from "../parts/form";
import { useSite } from "../site/data";
import { fill, moment } from "../site/words";
import type { WithdrawalTexts } from "../texts/texts";

const LONGEST = 200;

export function WithdrawalForm({ own }: { own: WithdrawalTexts }) {
  const { api, locale } = useSite();
  const form = useForm(["name", "order", "email"]);
  const root = useRef<HTMLFormElement>(null);
  const [name, setName] = useState("");
  const [order, setOrder] = useState("");
  const [email, setEmail] = useState("");
  const [checking, setChecking] = useState(false);
  const [received, setReceived] = useState<string | null>(null);

  useEffect(() => {
    const typed = (field: string) => (root.current?.elements.namedItem(field) as HTMLInputElement | null)?.value ?? "";
    setName(typed("name"));
    setOrder(typed("order"));
    setEmail(typed("email"));
  }, []);

  function faults(): FormError[] {
    const missing = (field: string, value: string, text: string) => (value.trim() === "" ? [{ field, text }] : []);
    return [...missing("name", name, own.nameMissing), ...missing("order", order, own.orderMissing), ...addressFault("email", email, own)];
  }

  async function next(event: Event): Promise<void> {
    event.preventDefault();
    const fine = await form.send(faults(), async () => ({ ok: true, value: true }));
    if (fine !== null) setChecking(true);
  }

  async function confirm(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await form.send([], () => withdraw({ name: name.trim(), order: order.trim(), email: email.trim(), language: api }));
    if (answer !== null) setReceived(answer.received);
  }

  if (received !== null) return <Done title={own.doneTitle} text={fill(own.done, { time: moment(locale, received, new Date(0)), email })} />;
  if (checking) {
    return (
      <form class="card" onSubmit={(event) => void confirm(event)} aria-labelledby="asking-title">
        <h2 id="asking-title">{own.checkTitle}</h2>
        <ErrorSummary errors={form.errors} round={form.round} />
        <p>{own.check}</p>
        <dl>
          <dt>{own.name}</dt><dd>{name}</dd>
          <dt>{own.order}</dt><dd>{order}</dd>
          <dt>{own.email}</dt><dd>{email}</dd>
        </dl>
        <p class="buttons">
          <button type="submit" class="first" aria-disabled={form.working ? "true" : undefined}>{own.confirm}</button>
          <button type="button" class="second" onClick={() => setChecking(false)}>{own.change}</button>
        </p>
      </form>
    );
  }
  return (
    <form class="card" ref={root} onSubmit={(event) => void next(event)} noValidate aria-labelledby="asking-title">
      <h2 id="asking-title">{own.title}</h2>
      <ErrorSummary errors={form.errors} round={form.round} />
      <Field id="name" autocomplete="name" longest={LONGEST} label={own.name} hint={own.nameHint} value={name} errors={form.errors} onChange={setName} />
      <Field id="order" longest={LONGEST} label={own.order} hint={own.orderHint} value={order} errors={form.errors} onChange={setOrder} />
      <Field id="email" kind="email" autocomplete="email" longest={254} label={own.email} hint={own.emailHint} value={email} errors={form.errors} onChange={setEmail} />
      <p class="buttons"><button type="submit" class="first">{own.button}</button></p>
    </form>
  );
}
