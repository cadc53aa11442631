// What a Job shows as: one word for the heading, one tone for its colour, and how soon to look again.
import type { JobView } from "../api/types";
import type { StatusTexts } from "../texts/texts";

export type Shown = keyof StatusTexts["headings"];
export type Tone = "moving" | "good" | "bad" | "calm";

/** The heading. While sending, the last attempt says more than the stage. */
export function shownAs(job: JobView): Shown {
  if (job.stage === "purged") return allDeleted(job) ? "erased" : "purged";
  if (job.stage !== "sending") return job.stage;
  const last = job.attempts.at(-1);
  if (last === undefined) return "starting";
  if (last.state !== "ended") return last.state;
  return job.next_attempt === undefined ? "starting" : "waiting";
}

/** The sentence below the heading. */
export function leadOf(job: JobView): keyof StatusTexts["leads"] {
  if (job.stage === "purged") return allDeleted(job) ? "erased" : "erasing";
  if (job.stage === "awaiting_payment" && job.payment.declined === true) return "declined";
  const shown = shownAs(job);
  return shown;
}

export function toneOf(shown: Shown): Tone {
  switch (shown) {
    case "starting":
    case "dialling":
    case "transmitting":
    case "unknown":
    case "waiting":
    case "awaiting_payment":
      return "moving";
    case "delivered":
      return "good";
    case "undelivered":
    case "failed":
      return "bad";
    default:
      return "calm";
  }
}

/** Milliseconds to the next look, or null when nothing moves by itself any more. */
export function paceOf(job: JobView): number | null {
  if (job.stage === "sending") return 1_500;
  if (job.stage === "awaiting_payment") return 2_000;
  if (job.documents.some(({ state }) => state === "awaited") && job.stage === "draft") return 2_000;
  if (job.stage === "undelivered") return 20_000;
  const busy =
    ["capturing", "releasing"].includes(job.payment.state) ||
    job.deletions.some(({ state }) => state === "deleting") ||
    job.mails.some(({ state }) => state === "due") ||
    ((job.stage === "delivered" || job.stage === "purged") && !allDeleted(job));
  return busy ? 2_000 : null;
}

function allDeleted(job: JobView): boolean {
  return job.deletions.every(({ state }) => state === "deleted");
}
