// A small stand-in for the API, for developing the pages and for showing every state. It keeps Jobs in memory and moves
// them on by the clock: a paid Job dials, and the number's last two digits choose what the far end does.
import { randomBytes } from "node:crypto";
import type { ChoosePages, ChooseResolution, Cover, Export, JobView, OpenJob, PageView, Problem, ProblemCode, Quote, Upload } from "./words.ts";
import { pagePng } from "./png.ts";
import { attempt, ended, forgotten, job, KEPT } from "./states.ts";

interface Kept {
  view: JobView;
  readonly secret: string;
  paidAt: number | null;
}

/** What a call is answered with. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const id = (length: number) => Array.from(randomBytes(length), (byte) => letters[byte % 32]).join("");

/** The secret of the mailed link, and the key that it is exchanged for. */
export const LINK = "m".repeat(32);
const KEY = "k".repeat(32);

export class Mock {
  /** Milliseconds for dialling, and again for transmitting. */
  pace = 700;
  /** The next call is answered by this problem. */
  trip: ProblemCode | null = null;
  uploadOrigin = "";
  siteOrigin = "";
  private readonly counts = new Map<string, number>();
  private editions = 1;
  /** What was written to the operator. */
  readonly written: Record<string, string>[] = [];
  /** What is stored about the one address that has a link. */
  stored: Export[] = [];
  /** Whether the mailed link was used. */
  opened = false;
  private readonly jobs = new Map<string, Kept>();

  /** Puts a Job there and gives the fragment of its private link. */
  seed(view: JobView): string {
    const kept: Kept = { view: { ...view, job: id(26) }, secret: randomBytes(24).toString("base64url"), paidAt: null };
    this.jobs.set(kept.view.job, kept);
    return `#${kept.view.job}.${kept.secret}`;
  }

  answer(method: string, path: string, authorization: string | undefined, body: unknown): Reply {
    if (this.trip !== null) {
      const code = this.trip;
      this.trip = null;
      return problem(code);
    }
    const person = this.people(`${method} ${path}`, authorization, body as Record<string, string>);
    if (person !== null) return person;
    if (method === "POST" && path === "/api/jobs") return this.open(body as OpenJob);
    const [, name = "", rest = ""] = /^\/api\/jobs\/([^/]+)(.*)$/.exec(path) ?? [];
    const kept = this.jobs.get(name);
    if (kept === undefined || authorization !== `Bearer ${kept.secret}`) return problem("not_found");
    this.move(kept);
    return this.within(kept, `${method} ${rest}`, body as Record<string, unknown>);
  }

  /** The storage took a file; it is "prepared" a moment later. */
  uploaded(document: string, name: string): void {
    setTimeout(() => {
      for (const kept of this.jobs.values()) {
        const found = kept.view.documents.find(({ id }) => id === document);
        if (!found) continue;
        if (/locked/.test(name)) Object.assign(found, { state: "refused", refusal: "password_needed" });
        else if (/\.exe$/.test(name)) Object.assign(found, { state: "refused", refusal: "not_a_document" });
        else this.prepared(found, /ten/.test(name) ? 10 : 3);
        this.paginate(kept.view);
      }
    }, this.pace);
  }

  private prepared(document: JobView["documents"][number], pages: number): void {
    this.counts.set(document.id, pages);
    delete document.refusal;
    document.state = "prepared";
  }

  /** Makes pages anew; a locked file opens with one password only. */
  private anew(view: JobView, document: JobView["documents"][number], password: string | undefined): void {
    const locked = /locked/.test(document.name);
    if (document.refusal !== undefined) delete document.refusal;
    document.state = "awaited";
    this.editions += 1;
    setTimeout(() => {
      if (locked && password !== "opensesame") Object.assign(document, { state: "refused", refusal: "password_needed" });
      else this.prepared(document, this.counts.get(document.id) ?? 3);
      this.paginate(view);
    }, this.pace);
    this.paginate(view);
  }

  private choose(view: JobView, id: string, { password, ...wish }: ChoosePages): Reply {
    const document = view.documents.find((one) => one.id === id);
    if (!document || !view.actions.includes("add_documents")) return problem("wrong_stage");
    const renders = JSON.stringify([document.turns, document.photo]) !== JSON.stringify([wish.turns, wish.photo]);
    Object.assign(document, wish);
    if (renders || (document.state === "refused" && password !== undefined)) this.anew(view, document, password);
    this.paginate(view);
    return ok(view);
  }

  private fine(view: JobView, { resolution, passwords = [] }: ChooseResolution): Reply {
    view.resolution = resolution;
    for (const document of view.documents) this.anew(view, document, passwords.find((known) => known.document === document.id)?.password);
    return ok(view);
  }

  /** The payment page's three buttons. */
  paid(name: string, how: "pay" | "decline" | "abandon"): JobView | undefined {
    const kept = this.jobs.get(name);
    if (!kept) return undefined;
    if (how === "decline") kept.view.payment = { ...kept.view.payment, declined: true };
    if (how === "pay") {
      kept.paidAt = Date.now();
      kept.view = { ...kept.view, stage: "sending", payment: { state: "held", reference: `pi_${name.slice(0, 8)}` }, actions: [], mails: [{ kind: "ordered", state: "sent" }] };
    }
    return kept.view;
  }

  /** Calls without a Job: one mailed link is known, good once. */
  private people(call: string, authorization: string | undefined, body: Record<string, string>): Reply | null {
    const bearer = authorization?.replace("Bearer ", "");
    switch (call) {
      case "POST /api/rights":
        return body["email"]?.includes("@") ? { status: 202, body: {} } : problem("email_invalid", "email");
      case "POST /api/rights/key": {
        const good = bearer === LINK && !this.opened;
        this.opened ||= good;
        return good ? ok({ key: KEY, expires: new Date(Date.now() + 1_800_000).toISOString() }) : problem("not_found");
      }
      case "GET /api/rights/faxes":
        return bearer === KEY ? ok({ faxes: this.stored }) : problem("not_found");
      case "DELETE /api/rights/faxes":
        return bearer === KEY ? { status: 202, body: { faxes: [] } } : problem("not_found");
      case "POST /api/messages":
      case "POST /api/withdrawals":
        if (!body["email"]?.includes(".")) return problem("email_invalid", "email");
        this.written.push(body);
        return { status: 202, body: { received: new Date().toISOString() } };
      default:
        return null;
    }
  }

  private open({ language, documents }: OpenJob): Reply {
    const secret = randomBytes(24).toString("base64url");
    const view = job({ job: id(26), language, stage: "draft", documents: [], resolution: "fine", pages: [], left_out: [], attempts: [], mails: [], payment: { state: "none" }, actions: ["add_documents", "erase"] });
    delete view.recipient;
    delete view.email;
    delete view.price;
    this.jobs.set(view.job, { view, secret, paidAt: null });
    return { status: 201, body: { job: view.job, secret, uploads: this.announce(view, documents), kept_until: view.kept_until } };
  }

  private announce(view: JobView, documents: OpenJob["documents"]): Upload[] {
    return documents.map(({ name, bytes }) => {
      const document = id(16);
      view.documents.push({ id: document, name, bytes, state: "awaited", pages: 0, photo: false, turns: [], left_out: [] });
      view.stage = "draft";
      return { document, url: `${this.uploadOrigin}/upload`, fields: { key: `uploads/${view.job}/${document}`, name } };
    });
  }

  private within(kept: Kept, call: string, body: Record<string, unknown>): Reply {
    const { view } = kept;
    switch (call.replace(/documents\/.+/, "documents/")) {
      case "GET ":
        return ok(view);
      case "GET /export":
        return ok(exported(view));
      case "POST /documents":
        return { status: 201, body: { uploads: this.announce(view, (body as unknown as OpenJob).documents) } };
      case "DELETE /documents/":
        view.documents = view.documents.filter(({ id }) => !call.endsWith(id));
        this.paginate(view);
        return ok(view);
      case "PUT /documents":
        view.documents.sort((a, b) => (body["order"] as string[]).indexOf(a.id) - (body["order"] as string[]).indexOf(b.id));
        this.paginate(view);
        return ok(view);
      case "PUT /documents/":
        return this.choose(view, call.split("/").at(-1) ?? "", body as unknown as ChoosePages);
      case "PUT /resolution":
        return this.fine(view, body as unknown as ChooseResolution);
      case "PUT /cover":
        if (String(body["message"]).length > 2000) return problem("cover_too_long", "message");
        view.cover = body as unknown as Cover;
        this.paginate(view);
        return ok(view);
      case "DELETE /cover":
        delete view.cover;
        this.paginate(view);
        return ok(view);
      case "GET /cover":
        return ok({ columns: 1728, rows: 2252, rows_per_inch: 196, picture: `data:image/png;base64,${pagePng(view.pages.length).toString("base64")}` });
      case "PUT /link":
        return this.mailLink(view, String(body["email"]));
      case "DELETE /link":
        delete view.link;
        return ok(view);
      case "POST /quote":
        return this.quote(view, String(body["to"]), String(body["country"]));
      case "POST /checkout":
        return this.checkout(kept, body);
      case "POST /cancel":
        Object.assign(view, { stage: "ready", payment: { state: "released" }, actions: ["add_documents", "order", "erase"] });
        return ok(view);
      case "POST /number":
        return this.correct(kept, String(body["to"]));
      case "POST /money-back":
        Object.assign(view, { stage: "failed", payment: { ...view.payment, state: "released" }, actions: ["order", "erase"] });
        return ok(view);
      case "DELETE ":
        if (view.stage === "delivered") {
          kept.view = forgotten({ job: view.job, stage: "delivered", payment: view.payment, deletions: view.deletions });
          return { status: 202, body: kept.view };
        }
        Object.assign(view, { stage: "purged", pages: [], actions: [], deletions: KEPT.map((copy) => ({ ...copy, state: "deleted" as const, at: new Date().toISOString() })) });
        return { status: 202, body: view };
      default:
        return problem("not_found");
    }
  }

  private mailLink(view: JobView, email: string): Reply {
    if (!email.includes(".")) return problem("email_invalid", "email");
    if (email.startsWith("bounce")) return problem("mail_stopped", "email");
    const reminder = new Date(Date.parse(view.kept_until) - 3 * 24 * 3_600_000).toISOString();
    Object.assign(view, { link: { email, reminder }, mails: [{ kind: "link", state: "due" }] });
    return { status: 202, body: view };
  }

  private quote(view: JobView, to: string, country: string): Reply {
    const number = numberOf(to, country);
    if (typeof number === "string") return problem(number, "to");
    if (view.stage === "draft") return problem("not_ready");
    const pages = view.pages.length + (view.cover ? 1 : 0);
    const amount = 199 + 20 * (pages - 1);
    const net = Math.round(amount / 1.19);
    const quote: Quote = {
      recipient: number,
      pages,
      price: { amount, currency: "EUR" },
      net: { amount: net, currency: "EUR" },
      vat: { amount: amount - net, currency: "EUR" },
      vat_percent: "19",
      expected_seconds: 20 + 35 * pages,
      redials: { busy: [300, 300, 900, 2400], no_answer: [600, 1800], line_lost: [0, 300], not_a_fax: [600] },
    };
    return ok(quote);
  }

  private checkout({ view }: Kept, body: Record<string, unknown>): Reply {
    if (!["ready", "awaiting_payment", "failed"].includes(view.stage)) return problem("wrong_stage");
    const quoted = this.quote(view, String(body["to"]), String(body["country"]));
    if (quoted.status !== 200) return quoted;
    if (!String(body["email"]).includes(".")) return problem("email_invalid", "email");
    const { recipient, price } = quoted.body as Quote;
    const url = `${this.siteOrigin}/mock/pay/${view.job}`;
    Object.assign(view, { stage: "awaiting_payment", recipient, price, email: body["email"], payment: { state: "open", url }, actions: ["pay", "cancel"] });
    return ok({ url, expires: new Date(Date.now() + 1_800_000).toISOString() });
  }

  private correct(kept: Kept, to: string): Reply {
    const number = numberOf(to, "DE");
    if (typeof number === "string") return problem(number, "to");
    Object.assign(kept.view, { stage: "sending", recipient: number, attempts: [], actions: [] });
    kept.paidAt = Date.now();
    return ok(kept.view);
  }

  private paginate(view: JobView): void {
    const all = view.documents.flatMap((document) => {
      const count = document.state === "refused" ? 0 : (this.counts.get(document.id) ?? 0);
      document.pages = count - document.left_out.length;
      return Array.from({ length: count }, (_, index) => this.pageOf(view, document, index));
    });
    const goes = (page: PageView) => !view.documents.some(({ id, left_out }) => id === page.document && left_out.includes(page.source));
    view.pages = all.filter(goes).map((page, at) => ({ ...page, number: at + (view.cover ? 2 : 1) }));
    view.left_out = all.filter((page) => !goes(page));
    const done = view.pages.length > 0 && view.documents.every(({ state }) => state === "prepared");
    view.stage = done ? "ready" : "draft";
    view.actions = done ? ["add_documents", "order", "erase"] : ["add_documents", "erase"];
  }

  private pageOf(view: JobView, { id, turns }: JobView["documents"][number], index: number): PageView {
    const turn = turns.find(({ page }) => page === index + 1)?.degrees ?? 0;
    const address = `${this.uploadOrigin}/page/${index}/${turn}/${id}/${this.editions}`;
    return {
      document: id,
      source: index + 1,
      columns: 1728,
      rows: view.resolution === "fine" ? 2292 : 1146,
      rows_per_inch: view.resolution === "fine" ? 196 : 98,
      turn,
      preview: address,
      thumbnail: `${address}-small`,
      warnings: index === 1 ? ["tiny_print"] : [],
    };
  }

  private move(kept: Kept): void {
    if (kept.paidAt === null || kept.view.stage !== "sending") return;
    const passed = (Date.now() - kept.paidAt) / this.pace;
    const view = kept.view;
    const pages = view.pages.length;
    const busy = view.recipient?.e164.endsWith("02") === true;
    if (passed < 1) view.attempts = [];
    else if (passed < 2) view.attempts = [attempt(1, { state: "dialling", began: new Date().toISOString() })];
    else if (busy) Object.assign(view, { stage: "undelivered", attempts: [ended(1, "busy")], correct_until: new Date(Date.now() + 86_400_000).toISOString(), actions: ["correct_number", "money_back", "erase"] });
    else if (passed < 4) view.attempts = [attempt(1, { state: "transmitting", began: new Date().toISOString() })];
    else {
      Object.assign(view, {
        stage: "delivered",
        attempts: [ended(1, "delivered", { pages, csid: "+49 30 23125001", seconds: 95, sent_sha256: "ab".repeat(32) })],
        delivered: new Date().toISOString(),
        payment: { ...view.payment, state: "captured" },
        pages: [],
        deletions: KEPT.map((copy) => ({ ...copy, state: "deleted" as const, at: new Date().toISOString() })),
        mails: [{ kind: "ordered", state: "sent" }, { kind: "delivered", state: "sent" }],
      });
    }
  }
}

function numberOf(to: string, country: string): NonNullable<JobView["recipient"]> | ProblemCode {
  const digits = to.replace(/\D/g, "");
  if (digits.length < 7) return "number_invalid";
  if (/^(0900|49900)/.test(digits)) return "number_not_allowed";
  const dial = country === "US" ? "1" : "49";
  const e164 = to.trim().startsWith("+") ? `+${digits}` : `+${dial}${digits.replace(/^0/, "")}`;
  const display = e164.replace(/^\+4930/, "+49 30 ").replace(/^\+1(\d{3})(\d{3})/, "+1 $1 $2 ");
  return { e164, display, country: e164.startsWith("+1") ? "US" : "DE" };
}

/** What is stored about a Job of the mock. */
export function exported(view: JobView): Export {
  const { job, stage, language, created, attempts, recipient, email, price } = view;
  const ordered = recipient && email && price ? { order: { recipient, email, price, vat: price, vat_percent: "19", pages: view.pages.length || 1, terms_version: "2026-11-01", early_performance: true, language, at: created } } : {};
  return {
    job, stage, language, created, attempts, ...ordered,
    forgotten_at: view.kept_until,
    documents: view.documents.map(({ name, bytes, pages }) => ({ name, bytes, pages })),
    payments: [],
    deletions: view.deletions.flatMap(({ copies, at }) => (at === undefined ? [] : [{ copies, at }])),
    mails: [],
  };
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

const STATUS: Partial<Record<ProblemCode, number>> = { not_found: 404, wrong_stage: 409, not_ready: 409, price_changed: 409, try_again: 503, internal: 500 };

function problem(code: ProblemCode, field?: string): Reply {
  const body: Problem = { type: "about:blank", title: code, status: STATUS[code] ?? 400, code, ...(field === undefined ? {} : { field }) };
  return { status: body.status, body };
}
