// The mock's words: the API's generated types, nothing of its own.
import type { components } from "../../src/api/types.gen";

type Schemas = components["schemas"];
export type ChoosePages = Schemas["ChoosePages"];
export type ChooseResolution = Schemas["ChooseResolution"];
export type Cover = Schemas["Cover"];
export type Export = Schemas["Export"];
export type JobView = Schemas["JobView"];
export type OpenJob = Schemas["OpenJob"];
export type PageView = Schemas["PageView"];
export type Problem = Schemas["Problem"];
export type ProblemCode = Problem["code"];
export type Quote = Schemas["Quote"];
export type Upload = Schemas["Upload"];
