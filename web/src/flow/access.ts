// Where the private link is kept. It lives in the fragment of the address, which no server and no Referer sees. Only
// while the sender is away on the payment page is it also needed elsewhere: the payment provider sends people back to
// an address without the secret (it must not know it), so the tab's own storage gives the secret back.
import type { Access } from "../api/client";

const JOB = /^[a-z2-7]{26}$/;
const LINK = /^([a-z2-7]{26})\.([A-Za-z0-9_-]{32})$/;

/**
 * What the address says: a whole private link, a Job whose secret is not in the address, or nothing. `returned` is true
 * where the payment page has sent the sender back here just now.
 */
export type Address =
  | { readonly kind: "link"; readonly access: Access; readonly returned: boolean }
  | { readonly kind: "job"; readonly job: string }
  | { readonly kind: "none" }
  | { readonly kind: "broken" };

export function readFragment(fragment: string): Address {
  const text = fragment.replace(/^#/, "");
  const link = LINK.exec(text);
  if (link?.[1] && link[2]) return { kind: "link", access: { job: link[1], secret: link[2] }, returned: false };
  if (JOB.test(text)) return { kind: "job", job: text };
  return text.length > 20 ? { kind: "broken" } : { kind: "none" };
}

export function fragmentOf(access: Access): string {
  return `#${access.job}.${access.secret}`;
}

/** Reads the address; completes it from the tab's storage where the payment page has sent the sender back. */
export function findAccess(): Address {
  const address = readFragment(location.hash);
  if (address.kind === "link") {
    keepAccess(address.access);
    return address;
  }
  if (address.kind !== "job") return address;
  const secret = read(`justfax.secret.${address.job}`);
  if (secret === null) return address;
  const access = { job: address.job, secret };
  showInAddress(access);
  return { kind: "link", access, returned: true };
}

/** Keeps the secret for this tab, so that the way back from the payment page finds it. */
export function keepAccess(access: Access): void {
  write(`justfax.secret.${access.job}`, access.secret);
}

/**
 * Remembers the pages that the sender orders from. The payment page leads back in the language of the order,
 * which may not be the one that the sender has changed to, or one that the site has and the API does not speak.
 */
export function keepPages(job: string, pages: Readonly<Record<string, string>>): void {
  write(`justfax.pages.${job}`, JSON.stringify(pages));
}

/** The sender's own page of this kind, where the way back has ended on another one. */
export function ownPage(job: string, page: string): string | null {
  const pages = read(`justfax.pages.${job}`);
  const own = pages === null ? undefined : (JSON.parse(pages) as Record<string, string>)[page];
  return own === undefined || own === location.pathname ? null : own;
}

/** Puts the private link into the address without a new entry in the history, so that reload and back lose nothing. */
export function showInAddress(access: Access): void {
  history.replaceState(history.state, "", location.pathname + fragmentOf(access));
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // Storage is switched off: the private link still works.
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
