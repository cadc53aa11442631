// Putting numbers, money and times into texts.
import type { Money } from "../api/types";
import type { Plural } from "../texts/texts";

/** Replaces `{name}` by the value of that name; an unknown name stays, so that a test can find it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The form of a counted thing that the language wants for `n`. */
export function count(locale: string, forms: Plural, n: number): string {
  const form = new Intl.PluralRules(locale).select(n) === "one" ? forms.one : forms.other;
  return fill(form, { n: new Intl.NumberFormat(locale).format(n) });
}

/** An amount in minor units as people write it; the currency itself says how many decimals it has. */
export function money(locale: string, { amount, currency }: Money): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A file size in KB or MB, decimal as file managers show it. */
export function size(locale: string, bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(value);
}

/** A moment in the reader's own zone: the time alone for today, else day and time. */
export function moment(locale: string, time: string, now: Date = new Date()): string {
  const at = new Date(time);
  const today = at.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(locale, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** A day in words. */
export function day(locale: string, time: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(time));
}

/** Seconds as "50 seconds" or "3 minutes", rounded up to whole minutes from 90 seconds on. */
export function span(locale: string, texts: { seconds: Plural; minutes: Plural }, seconds: number): string {
  return seconds < 90 ? count(locale, texts.seconds, seconds) : count(locale, texts.minutes, Math.ceil(seconds / 60));
}
