// The one place that speaks HTTP to the API. Nothing here throws: an answer is a value, and a lost connection is an
// answer like any other, so that every caller has to say what the sender sees then.
import type {
  AskMail, Checkout, ChoosePages, ChooseResolution, Cover, CoverPage, DataKey, Export, FaxesOfAddress, JobView, Language, Message, NewDocument,
  OpenedJob, PaymentPage, Problem, ProblemCode, Quote, Received, Uploads, Withdrawal,
} from "./types";

/** The two halves of a private link: the Job's id and the secret that opens it. */
export interface Access {
  readonly job: string;
  readonly secret: string;
}

/** Why a request was not answered as hoped: by the API's own word, or because nobody was reached. */
export type Failure =
  | { readonly kind: "problem"; readonly code: ProblemCode; readonly field?: string; readonly detail?: string }
  | { readonly kind: "unreachable" };

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A number as typed, and the country a national number is read in (ISO 3166, two letters). */
export interface TypedNumber {
  readonly to: string;
  readonly country: string;
}

const TIMEOUT_MS = 20_000;

async function call<T>(method: string, path: string, access?: Pick<Access, "secret">, body?: unknown): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  headers["Accept-Language"] = document.documentElement.lang;
  if (access) headers["Authorization"] = `Bearer ${access.secret}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(`/api${path}`, {
      method,
      headers,
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.ok) return { ok: true, value: (await answer.json()) as T };
    return { ok: false, failure: await problemOf(answer) };
  } catch {
    return { ok: false, failure: { kind: "unreachable" } };
  }
}

async function problemOf(answer: Response): Promise<Failure> {
  try {
    const problem = (await answer.json()) as Problem;
    if (typeof problem.code === "string") {
      return {
        kind: "problem",
        code: problem.code,
        ...(problem.field === undefined ? {} : { field: problem.field }),
        ...(problem.detail === undefined ? {} : { detail: problem.detail }),
      };
    }
  } catch {
    // Not a problem document: a gateway answered, not a function. The status says enough.
  }
  if (answer.status === 404) return { kind: "problem", code: "not_found" };
  return { kind: "problem", code: answer.status === 429 || answer.status >= 500 ? "try_again" : "internal" };
}

export const openJob = (language: Language, documents: NewDocument[]) =>
  call<OpenedJob>("POST", "/jobs", undefined, { language, documents });

export const addDocuments = (access: Access, documents: NewDocument[]) =>
  call<Uploads>("POST", `/jobs/${access.job}/documents`, access, { documents });

export const removeDocument = (access: Access, document: string) =>
  call<JobView>("DELETE", `/jobs/${access.job}/documents/${document}`, access);

export const arrangeDocuments = (access: Access, order: string[]) =>
  call<JobView>("PUT", `/jobs/${access.job}/documents`, access, { order });

export const choosePages = (access: Access, document: string, wish: ChoosePages) =>
  call<JobView>("PUT", `/jobs/${access.job}/documents/${document}`, access, wish);

export const chooseResolution = (access: Access, wish: ChooseResolution) =>
  call<JobView>("PUT", `/jobs/${access.job}/resolution`, access, wish);

export const writeCover = (access: Access, cover: Cover) => call<JobView>("PUT", `/jobs/${access.job}/cover`, access, cover);

export const removeCover = (access: Access) => call<JobView>("DELETE", `/jobs/${access.job}/cover`, access);

export const viewCover = (access: Access) => call<CoverPage>("GET", `/jobs/${access.job}/cover`, access);

export const viewJob = (access: Access) => call<JobView>("GET", `/jobs/${access.job}`, access);

export const eraseJob = (access: Access) => call<JobView>("DELETE", `/jobs/${access.job}`, access);

export const quote = (access: Access, number: TypedNumber) =>
  call<Quote>("POST", `/jobs/${access.job}/quote`, access, number);

export const checkout = (access: Access, order: Checkout) =>
  call<PaymentPage>("POST", `/jobs/${access.job}/checkout`, access, order);

export const cancel = (access: Access) => call<JobView>("POST", `/jobs/${access.job}/cancel`, access);

export const correctNumber = (access: Access, number: TypedNumber) =>
  call<JobView>("POST", `/jobs/${access.job}/number`, access, number);

/** The transmission report as a PDF file, or null when it cannot be had now. */
export async function fetchReport({ job, secret }: Access): Promise<Blob | null> {
  try {
    const headers = { Authorization: `Bearer ${secret}`, Accept: "application/pdf" };
    const answer = await fetch(`/api/jobs/${job}/report`, { headers, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}

/** Has the private link mailed, and the reminder that comes with it. */
export const mailLink = (access: Access, wish: AskMail) => call<JobView>("PUT", `/jobs/${access.job}/link`, access, wish);

export const declineReminder = (access: Access) => call<JobView>("DELETE", `/jobs/${access.job}/link`, access);

export const moneyBack = (access: Access) => call<JobView>("POST", `/jobs/${access.job}/money-back`, access);

export const exportJob = (access: Access) => call<Export>("GET", `/jobs/${access.job}/export`, access);

export const askRights = (wish: AskMail) => call<Record<string, never>>("POST", "/rights", undefined, wish);

/** Exchanges the secret of a mailed link, which works once, for a key. */
export const openRights = (link: string) => call<DataKey>("POST", "/rights/key", { secret: link });

export const faxesOfAddress = (key: string) => call<FaxesOfAddress>("GET", "/rights/faxes", { secret: key });

export const eraseAddress = (key: string) => call<FaxesOfAddress>("DELETE", "/rights/faxes", { secret: key });

export const sendMessage = (message: Message) => call<Received>("POST", "/messages", undefined, message);

export const withdraw = (withdrawal: Withdrawal) => call<Received>("POST", "/withdrawals", undefined, withdrawal);
