// The contact form: becomes a mail to the operator.
import { useEffect, useRef, useState } from "preact/hooks";
import { sendMessage } from "../api/client";
import { ErrorSummary } from "../parts/errors";
import { addressFault, Field } from "../parts/field";
import { useForm } from "../parts/form";
import { Done } from "../parts/done";
import { useSite } from "../site/data";
import type { ContactTexts } from "../texts/texts";

const LONGEST = 4000;

export function ContactForm({ own }: { own: ContactTexts }) {
  const { api } = useSite();
  const form = useForm(["email", "text"]);
  const root = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState("");
  const [text, setText] = useState("");
  const [done, setDone] = useState(false);

  // What was typed before this code arrived is in the boxes already.
  useEffect(() => {
    const typed = (name: string) => (root.current?.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "";
    setEmail(typed("email"));
    setText(typed("text"));
  }, []);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    const faults = [...addressFault("email", email, own), ...(text.trim() === "" ? [{ field: "text", text: own.textMissing }] : [])];
    const sent = await form.send(faults, () => sendMessage({ email: email.trim(), text, language: api }));
    if (sent !== null) setDone(true);
  }

  if (done) return <Done title={own.doneTitle} text={own.done} />;
  return (
    <form class="card" ref={root} onSubmit={(event) => void send(event)} noValidate aria-labelledby="asking-title">
      <h2 id="asking-title">{own.title}</h2>
      <ErrorSummary errors={form.errors} round={form.round} />
      <Field id="email" kind="email" autocomplete="email" longest={254} label={own.email} hint={own.emailHint} value={email} errors={form.errors} onChange={setEmail} />
      <Field id="text" kind="long" longest={LONGEST} label={own.text} hint={own.textHint} value={text} errors={form.errors} onChange={setText} />
      <p class="buttons"><button type="submit" class="first" aria-disabled={form.working ? "true" : undefined}>{own.button}</button></p>
    </form>
  );
}
