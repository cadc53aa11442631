// The API's words, by short names. Everything comes from the generated file, so that a change of docs/openapi.yaml
// is a compile error here and nowhere a surprise at run time.
import type { components } from "./types.gen";

type Schemas = components["schemas"];

export type JobView = Schemas["JobView"];
export type DocumentView = Schemas["DocumentView"];
export type PageView = Schemas["PageView"];
export type AttemptView = Schemas["AttemptView"];
export type DeletionView = Schemas["DeletionView"];
export type Upload = Schemas["Upload"];
export type Uploads = Schemas["Uploads"];
export type OpenedJob = Schemas["OpenedJob"];
export type ChoosePages = Schemas["ChoosePages"];
export type ChooseResolution = Schemas["ChooseResolution"];
export type Cover = Schemas["Cover"];
export type CoverPage = Schemas["CoverPage"];
export type NewDocument = Schemas["NewDocument"];
export type Redials = Schemas["Redials"];
export type Quote = Schemas["Quote"];
export type Checkout = Schemas["Checkout"];
export type PaymentPage = Schemas["PaymentPage"];
export type Export = Schemas["Export"];
export type FaxesOfAddress = Schemas["FaxesOfAddress"];
export type DataKey = Schemas["DataKey"];
export type AskMail = Schemas["AskMail"];
export type Message = Schemas["Message"];
export type Withdrawal = Schemas["Withdrawal"];
export type Received = Schemas["Received"];
export type Money = Schemas["Money"];
export type Problem = Schemas["Problem"];
export type Language = Schemas["Language"];

export type Stage = JobView["stage"];
export type Action = JobView["actions"][number];
export type Outcome = Schemas["Outcome"];
export type Refusal = NonNullable<DocumentView["refusal"]>;
export type Warning = PageView["warnings"][number];
export type ProblemCode = Problem["code"];
export type PaymentState = JobView["payment"]["state"];
export type Copies = DeletionView["copies"];
export type Place = DeletionView["place"];
export type Receipt = Schemas["Receipt"];
export type MailKind = JobView["mails"][number]["kind"];
