// The operator's facts, from infra/operator.json: who is liable, what it costs, who helps. A site without them must not
// be built, so every missing field is named, all at once.
import facts from "../../../infra/operator.json" with { type: "json" };

/** A group of countries with one price; amounts are gross, in minor units. */
export interface Zone {
  readonly countries: readonly string[];
  readonly first_page: number;
  readonly further_page: number;
}

export interface Subprocessor {
  readonly name: string;
  readonly address: string;
  /** Countries, two letters. */
  readonly processes_in: readonly string[];
  readonly purposes: readonly Purpose[];
  readonly privacy: string;
}

export const PURPOSES = ["hosting", "mail", "payment", "carrier"] as const;
export type Purpose = (typeof PURPOSES)[number];

export interface Operator {
  readonly service: string;
  /** Address of the site, without a slash at the end. */
  readonly site: string;
  readonly operator: {
    readonly name: string;
    readonly represented_by: string;
    readonly address: readonly string[];
    readonly email: string;
    readonly phone: string;
    readonly vat_id: string;
    readonly register: string;
    readonly supervisory_authority: string;
  };
  readonly currency: string;
  readonly vat_percent: string;
  readonly tariff: readonly Zone[];
  readonly terms_version: string;
  /** Date of a version that is not in force yet; it is announced on every page. */
  readonly announced_version?: string;
  readonly retention_days: number;
  readonly correction_hours: number;
  readonly log_retention_days: number;
  readonly backup_retention_days: number;
  readonly subprocessors: readonly Subprocessor[];
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string" && value.trim() !== "";
const whole: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const texts: Check = (value) => Array.isArray(value) && value.length > 0 && value.every(text);
const list: Check = (value) => Array.isArray(value) && value.length > 0;

const FIELDS: Readonly<Record<string, Check>> = {
  service: text,
  site: (value) => /^https?:\/\/[^/]+$/.test(String(value)),
  "operator.name": text,
  "operator.represented_by": text,
  "operator.address": texts,
  "operator.email": text,
  "operator.phone": text,
  "operator.vat_id": text,
  "operator.register": text,
  "operator.supervisory_authority": text,
  currency: (value) => /^[A-Z]{3}$/.test(String(value)),
  vat_percent: (value) => text(value) && /^\d+(\.\d+)?$/.test(String(value)),
  tariff: list,
  terms_version: (value) => /^\d{4}-\d{2}-\d{2}$/.test(String(value)),
  announced_version: (value) => value === undefined || /^\d{4}-\d{2}-\d{2}$/.test(String(value)),
  retention_days: whole,
  correction_hours: whole,
  log_retention_days: whole,
  backup_retention_days: whole,
  subprocessors: list,
};
const ZONE: Readonly<Record<string, Check>> = { countries: texts, first_page: whole, further_page: whole };
const SUBPROCESSOR: Readonly<Record<string, Check>> = {
  name: text,
  address: text,
  processes_in: texts,
  purposes: (value) => texts(value) && (value as string[]).every((purpose) => (PURPOSES as readonly string[]).includes(purpose)),
  privacy: text,
};

/** The names of all fields that are missing or not of their form. */
export function missingFields(given: unknown): string[] {
  const missing = wrong(given, FIELDS, "");
  const each = (name: "tariff" | "subprocessors", checks: typeof FIELDS) =>
    valuesOf(given, name).flatMap((entry, index) => wrong(entry, checks, `${name}[${index}].`));
  return [...missing, ...each("tariff", ZONE), ...each("subprocessors", SUBPROCESSOR)];
}

/** The facts of this build. Throws with the name of each missing field. */
export function operatorFacts(): Operator {
  const missing = missingFields(facts);
  if (missing.length > 0) throw new Error(`infra/operator.json: missing or malformed: ${missing.join(", ")}`);
  return facts as Operator;
}

function wrong(given: unknown, checks: Readonly<Record<string, Check>>, prefix: string): string[] {
  return Object.entries(checks)
    .filter(([name, check]) => !check(name.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], given)))
    .map(([name]) => prefix + name);
}

function valuesOf(given: unknown, name: string): unknown[] {
  const value = (given as Record<string, unknown>)[name];
  return Array.isArray(value) ? value : [];
}
