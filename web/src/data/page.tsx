// One's own data: by the private link of a fax, by a link mailed to the address, or the question for that address. What
// the address of this page carries decides; it lives in the fragment, which no server sees. A mailed link works once, so
// it is used only when somebody presses the button, and not by a program that looks at links in mails.
import { useEffect, useState } from "preact/hooks";
import { type Access, askRights, eraseAddress, eraseJob, exportJob, faxesOfAddress, openRights } from "../api/client";
import type { Export } from "../api/types";
import { readFragment } from "../flow/access";
import { Confirm } from "../parts/confirm";
import { Done } from "../parts/done";
import { ErrorSummary } from "../parts/errors";
import { addressFault, Field } from "../parts/field";
import { type Form, useForm } from "../parts/form";
import { save } from "../parts/save";
import { useSite } from "../site/data";
import type { DataTexts } from "../texts/texts";
import { FaxFacts } from "./facts";

type Way =
  | { readonly by: "asking" }
  | { readonly by: "mail"; readonly link: string }
  | { readonly by: "fax"; readonly access: Access }
  | { readonly by: "key"; readonly key: string };

function wayHere(): Way {
  const address = readFragment(location.hash);
  if (address.kind === "link") return { by: "fax", access: address.access };
  const link = /^#([A-Za-z0-9_-]{32})$/.exec(location.hash)?.[1];
  return link === undefined ? { by: "asking" } : { by: "mail", link };
}

export function DataPage({ own }: { own: DataTexts }) {
  const [way, setWay] = useState<Way>({ by: "asking" });
  const [faxes, setFaxes] = useState<readonly Export[] | null>(null);
  const [erased, setErased] = useState(false);
  const form = useForm(["email"]);

  useEffect(() => setWay(wayHere()), []);
  useEffect(() => {
    if (way.by === "fax") void form.send([], () => exportJob(way.access)).then((fax) => fax !== null && setFaxes([fax]));
  }, [way]);

  async function open(link: string): Promise<void> {
    const opened = await form.send([], () => openRights(link));
    history.replaceState(history.state, "", location.pathname);
    if (opened === null) return setWay({ by: "asking" });
    setWay({ by: "key", key: opened.key });
    const found = await form.send([], () => faxesOfAddress(opened.key));
    if (found !== null) setFaxes(found.faxes);
  }

  async function erase(): Promise<void> {
    const done = await form.send<unknown>([], async () => {
      if (way.by === "fax") return eraseJob(way.access);
      return way.by === "key" ? eraseAddress(way.key) : { ok: true as const, value: null };
    });
    if (done !== null) setErased(true);
  }

  if (erased) return <Done title={own.erasedTitle} text={own.erased} />;
  if (faxes !== null) return <Faxes own={own} faxes={faxes} form={form} onErase={() => void erase()} />;
  if (way.by !== "mail") return <Ask own={own} form={form} />;
  return (
    <div class="card">
      <h2>{own.openTitle}</h2>
      <p>{own.open}</p>
      <p class="buttons"><button type="button" class="first" onClick={() => void open(way.link)}>{own.openButton}</button></p>
    </div>
  );
}

function Ask({ own, form }: { own: DataTexts; form: Form }) {
  const { api } = useSite();
  const [email, setEmail] = useState("");
  const [asked, setAsked] = useState(false);

  useEffect(() => setEmail((document.getElementById("email") as HTMLInputElement | null)?.value ?? ""), []);

  async function ask(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await form.send(addressFault("email", email, own), () => askRights({ email: email.trim(), language: api }));
    if (answer !== null) setAsked(true);
  }

  if (asked) return <Done title={own.askedTitle} text={own.asked} />;
  return (
    <form class="card" onSubmit={(event) => void ask(event)} noValidate aria-labelledby="asking-title">
      <h2 id="asking-title">{own.title}</h2>
      <ErrorSummary errors={form.errors} round={form.round} />
      <Field id="email" kind="email" autocomplete="email" longest={254} label={own.email} hint={own.emailHint} value={email} errors={form.errors} onChange={setEmail} />
      <p class="buttons"><button type="submit" class="first" aria-disabled={form.working ? "true" : undefined}>{own.button}</button></p>
    </form>
  );
}

interface FaxesProps {
  readonly own: DataTexts;
  readonly faxes: readonly Export[];
  readonly form: Form;
  readonly onErase: () => void;
}

function Faxes({ own, faxes, form, onErase }: FaxesProps) {
  if (faxes.length === 0) return <Done title={own.nothingTitle} text={own.nothing} />;
  return (
    <section aria-labelledby="asking-title">
      <h2 id="asking-title">{own.listTitle}</h2>
      <ErrorSummary errors={form.errors} round={form.round} />
      {faxes.map((fax) => <FaxFacts key={fax.job} own={own} fax={fax} />)}
      <p class="buttons">
        <button type="button" class="first" onClick={() => save("justfax.json", faxes)}>{own.download}</button>
        <Confirm id="erase-all" label={own.erase} danger texts={own.confirmErase} onYes={onErase} />
      </p>
    </section>
  );
}
