// Jobs in every state that the status page can show, typed by the API's own types.
import type { AttemptView, DeletionView, JobView, Outcome } from "../../src/api/types";

const NOW = Date.now();
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

export const KEPT: DeletionView[] = (["originals", "pages", "transmissions", "pictures", "carrier_copy"] as const)
  .map((copies) => ({ copies, place: copies === "carrier_copy" ? "carrier" : "storage", state: "kept" }));

export function attempt(number: number, change: Partial<AttemptView> = {}): AttemptView {
  return { number, to: "+493023125001", state: "ended", began: at(-600 + number * 60), ...change };
}

export function ended(number: number, outcome: Outcome, change: Partial<AttemptView> = {}): AttemptView {
  return attempt(number, { ended: at(-580 + number * 60), outcome, seconds: outcome === "busy" ? 4 : 62, pages: 0, ...change });
}

export function job(change: Partial<JobView> = {}): JobView {
  return {
    job: "a".repeat(26),
    language: "de",
    stage: "sending",
    created: at(-900),
    kept_until: at(30 * 86_400),
    documents: [{ id: "d".repeat(16), name: "Steuererklärung 2025.pdf", bytes: 182_000, state: "prepared", pages: 3, photo: false, turns: [], left_out: [] }],
    resolution: "fine",
    pages: [],
    left_out: [],
    header_sender: "JustFax +49 30 23125000",
    recipient: { e164: "+493023125001", display: "+49 30 23125001", country: "DE" },
    email: "sender@example.com",
    price: { amount: 239, currency: "EUR" },
    payment: { state: "held", reference: "pi_3QK2hQ7a" },
    attempts: [],
    redials: { busy: [300, 300, 900, 2400], no_answer: [600, 1800], line_lost: [0, 300], not_a_fax: [600] },
    deletions: KEPT,
    mails: [{ kind: "ordered", state: "sent" }],
    actions: ["cancel", "erase"],
    ...change,
  };
}

/** What is left of a Job whose person was forgotten. */
export function forgotten(change: Partial<JobView>): JobView {
  const { recipient: _, email: __, price: ___, ...left } = job({ documents: [], attempts: [], mails: [], actions: [], ...change });
  return left;
}

const gone: DeletionView[] = KEPT.map((copy) => ({ ...copy, state: "deleted", at: at(-20) }));
const sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export const STATES: Readonly<Record<string, JobView>> = {
  ready: job({ stage: "ready", payment: { state: "none" }, mails: [], actions: ["add_documents", "order", "erase"] }),
  awaiting: job({ stage: "awaiting_payment", payment: { state: "open", url: "http://127.0.0.1:9/pay/x" }, mails: [], actions: ["pay", "cancel"] }),
  declined: job({ stage: "awaiting_payment", payment: { state: "open", url: "http://127.0.0.1:9/pay/x", declined: true }, mails: [], actions: ["pay", "cancel"] }),
  starting: job(),
  dialling: job({ attempts: [attempt(1, { state: "dialling" })], attempts_planned: 5, actions: [] }),
  transmitting: job({ attempts: [ended(1, "busy"), attempt(2, { state: "transmitting" })], attempts_planned: 5, actions: [] }),
  unknown: job({ attempts: [attempt(1, { state: "unknown" })], actions: [] }),
  waiting: job({ attempts: [ended(1, "busy"), ended(2, "line_lost", { pages: 1 })], attempts_planned: 4, next_attempt: at(290) }),
  undelivered: job({
    stage: "undelivered",
    attempts: [ended(1, "not_a_fax"), ended(2, "not_a_fax")],
    attempts_planned: 2,
    correct_until: at(86_000),
    mails: [{ kind: "ordered", state: "sent" }, { kind: "undelivered", state: "sent" }],
    actions: ["correct_number", "money_back", "erase"],
  }),
  failed: job({
    stage: "failed",
    attempts: [ended(1, "unreachable")],
    payment: { state: "released", reference: "pi_3QK2hQ7a" },
    mails: [{ kind: "ordered", state: "sent" }, { kind: "undelivered", state: "sent" }, { kind: "released", state: "due" }],
    actions: ["order", "erase"],
  }),
  delivered: job({
    stage: "delivered",
    documents: [{ id: "d".repeat(16), name: "Steuererklärung 2025.pdf", bytes: 182_000, state: "prepared", pages: 3, photo: false, turns: [], left_out: [] }],
    attempts: [ended(1, "busy"), ended(2, "delivered", { pages: 3, csid: "+49 30 23125001", sent_sha256: sha, seconds: 122 })],
    delivered: at(-30),
    payment: { state: "captured", reference: "pi_3QK2hQ7a" },
    receipt: {
      number: "pi_3QK2hQ7a", supplied: at(-30), net: { amount: 201, currency: "EUR" }, vat: { amount: 38, currency: "EUR" },
      vat_percent: "19", gross: { amount: 239, currency: "EUR" },
    },
    deletions: gone,
    mails: [{ kind: "ordered", state: "sent" }, { kind: "delivered", state: "sent" }],
    actions: ["erase"],
  }),
  forgotten: forgotten({ stage: "delivered", delivered: at(-30), payment: { state: "captured", reference: "pi_3QK2hQ7a" }, deletions: gone, actions: [] }),
  bounced: job({ mail_stopped: "bounced", attempts: [ended(1, "busy")], next_attempt: at(290), mails: [] }),
  erasing: job({ stage: "purged", payment: { state: "releasing" }, deletions: [...gone.slice(0, 2), ...KEPT.slice(2).map((copy) => ({ ...copy, state: "deleting" as const }))], actions: [] }),
  erased: job({ stage: "purged", payment: { state: "released" }, deletions: gone, actions: [] }),
};
