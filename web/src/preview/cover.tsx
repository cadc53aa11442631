// The cover page: written here, set by the service, and shown as it will be sent. Its picture comes with the secret, not
// from the storage: it is made anew whenever the number of pages on it changes.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Access, removeCover, viewCover, writeCover } from "../api/client";
import type { Cover, CoverPage, JobView } from "../api/types";
import { failureText } from "../parts/errors";
import { ACROSS, HeaderStrip } from "../parts/pages";
import { useSite } from "../site/data";
import { fill } from "../site/words";
import type { PreviewTexts } from "../texts/texts";

const FIELDS = ["to", "from", "subject"] as const;

interface Props {
  readonly own: PreviewTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly editable: boolean;
  /** Pages of the fax, the cover among them. */
  readonly all: number;
  readonly to: string;
  readonly look: () => void;
  readonly say: (text: string) => void;
}

export function CoverPart({ own, job, access, editable, all, to, look, say }: Props) {
  const [open, setOpen] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const { cover: texts } = own;
  if (!job.cover && !editable) return null;

  function done(said: string): void {
    setOpen(false);
    look();
    say(said);
    setTimeout(() => add.current?.focus());
  }

  return (
    <section class="pile covers" aria-labelledby="cover-title">
      <div class="pile-top">
        <h2 id="cover-title">{texts.title}</h2>
        {editable && !open && (
          <button ref={add} type="button" class="button second" onClick={() => setOpen(true)}>{job.cover ? texts.change : texts.add}</button>
        )}
      </div>
      {!job.cover && !open && <p class="hint">{texts.intro}</p>}
      {open && <CoverForm own={own} job={job} access={access} onDone={done} onClose={() => setOpen(false)} />}
      {job.cover && !open && <CoverPicture own={own} job={job} access={access} all={all} to={to} />}
    </section>
  );
}

function CoverPicture({ own, job, access, all, to }: { own: PreviewTexts; job: JobView; access: Access; all: number; to: string }) {
  const { shared } = useSite();
  const [page, setPage] = useState<CoverPage | null>(null);
  const [failed, setFailed] = useState(false);
  const shown = JSON.stringify([job.cover, job.pages.length, job.resolution]);
  useEffect(() => {
    let current = true;
    setFailed(false);
    void viewCover(access).then((answer) => {
      if (!current) return;
      setFailed(!answer.ok);
      if (answer.ok) setPage(answer.value);
    });
    return () => {
      current = false;
    };
  }, [shown]);
  return (
    <div class="sheets">
      <div class="sheet">
        <h3>{fill(own.page, { n: 1 })}</h3>
        <div class="stamped">
          <HeaderStrip sender={job.header_sender} to={to} number={1} all={all} />
          <div class="paper">{page ? <img src={page.picture} width={page.columns} height={Math.round((page.rows * ACROSS) / page.rows_per_inch)} alt={fill(own.alt, { n: 1, all })} /> : <span class="blank" />}</div>
        </div>
        {failed && <p class="warning">{own.imageFailed} {shared.unreachable}</p>}
      </div>
    </div>
  );
}

interface FormProps {
  readonly own: PreviewTexts;
  readonly job: JobView;
  readonly access: Access;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}

function CoverForm({ own: { cover: texts }, job, access, onDone, onClose }: FormProps) {
  const { shared, locale } = useSite();
  const [typed, setTyped] = useState<Cover>(job.cover ?? { language: locale.slice(0, 2) as Cover["language"], to: "", from: "", subject: "", message: "" });
  const [error, setError] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await writeCover(access, typed);
    if (answer.ok) onDone(texts.saved);
    else {
      setError(failureText(shared, answer.failure));
      document.getElementById("cover-message")?.focus();
    }
  }

  async function remove(): Promise<void> {
    const answer = await removeCover(access);
    if (answer.ok) onDone(texts.removed);
    else setError(failureText(shared, answer.failure));
  }

  return (
    <form class="card" onSubmit={(event) => void save(event)}>
      {error !== null && <p class="warning" id="cover-error" role="alert">{error}</p>}
      {FIELDS.map((name) => (
        <div class="field" key={name}>
          <label for={`cover-${name}`}>{texts[name]}</label>
          <input {...(name === "to" ? { ref: first } : {})} id={`cover-${name}`} maxLength={200} autocomplete="off" value={typed[name]} onInput={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })} />
        </div>
      ))}
      <div class="field">
        <label for="cover-message">{texts.message}</label>
        <textarea id="cover-message" rows={6} maxLength={4000} value={typed.message} aria-describedby={error === null ? undefined : "cover-error"} onInput={(event) => setTyped({ ...typed, message: event.currentTarget.value })} />
      </div>
      <p class="buttons">
        <button type="submit" class="first">{texts.save}</button>
        {job.cover && <button type="button" class="second danger" onClick={() => void remove()}>{texts.remove}</button>}
        <button type="button" class="second" onClick={onClose}>{shared.back}</button>
      </p>
    </form>
  );
}
