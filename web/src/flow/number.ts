// Reading a number while it is typed, only to say something kind about it; the API decides. The library is large, so
// it comes when the field gets the focus, and everything works without it.
import type { CountryCode } from "libphonenumber-js/min";

type Library = typeof import("libphonenumber-js/min");

/** A number as understood: international spelling, and its country where the number itself tells. */
export interface Understood {
  readonly display: string;
  readonly country: string | null;
  readonly possible: boolean;
}

let loading: Promise<Library | null> | undefined;

/** Begins to fetch the library; called on focus. */
export function loadNumbers(): Promise<Library | null> {
  loading ??= import("libphonenumber-js/min").catch(() => {
    loading = undefined; // Offline perhaps; the next focus tries again.
    return null;
  });
  return loading;
}

export async function understand(to: string, country: string): Promise<Understood | null> {
  const library = await loadNumbers();
  const number = library?.parsePhoneNumberFromString(to, country as CountryCode);
  if (!number) return null;
  return { display: number.formatInternational(), country: number.country ?? null, possible: number.isPossible() && !number.ext };
}

/** Digits only, few or many: what can be said without the library. */
export function looksLikeNumber(to: string): boolean {
  const digits = to.replace(/\D/g, "").length;
  return /^[+0-9()\-/.\s]+$/.test(to.trim()) && digits >= 5 && digits <= 18;
}
