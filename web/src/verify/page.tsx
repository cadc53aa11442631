// Checks a transmission report, and the files that belong to it, without any of them leaving the browser: the only
// request is for the public keys.
import { useEffect, useState } from "preact/hooks";
import { Live, useLive } from "../parts/live";
import { useSite } from "../site/data";
import { fill, moment } from "../site/words";
import type { VerifyTexts } from "../texts/texts";
import { Drop } from "./drop";
import { checkReport, type Facts, type PublicKey, sha256, type Verdict } from "./seal";

type Shown = Verdict | { readonly kind: "none" | "noKeys" | "tooLarge" };

/** A report is some hundred kilobytes. */
const LARGEST_REPORT = 20 * 1024 * 1024;

async function publishedKeys(): Promise<readonly PublicKey[] | null> {
  try {
    const answer = await fetch("/.well-known/justfax-report-keys.json", { credentials: "omit" });
    return answer.ok ? ((await answer.json()) as { keys: PublicKey[] }).keys : null;
  } catch {
    return null;
  }
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

async function verdictOn(file: File): Promise<Shown> {
  if (file.size > LARGEST_REPORT) return { kind: "tooLarge" };
  const keys = await publishedKeys();
  return keys === null ? { kind: "noKeys" } : checkReport(await bytesOf(file), keys);
}

export function VerifyPage({ own }: { own: VerifyTexts }) {
  const { title } = useSite();
  const [shown, setShown] = useState<Shown>({ kind: "none" });
  const [name, setName] = useState("");
  const [said, say] = useLive();

  async function check(file: File): Promise<void> {
    const verdict = await verdictOn(file);
    setName(file.name);
    setShown(verdict);
    if (verdict.kind !== "none") say(own.verdicts[verdict.kind].name);
  }

  return (
    <div class="article">
      <h1>{title}</h1>
      <Live text={said} />
      <p class="lead">{own.lead}</p>
      <Drop id="report" label={own.choose} hint={own.reportHint} accept="application/pdf,.pdf" onFile={(file) => void check(file)} />
      {shown.kind !== "none" && (
        <section class={shown.kind === "genuine" ? "card good" : "card bad"} aria-labelledby="verdict">
          <h2 id="verdict">{own.verdicts[shown.kind].name}</h2>
          <p>{name !== "" && <strong>{`${name}: `}</strong>}{own.verdicts[shown.kind].advice}</p>
          {shown.kind === "genuine" && <Told own={own} facts={shown.facts} />}
        </section>
      )}
      {shown.kind === "genuine" && <Originals own={own} facts={shown.facts} say={say} />}
      <h2>{own.howTitle}</h2>
      <p>{own.how}</p>
    </div>
  );
}

function Told({ own, facts }: { own: VerifyTexts; facts: Facts }) {
  const { locale } = useSite();
  const rows: readonly (readonly [string, string])[] = [
    [own.facts.result, facts.result === "delivered" ? own.facts.delivered : own.facts.notDelivered],
    [own.facts.recipient, facts.recipient],
    [own.facts.csid, facts.csid ?? own.facts.none],
    [own.facts.ended, moment(locale, facts.ended, new Date(0))],
    [own.facts.pages, `${facts.pages_confirmed ?? "–"} / ${facts.pages}`],
    [own.facts.files, facts.documents.map((document) => document.name).join(", ")],
    [own.facts.job, facts.job],
  ];
  return (
    <dl class="facts">
      {rows.flatMap(([term, value]) => [<dt key={term}>{term}</dt>, <dd key={`${term}:`}>{value}</dd>])}
    </dl>
  );
}

interface Found {
  readonly name: string;
  readonly sha256: string;
  readonly belongs: string | null;
}

function Originals({ own, facts, say }: { own: VerifyTexts; facts: Facts; say: (text: string) => void }) {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => setFound(null), [facts]);

  async function compare(file: File): Promise<void> {
    const hash = await sha256(await bytesOf(file));
    const belongs = facts.documents.find((document) => document.sha256 === hash)?.name ?? null;
    setFound({ name: file.name, sha256: hash, belongs });
    say(belongs === null ? own.original.bad : own.original.good);
  }

  return (
    <section aria-labelledby="original-title">
      <h2 id="original-title">{own.original.title}</h2>
      <Drop id="original" label={own.original.choose} hint={own.original.hint} accept="" onFile={(file) => void compare(file)} />
      {found !== null && (
        <div class={found.belongs === null ? "card bad" : "card good"}>
          <p><strong>{found.belongs === null ? own.original.bad : own.original.good}</strong></p>
          <p>{fill(own.original.compared, { name: found.name })} <code>{found.sha256}</code></p>
        </div>
      )}
    </section>
  );
}
