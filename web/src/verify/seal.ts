// Checks a transmission report as crates/report/src/seal.rs defines it: an Ed25519 signature over the whole file but its
// own 128 digits. Nothing of the PDF is understood but the attached facts, which lie in the file as they are.

/** Begins what is signed. */
const CONTEXT = "justfax-report-1\n";
/** Begins the attached facts; the digits of the signature follow. */
const MARK = '{"format":"justfax-report-1","signature":"';
const DIGITS = 128;
const LINE_FEED = 10;

/** What a report says, as far as this page shows it. */
export interface Facts {
  readonly job: string;
  readonly result: string;
  readonly recipient: string;
  readonly began: string;
  readonly ended: string;
  readonly pages: number;
  readonly pages_confirmed?: number;
  readonly csid?: string;
  readonly documents: readonly { readonly name: string; readonly sha256: string }[];
}

/** A published key. */
export interface PublicKey {
  readonly id: string;
  readonly public_key: string;
}

export type Verdict =
  | { readonly kind: "genuine"; readonly facts: Facts }
  | { readonly kind: "changed" | "unknownKey" | "notAReport" | "unsupported" };

interface Attached {
  readonly signature: string;
  readonly key: string;
  readonly facts: Facts;
}

export async function checkReport(file: Uint8Array<ArrayBuffer>, keys: readonly PublicKey[]): Promise<Verdict> {
  const at = placeOf(file);
  if (at === null) return { kind: "notAReport" };
  const attached = attachedAt(file, at - MARK.length);
  if (attached === null || !/^[0-9a-f]{128}$/.test(attached.signature)) return { kind: "changed" };
  const known = keys.find(({ id }) => id === attached.key);
  if (known === undefined) return { kind: "unknownKey" };
  const key = await importKey(known);
  if (key === null) return { kind: "unsupported" };
  const signed = joined(new TextEncoder().encode(CONTEXT), file.subarray(0, at), file.subarray(at + DIGITS));
  const genuine = await crypto.subtle.verify("Ed25519", key, fromHex(attached.signature), signed);
  return genuine ? { kind: "genuine", facts: attached.facts } : { kind: "changed" };
}

/** SHA-256 in lower-case hexadecimal digits. */
export async function sha256(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where the digits of the signature are, if the mark occurs exactly once. */
function placeOf(file: Uint8Array): number | null {
  const mark = new TextEncoder().encode(MARK);
  const found: number[] = [];
  for (let at = file.indexOf(mark[0]!); at !== -1 && found.length < 2; at = file.indexOf(mark[0]!, at + 1)) {
    if (mark.every((byte, index) => file[at + index] === byte)) found.push(at + mark.length);
  }
  const [only] = found;
  return found.length === 1 && only !== undefined && only + DIGITS <= file.length ? only : null;
}

/** The attachment: JSON on one line, which the PDF ends with a line feed. */
function attachedAt(file: Uint8Array, start: number): Attached | null {
  const end = file.indexOf(LINE_FEED, start);
  if (end === -1) return null;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(start, end))) as Attached;
  } catch {
    return null;
  }
}

/** The key, or null where the browser does not know Ed25519. */
async function importKey({ public_key }: PublicKey): Promise<CryptoKey | null> {
  const raw = Uint8Array.from(atob(public_key), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]).catch(() => null);
}

function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
