// What the sender has typed and the server does not know yet: kept in this tab only, for this Job only, and forgotten
// when the fax is delivered or deleted. A closed tab forgets it too; the files are then still behind the private link.

/** Typed before the order: the number with its country, and the e-mail address. */
export interface Draft {
  readonly to: string;
  readonly country: string;
  readonly email: string;
  /** Ids of documents whose upload this tab has seen through; any other awaited one was cut off. */
  readonly uploaded: readonly string[];
}

const EMPTY: Draft = { to: "", country: "", email: "", uploaded: [] };

export function readDraft(job: string | null): Draft {
  try {
    const text = sessionStorage.getItem(key(job));
    return text === null ? EMPTY : { ...EMPTY, ...(JSON.parse(text) as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}

export function updateDraft(job: string | null, change: Partial<Draft>): void {
  try {
    sessionStorage.setItem(key(job), JSON.stringify({ ...readDraft(job), ...change }));
  } catch {
    // Storage is switched off: only a reload would lose what was typed.
  }
}

/** Hands what was typed before the first file over to the Job that the file opened. */
export function adoptDraft(job: string): void {
  updateDraft(job, readDraft(null));
  forgetDraft(null);
}

export function forgetDraft(job: string | null): void {
  try {
    sessionStorage.removeItem(key(job));
  } catch {
    // As above.
  }
}

function key(job: string | null): string {
  return `justfax.draft.${job ?? "new"}`;
}
