// The files of a fax on their way: announced to the API, uploaded two at a time, then converted. A store without any
// drawing, so that every path - refused, cut off, stopped, come back to - can be tested without a browser.
//
// Announcing is strictly one after the other: the first batch opens the Job and all later ones need its secret.
import {
  type Access, type Answer, type Failure, addDocuments, arrangeDocuments, choosePages, openJob, removeDocument,
} from "../api/client";
import type { ChoosePages, DocumentView, JobView, Language, NewDocument, Refusal, Upload } from "../api/types";
import { type Running, upload } from "../flow/upload";

/** Bytes that one file may have; the API refuses more. */
export const MAX_BYTES = 20 * 1024 * 1024;
const AT_ONCE = 2;
const RETRY_MS = 5_000;

export type FileState =
  | { readonly phase: "queued" }
  | { readonly phase: "uploading"; readonly sent: number }
  | { readonly phase: "offline" }
  | { readonly phase: "converting" }
  | { readonly phase: "prepared"; readonly pages: number }
  | { readonly phase: "refused"; readonly refusal: Refusal; readonly tried?: boolean }
  | { readonly phase: "interrupted" }
  | { readonly phase: "failed"; readonly failure: Failure | null };

export interface Item {
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  readonly document: string | null;
  readonly state: FileState;
}

/** What the store tells its page. */
export interface Listener {
  changed(items: readonly Item[]): void;
  opened(access: Access): void;
  uploaded(document: string): void;
}

interface Work {
  readonly file: File;
  target: Upload | null;
  running: Running | null;
  renewed: boolean;
}

export class Files {
  private items: readonly Item[] = [];
  private readonly work = new Map<number, Work>();
  private announcing: Promise<void> = Promise.resolve();
  /** What was chosen for documents, and those whose password was tried here. */
  private readonly wishes = new Map<string, ChoosePages>();
  private readonly tried = new Set<string>();
  private placed = "";
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private nextKey = 1;

  constructor(
    private access: Access | null,
    private readonly language: Language,
    private readonly listener: Listener,
  ) {}

  /** Goes on with a Job that is there already: the sender has come back. */
  reopen(access: Access): void {
    this.access = access;
  }

  /** Takes files that the sender chose; what is plainly wrong with one is said without asking anybody. */
  add(files: readonly File[]): void {
    const fresh = files.map((file): Item => {
      const item = { key: this.nextKey++, name: file.name, bytes: file.size, document: null };
      if (file.size === 0) return { ...item, state: { phase: "refused", refusal: "empty" } };
      if (file.size > MAX_BYTES) return { ...item, state: { phase: "refused", refusal: "too_large" } };
      this.work.set(item.key, { file, target: null, running: null, renewed: false });
      return { ...item, state: { phase: "queued" } };
    });
    this.set([...this.items, ...fresh]);
    this.announce(fresh.filter(({ state }) => state.phase === "queued").map(({ key }) => key));
  }

  /** Takes over what the API says about the documents; a document that is not listed here yet is added. */
  take(view: JobView, uploaded: readonly string[]): void {
    for (const { id, turns, left_out, photo } of view.documents) this.wishes.set(id, { turns, left_out, photo });
    const known = this.items.map((item) => {
      const document = view.documents.find(({ id }) => id === item.document);
      return document && settledUpload(item) ? { ...item, state: this.stateOf(document, true) } : item;
    });
    const others = view.documents.filter(({ id }) => !known.some(({ document }) => document === id));
    this.set([...known, ...others.map((document) => this.restored(document, uploaded))]);
  }

  /** Moves a file up (-1) or down (1); the API is told when it knows all of them. */
  move(key: number, by: -1 | 1): void {
    const from = this.items.findIndex((item) => item.key === key);
    const [item, other] = [this.items[from], this.items[from + by]];
    if (!item || !other) return;
    this.set(this.items.map((one) => (one === item ? other : one === other ? item : one)));
    this.announcing = this.announcing.then(() => this.place());
  }

  /** Has a locked file tried again with its password, which is not kept here. */
  async unlock(key: number, password: string): Promise<Failure | null> {
    const document = this.items.find((item) => item.key === key)?.document;
    if (!document || !this.access) return null;
    const wish = this.wishes.get(document) ?? { turns: [], left_out: [], photo: false };
    const answer = await choosePages(this.access, document, { ...wish, password });
    if (!answer.ok) return answer.failure;
    this.tried.add(document);
    this.update(key, { phase: "converting" });
    return null;
  }

  // The files that the API knows, in this page's order, if that is another than it has.
  private async place(): Promise<void> {
    const order = this.items.flatMap(({ document }) => document ?? []);
    if (!this.access || order.length < 2 || order.join() === this.placed) return;
    const answer = await arrangeDocuments(this.access, order);
    if (answer.ok) this.placed = order.join();
  }

  remove(key: number): void {
    const item = this.items.find((other) => other.key === key);
    this.work.get(key)?.running?.stop();
    this.work.delete(key);
    this.set(this.items.filter((other) => other.key !== key));
    if (item?.document && this.access) void removeDocument(this.access, item.document);
    this.pump();
  }

  /** Tries one file again, or all that wait for the connection. */
  retry(key?: number): void {
    for (const item of this.items) {
      if (key === undefined ? item.state.phase !== "offline" : item.key !== key) continue;
      const work = this.work.get(item.key);
      if (!work) continue;
      this.update(item.key, { phase: "queued" });
      if (work.target === null) this.announce([item.key]);
    }
    this.pump();
  }

  private restored(document: DocumentView, uploaded: readonly string[]): Item {
    const state = this.stateOf(document, uploaded.includes(document.id));
    return { key: this.nextKey++, name: document.name, bytes: document.bytes, document: document.id, state };
  }

  private announce(keys: readonly number[]): void {
    if (keys.length === 0) return;
    this.announcing = this.announcing.then(() => this.announceNow(keys));
  }

  private async announceNow(keys: readonly number[]): Promise<void> {
    const batch = this.items.filter(({ key }) => keys.includes(key) && this.work.has(key));
    if (batch.length === 0) return;
    const answer = await this.targets(batch.map(({ name, bytes }) => ({ name, bytes })));
    batch.forEach(({ key }, index) => {
      const work = this.work.get(key);
      if (!answer.ok) this.update(key, failed(answer.failure));
      else if (work) work.target = answer.value[index] ?? null;
      else this.discard(answer.value[index]);
    });
    if (answer.ok) {
      const known = this.placed === "" ? [] : this.placed.split(",");
      this.placed = [...known, ...answer.value.map(({ document }) => document)].join();
      this.set(this.items.map((item) => ({ ...item, document: this.work.get(item.key)?.target?.document ?? item.document })));
    }
    this.pump();
    await this.place();
  }

  private async targets(documents: NewDocument[]): Promise<Answer<Upload[]>> {
    if (this.access) {
      const answer = await addDocuments(this.access, documents);
      return answer.ok ? { ok: true, value: answer.value.uploads } : answer;
    }
    const answer = await openJob(this.language, documents);
    if (!answer.ok) return answer;
    this.access = { job: answer.value.job, secret: answer.value.secret };
    this.listener.opened(this.access);
    return { ok: true, value: answer.value.uploads };
  }

  // Removed while it was being announced: the document must not stay behind.
  private discard(target: Upload | undefined): void {
    if (target && this.access) void removeDocument(this.access, target.document);
  }

  private pump(): void {
    const running = this.items.filter(({ state }) => state.phase === "uploading").length;
    const next = this.items.filter(({ key, state }) => state.phase === "queued" && this.work.get(key)?.target);
    for (const { key } of next.slice(0, Math.max(0, AT_ONCE - running))) void this.send(key);
  }

  private async send(key: number): Promise<void> {
    const work = this.work.get(key);
    if (!work?.target) return;
    this.update(key, { phase: "uploading", sent: 0 });
    work.running = upload(work.target, work.file, (sent) => this.update(key, { phase: "uploading", sent }));
    const end = await work.running.ended;
    work.running = null;
    if (end === "taken") this.taken(key, work.target.document);
    if (end === "unreachable") this.unreachable(key);
    if (end === "refused") this.renew(key, work);
    this.pump();
  }

  private taken(key: number, document: string): void {
    this.update(key, { phase: "converting" });
    this.listener.uploaded(document);
  }

  private unreachable(key: number): void {
    this.update(key, { phase: "offline" });
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.retry(), RETRY_MS);
  }

  // The presigned address has run out, most likely. A fresh one is asked for once; a second refusal is final.
  private renew(key: number, work: Work): void {
    if (work.renewed) return this.update(key, { phase: "failed", failure: null });
    if (work.target && this.access) void removeDocument(this.access, work.target.document);
    work.renewed = true;
    work.target = null;
    this.update(key, { phase: "queued" });
    this.announce([key]);
  }

  private stateOf(document: DocumentView, uploaded: boolean): FileState {
    if (document.state === "prepared") return { phase: "prepared", pages: document.pages };
    if (document.state === "refused") {
      const refusal = document.refusal ?? "not_a_document";
      return { phase: "refused", refusal, tried: this.tried.has(document.id) };
    }
    // A file that has been looked into once was there.
    return uploaded || this.tried.has(document.id) ? { phase: "converting" } : { phase: "interrupted" };
  }

  private update(key: number, state: FileState): void {
    this.set(this.items.map((item) => (item.key === key ? { ...item, state } : item)));
  }

  private set(items: readonly Item[]): void {
    this.items = items;
    this.listener.changed(items);
  }
}

function settledUpload({ state }: Item): boolean {
  return state.phase === "converting" || state.phase === "prepared" || state.phase === "refused" || state.phase === "interrupted";
}

function failed(failure: Failure): FileState {
  return failure.kind === "unreachable" ? { phase: "offline" } : { phase: "failed", failure };
}
