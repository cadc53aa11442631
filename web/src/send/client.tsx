// Entry of the send page.
import { start } from "../flow/boot";
import type { SendTexts } from "../texts/texts";
import { SendPage } from "./page";

start<SendTexts>(SendPage);
