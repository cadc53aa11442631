// Entry of the page that checks reports.
import { start } from "../flow/boot";
import type { VerifyTexts } from "../texts/texts";
import { VerifyPage } from "./page";

start<VerifyTexts>(VerifyPage);
