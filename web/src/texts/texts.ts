// The shape that every language fills. A language is one file in this folder; a key that is missing there is a type
// error. Texts are plain data, because the built page carries them as JSON: `{name}` marks what is filled in.
import type {
  Action, Copies, JobView, Language, MailKind, Outcome, Place, ProblemCode, Redials, Refusal, Stage, Warning,
} from "../api/types";
import type { Purpose } from "../site/operator";

/** The pages of the flow, which run code. */
export const FLOW_PAGES = ["send", "preview", "order", "status"] as const;
/** Pages outside the flow that run code too. */
export const TOOL_PAGES = ["verify"] as const;
/** The pages that are only read: the start page, and articles of headed sections. */
export const ARTICLES = [
  "prices", "questions", "contact", "privacy", "subprocessors", "data", "changes", "terms", "withdrawal", "imprint", "accessibility",
] as const;
/** Articles with a form at their head, which runs code. */
export const FORM_PAGES = ["contact", "withdrawal", "data"] as const;
export const READ_PAGES = ["start", ...ARTICLES] as const;

export type FlowPage = (typeof FLOW_PAGES)[number];
export type ToolPage = (typeof TOOL_PAGES)[number];
export type FormPage = (typeof FORM_PAGES)[number];
/** Pages with code. */
export type CodePage = FlowPage | ToolPage | FormPage;
export type ReadPage = (typeof READ_PAGES)[number];
export type ArticlePage = (typeof ARTICLES)[number];
export type PageName = FlowPage | ToolPage | ReadPage;

/** A text for one and for any other number, by the language's own rule; `{n}` is the number. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** A short name of a state and the sentence that says what it means and what to do. */
export interface Told {
  readonly name: string;
  readonly advice: string;
}

/** Texts that more than one page of the flow needs. */
export interface SharedTexts {
  readonly loading: string;
  readonly errorTitle: string;
  readonly errorPrefix: string;
  readonly unreachable: string;
  readonly timetable: {
    readonly title: string;
    readonly hint: string;
    readonly causes: Record<keyof Redials, string>;
    readonly atOnce: string;
    readonly after: string;
  };
  readonly problems: Record<ProblemCode, string>;
  readonly number: {
    readonly legend: string;
    readonly country: string;
    readonly countryHint: string;
    readonly label: string;
    readonly hint: string;
    readonly good: string;
    readonly missing: string;
    readonly wrong: string;
  };
  readonly link: {
    readonly title: string;
    readonly text: string;
    readonly copy: string;
    readonly copied: string;
    readonly copyFailed: string;
    readonly qr: string;
    readonly qrAlt: string;
  };
  readonly lost: { readonly title: string; readonly noLink: string; readonly notFound: string; readonly again: string };
  readonly arrange: {
    readonly upOne: string;
    readonly downOne: string;
    readonly moved: string;
    readonly turn: string;
    readonly password: { readonly label: string; readonly hint: string; readonly open: string; readonly missing: string; readonly wrong: string };
  };
  readonly pages: Plural;
  readonly seconds: Plural;
  readonly minutes: Plural;
  readonly retry: string;
  readonly back: string;
  readonly change: string;
  readonly close: string;
  readonly keepAsIs: string;
  readonly newFax: string;
}

export interface SendTexts {
  readonly files: {
    readonly legend: string;
    readonly hint: string;
    readonly choose: string;
    readonly drop: string;
    readonly more: string;
    readonly camera: string;
    readonly list: string;
    readonly total: string;
    readonly remove: string;
    readonly removeOne: string;
    readonly retryOne: string;
    readonly queued: string;
    readonly uploading: string;
    readonly offline: string;
    readonly converting: string;
    readonly interrupted: string;
    readonly failed: string;
    readonly progress: string;
    readonly added: Plural;
    readonly ready: string;
    readonly removed: string;
    readonly missing: string;
    readonly bad: string;
  };
  readonly refusals: Record<Refusal, string>;
  readonly next: string;
  readonly waiting: string;
  readonly promise: readonly string[];
}

export interface LaterTexts {
  readonly title: string;
  readonly text: string;
  readonly email: string;
  readonly hint: string;
  readonly hintLate: string;
  readonly button: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly sent: string;
  readonly reminder: string;
  readonly decline: string;
  readonly declined: string;
  readonly erase: string;
  readonly confirmErase: { readonly title: string; readonly text: string; readonly yes: string };
}

export interface PreviewTexts {
  readonly later: LaterTexts;
  readonly intro: string;
  readonly arrange: {
    readonly turnOne: string;
    readonly leaveOut: string;
    readonly leaveOutOne: string;
    readonly leftOut: string;
    readonly takeBack: string;
    readonly takeBackOne: string;
    readonly nothing: string;
    readonly again: string;
    readonly photo: string;
    readonly photoHint: string;
    readonly standard: string;
    readonly standardHint: string;
  };
  readonly cover: {
    readonly title: string;
    readonly intro: string;
    readonly add: string;
    readonly change: string;
    readonly to: string;
    readonly from: string;
    readonly subject: string;
    readonly message: string;
    readonly save: string;
    readonly remove: string;
    readonly saved: string;
    readonly removed: string;
  };
  readonly converting: string;
  readonly page: string;
  readonly alt: string;
  readonly enlarge: string;
  readonly enlargeOne: string;
  readonly turn: string;
  readonly previous: string;
  readonly following: string;
  readonly imageFailed: string;
  readonly warnings: Record<Warning, string>;
  readonly refused: string;
  readonly summary: string;
  readonly to: string;
  readonly pages: string;
  readonly price: string;
  readonly withVat: string;
  readonly duration: string;
  readonly about: string;
  readonly noNumber: string;
  readonly next: string;
  readonly onlyIfDelivered: string;
  readonly redials: string;
}

export interface OrderTexts {
  readonly summary: string;
  readonly to: string;
  readonly documents: string;
  readonly pages: string;
  readonly price: string;
  readonly net: string;
  readonly vat: string;
  readonly total: string;
  readonly emailLegend: string;
  readonly email: string;
  readonly emailHint: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly consentLegend: string;
  readonly terms: string;
  readonly termsMissing: string;
  readonly early: string;
  readonly earlyMissing: string;
  readonly sensitive: string;
  readonly button: string;
  readonly working: string;
  readonly charge: string;
  readonly leaving: string;
  readonly cancelled: string;
  readonly declined: string;
  readonly priceChanged: string;
}

export interface StatusTexts {
  readonly headings: Record<Exclude<Stage, "sending">, string> & {
    readonly starting: string;
    readonly dialling: string;
    readonly transmitting: string;
    readonly unknown: string;
    readonly waiting: string;
    readonly erased: string;
  };
  readonly leads: Record<Exclude<Stage, "sending">, string> & {
    readonly starting: string;
    readonly dialling: string;
    readonly transmitting: string;
    readonly unknown: string;
    readonly waiting: string;
    readonly declined: string;
    readonly erasing: string;
    readonly erased: string;
  };
  readonly toPages: string;
  readonly attempt: string;
  readonly attemptOf: string;
  readonly nextAttempt: string;
  readonly outcomes: Record<Outcome, Told>;
  readonly attemptStates: { readonly dialling: string; readonly transmitting: string; readonly unknown: string };
  readonly partly: Plural;
  readonly history: string;
  readonly began: string;
  readonly duration: string;
  readonly confirmed: string;
  readonly station: string;
  readonly noStation: string;
  readonly fingerprint: string;
  readonly money: string;
  readonly payments: {
    readonly open: string;
    readonly held: string;
    readonly capturing: string;
    readonly captured: string;
    readonly releasing: string;
    readonly released: string;
    readonly refunded: string;
    readonly in_dispute: string;
  };
  readonly reference: string;
  readonly copies: string;
  readonly copyKinds: Record<Copies, string>;
  readonly copyStates: { readonly kept: string; readonly deleting: string; readonly deleted: string; readonly deletedAt: string };
  readonly keptUntil: string;
  readonly mails: string;
  readonly mailKinds: Record<MailKind, string>;
  readonly mailStates: { readonly due: string; readonly sent: string };
  readonly mailTo: string;
  readonly mailStopped: Record<NonNullable<JobView["mail_stopped"]>, string>;
  readonly actions: Record<Action, string>;
  readonly correct: {
    readonly title: string;
    readonly text: string;
    readonly button: string;
  };
  readonly confirmCancel: { readonly title: string; readonly text: string; readonly yes: string };
  readonly confirmMoney: { readonly title: string; readonly text: string; readonly yes: string };
  readonly confirmErase: { readonly title: string; readonly text: string; readonly yes: string };
  readonly confirmForget: { readonly title: string; readonly text: string; readonly yes: string };
  readonly withdraw: string;
  readonly withdrawText: string;
  readonly confirmWithdraw: { readonly title: string; readonly text: string; readonly yes: string };
  readonly eraseText: string;
  readonly forgetText: string;
  readonly report: { readonly title: string; readonly text: string; readonly button: string; readonly check: string; readonly failed: string };
  readonly receipt: {
    readonly title: string;
    readonly number: string;
    readonly supplied: string;
    readonly net: string;
    readonly vat: string;
    readonly gross: string;
    readonly seller: string;
    readonly service: string;
    readonly print: string;
  };
  readonly places: Record<Place, string>;
  readonly download: string;
  readonly downloadText: string;
  readonly readData: string;
  readonly offline: string;
  readonly title: string;
}

export interface ContactTexts {
  readonly title: string;
  readonly email: string;
  readonly emailHint: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly text: string;
  readonly textHint: string;
  readonly textMissing: string;
  readonly button: string;
  readonly doneTitle: string;
  readonly done: string;
}

export interface WithdrawalTexts {
  readonly title: string;
  readonly name: string;
  readonly nameHint: string;
  readonly nameMissing: string;
  readonly order: string;
  readonly orderHint: string;
  readonly orderMissing: string;
  readonly email: string;
  readonly emailHint: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly button: string;
  readonly checkTitle: string;
  readonly check: string;
  readonly confirm: string;
  readonly change: string;
  readonly doneTitle: string;
  readonly done: string;
}

export interface DataTexts {
  readonly title: string;
  readonly email: string;
  readonly emailHint: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly button: string;
  readonly askedTitle: string;
  readonly asked: string;
  readonly openTitle: string;
  readonly open: string;
  readonly openButton: string;
  readonly nothingTitle: string;
  readonly nothing: string;
  readonly listTitle: string;
  readonly download: string;
  readonly erase: string;
  readonly confirmErase: { readonly title: string; readonly text: string; readonly yes: string };
  readonly erasedTitle: string;
  readonly erased: string;
  readonly facts: {
    readonly number: string;
    readonly created: string;
    readonly to: string;
    readonly email: string;
    readonly price: string;
    readonly ordered: string;
    readonly version: string;
    readonly documents: string;
    readonly attempts: string;
    readonly deleted: string;
    readonly notYet: string;
    readonly forgotten: string;
    readonly none: string;
  };
}

/** The forms of articles. */
export interface FormTexts {
  readonly noScript: string;
  readonly contact: ContactTexts;
  readonly withdrawal: WithdrawalTexts;
  readonly data: DataTexts;
}

/** Texts of the page that checks transmission reports. */
export interface VerifyTexts {
  readonly lead: string;
  readonly choose: string;
  readonly reportHint: string;
  readonly verdicts: Record<"genuine" | "changed" | "unknownKey" | "notAReport" | "unsupported" | "noKeys" | "tooLarge", Told>;
  readonly facts: {
    readonly result: string;
    readonly delivered: string;
    readonly notDelivered: string;
    readonly recipient: string;
    readonly csid: string;
    readonly none: string;
    readonly ended: string;
    readonly pages: string;
    readonly files: string;
    readonly job: string;
  };
  readonly original: {
    readonly title: string;
    readonly choose: string;
    readonly hint: string;
    readonly good: string;
    readonly bad: string;
    readonly compared: string;
  };
  readonly howTitle: string;
  readonly how: string;
}

/** Texts around every page: title, navigation, footer. */
export interface SiteTexts {
  readonly skip: string;
  readonly home: string;
  readonly languages: string;
  readonly steps: string;
  readonly stepNames: Record<FlowPage, string>;
  readonly footer: string;
  readonly announced: string;
  readonly noScript: string;
  readonly titles: Record<PageName, string>;
  readonly descriptions: Record<PageName, string>;
}

export interface StartTexts {
  readonly heading: string;
  readonly lead: string;
  readonly button: string;
  readonly points: readonly Told[];
  readonly how: string;
  readonly steps: readonly Told[];
  readonly cost: string;
  readonly costLead: string;
  readonly costMore: string;
}

/** What the build puts into an article from the operator's facts. */
export type Insert = "tariff" | "subprocessors" | "identity";

/**
 * A paragraph, a list, or an insert. In texts, `[words](page)` is a link to a page, `[words](mailto)` to the operator's
 * address, `**words**` is strong, and `{name}` one of the operator's facts.
 */
export type Block = string | { readonly list: readonly string[] } | { readonly insert: Insert };

/** A headed part of an article; `id` is its place in the address and the same in all languages. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: readonly Block[];
}

export interface Article {
  readonly lead: string;
  readonly sections: readonly Section[];
}

/** Words of the tables that the build makes. */
export interface TableTexts {
  readonly countries: string;
  readonly firstPage: string;
  readonly furtherPage: string;
  readonly example: string;
  readonly purpose: string;
  readonly place: string;
  readonly address: string;
  readonly policy: string;
  readonly purposes: Record<Purpose, string>;
  readonly represented: string;
  readonly phone: string;
  readonly email: string;
  readonly register: string;
  readonly vatId: string;
}

/** One language. */
export interface Texts {
  /** BCP 47 tag of the pages, and the folder that they live in. */
  readonly tag: string;
  /** Tag for numbers, money and dates. */
  readonly locale: string;
  /** What the language calls itself. */
  readonly name: string;
  /** The language asked of the API, which speaks fewer than the site may. */
  readonly api: Language;
  /** Country preselected where the browser's own languages name none that is served. */
  readonly country: string;
  /** Folder names of the pages in the address; the start page has none. */
  readonly slugs: Record<Exclude<PageName, "start">, string>;
  readonly site: SiteTexts;
  readonly start: StartTexts;
  readonly tables: TableTexts;
  readonly articles: Record<ArticlePage, Article>;
  readonly forms: FormTexts;
  /** Pages that a server shows instead of the one asked for. */
  readonly errors: { readonly notFound: Told; readonly tooMany: Told };
  readonly shared: SharedTexts;
  readonly send: SendTexts;
  readonly preview: PreviewTexts;
  readonly order: OrderTexts;
  readonly status: StatusTexts;
  readonly verify: VerifyTexts;
}
