// The first page: documents and number. Files go out as soon as they are chosen, while the number is still being typed;
// the address takes up the private link at once, so that reload, back and a closed tab lose nothing.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Access, quote, type TypedNumber, viewJob } from "../api/client";
import { poll } from "../api/poll";
import type { JobView } from "../api/types";
import { findAccess, fragmentOf, keepAccess, showInAddress } from "../flow/access";
import { preselect } from "../flow/country";
import { adoptDraft, readDraft, updateDraft } from "../flow/draft";
import { looksLikeNumber } from "../flow/number";
import { errorFor, ErrorSummary, failureText, type FormError } from "../parts/errors";
import { PrivateLink } from "../parts/link";
import { Live, useLive } from "../parts/live";
import { Lost } from "../parts/lost";
import { NumberQuestion } from "../parts/number";
import { useSite } from "../site/data";
import { count, fill } from "../site/words";
import type { SendTexts } from "../texts/texts";
import { Choose } from "./choose";
import { Files, type Item } from "./files";
import { FileRows } from "./list";

const NUMBER_CODES = ["number_invalid", "number_not_allowed", "number_country_unsupported"];

export function SendPage({ own }: { own: SendTexts }) {
  const { shared, locale, paths, ...site } = useSite();
  const [access, setAccess] = useState<Access | null>(null);
  const [items, setItems] = useState<readonly Item[]>([]);
  const [number, setNumber] = useState<TypedNumber>(() => typedAlready(site.country));
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [round, setRound] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const [lost, setLost] = useState<"noLink" | "notFound" | null>(null);
  const [said, say] = useLive();
  const accessNow = useRef<Access | null>(null);

  const files = useMemo(
    () =>
      new Files(null, site.api, {
        changed: setItems,
        opened: (opened) => {
          keepAccess(opened);
          showInAddress(opened);
          adoptDraft(opened.job);
          accessNow.current = opened;
          setAccess(opened);
        },
        uploaded: (document) => {
          const job = accessNow.current?.job ?? null;
          updateDraft(job, { uploaded: [...readDraft(job).uploaded, document] });
        },
      }),
    [],
  );

  useEffect(() => {
    const address = findAccess();
    if (address.kind === "link") void comeBack(address.access);
    if (address.kind === "broken" || address.kind === "job") setLost("noLink");
    const draft = readDraft(address.kind === "link" ? address.access.job : null);
    setNumber((now) => ({
      to: now.to || draft.to,
      country: draft.country || (now.country === site.country ? preselect(site.countries, navigator.languages, site.country) : now.country),
    }));
    const again = () => files.retry();
    const moved = () => location.reload();
    addEventListener("online", again);
    addEventListener("hashchange", moved);
    return () => {
      removeEventListener("online", again);
      removeEventListener("hashchange", moved);
    };
  }, []);

  async function comeBack(found: Access): Promise<void> {
    const answer = await viewJob(found);
    if (!answer.ok) return answer.failure.kind === "problem" ? setLost("notFound") : fail([{ field: null, text: shared.unreachable }]);
    if (!["draft", "ready", "failed"].includes(answer.value.stage)) return location.replace(paths.status + fragmentOf(found));
    files.reopen(found);
    accessNow.current = found;
    setAccess(found);
    files.take(answer.value, readDraft(found.job).uploaded);
  }

  const converting = items.some(({ state }) => state.phase === "converting");
  useEffect(() => {
    if (access === null || !converting) return;
    const polling = poll(access, (answer) => {
      if (answer.ok) tellReady(answer.value);
      return 1_000;
    });
    return () => polling.stop();
  }, [access, converting]);

  function tellReady(view: JobView): void {
    for (const document of view.documents) {
      const before = items.find((item) => item.document === document.id);
      if (document.state === "prepared" && before?.state.phase !== "prepared") {
        say(fill(own.files.ready, { name: document.name, pages: count(locale, shared.pages, document.pages) }));
      }
    }
    files.take(view, readDraft(view.job).uploaded);
  }

  function type(next: TypedNumber): void {
    setNumber(next);
    settle("number");
    updateDraft(access?.job ?? null, next);
  }

  // An answer that has been changed is not called wrong any more; the next press of the button looks again.
  function settle(field: string): void {
    setErrors((before) => (before.some((error) => error.field === field) ? before.filter((error) => error.field !== field) : before));
  }

  function fail(found: readonly FormError[]): void {
    setWaiting(false);
    setErrors(found);
    setRound((before) => before + 1);
  }

  function submit(event: Event): void {
    event.preventDefault();
    const found = check();
    fail(found);
    if (found.length === 0) setWaiting(true);
  }

  function check(): FormError[] {
    const found: FormError[] = [];
    const bad = items.filter(({ state }) => ["refused", "failed", "interrupted"].includes(state.phase));
    if (items.length === 0) found.push({ field: "files", text: own.files.missing });
    if (bad.length > 0) found.push({ field: "files", text: fill(own.files.bad, { names: bad.map(({ name }) => name).join(", ") }) });
    if (number.to.trim() === "") found.push({ field: "number", text: shared.number.missing });
    else if (!looksLikeNumber(number.to)) found.push({ field: "number", text: shared.number.wrong });
    return found;
  }

  const uploading = items.some(({ state }) => ["queued", "uploading", "offline"].includes(state.phase));
  const bad = items.some(({ state }) => ["refused", "failed", "interrupted"].includes(state.phase));
  useEffect(() => {
    if (!waiting || access === null) return;
    if (bad) fail(check());
    else if (uploading) say(own.waiting);
    else void go(access);
  }, [waiting, uploading, bad, access]);

  // The number is asked about here already, where it can be put right; pages still being made are no obstacle.
  async function go(to: Access): Promise<void> {
    const answer = await quote(to, number);
    if (!answer.ok && answer.failure.kind === "unreachable") return fail([{ field: null, text: shared.unreachable }]);
    if (!answer.ok && answer.failure.kind === "problem" && answer.failure.code !== "not_ready") {
      const field = NUMBER_CODES.includes(answer.failure.code) ? "number" : null;
      return fail([{ field, text: failureText(shared, answer.failure) }]);
    }
    updateDraft(to.job, number);
    location.assign(paths.preview + fragmentOf(to));
  }

  // Coming back through the browser's page cache must not find the button still waiting.
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => event.persisted && setWaiting(false);
    addEventListener("pageshow", shown);
    return () => removeEventListener("pageshow", shown);
  }, []);

  if (lost !== null) return <Lost why={lost} />;
  return (
    <>
      <ErrorSummary errors={errors} round={round} />
      <Live text={said} />
      <h1>{site.title}</h1>
      <ul class="promises">{own.promise.map((text) => <li key={text}>{text}</li>)}</ul>
      <form onSubmit={submit} noValidate>
        <fieldset class="question">
          <legend><h2>{own.files.legend}</h2></legend>
          <FileRows
            own={own}
            items={items}
            onRemove={(item) => { files.remove(item.key); say(fill(own.files.removed, { name: item.name })); document.getElementById("files")?.focus(); }}
            onRetry={(item) => files.retry(item.key)}
            onMove={(item, by) => {
              files.move(item.key, by);
              say(fill(shared.arrange.moved, { name: item.name, n: items.indexOf(item) + by + 1, all: items.length }));
            }}
            onPassword={(item, password) => files.unlock(item.key, password)}
          />
          <Choose
            own={own}
            any={items.length > 0}
            error={errorFor(errors, "files")}
            onFiles={(chosen) => { settle("files"); files.add(chosen); say(count(locale, own.files.added, chosen.length)); }}
          />
        </fieldset>
        <NumberQuestion value={number} error={errorFor(errors, "number")} onChange={type} />
        <p class="buttons">
          <button type="submit" class="first" aria-disabled={waiting ? "true" : undefined}>{own.next}</button>
        </p>
        {waiting && uploading && <p class="note">{own.waiting}</p>}
      </form>
      {access !== null && <PrivateLink access={access} say={say} />}
    </>
  );
}

// What was typed before the code arrived is in the page already and must win.
function typedAlready(country: string): TypedNumber {
  if (typeof document === "undefined") return { to: "", country };
  const field = document.getElementById("number") as HTMLInputElement | null;
  const select = document.getElementById("country") as HTMLSelectElement | null;
  return { to: field?.value ?? "", country: select?.value || country };
}
