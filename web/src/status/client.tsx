// Entry of the status page.
import { start } from "../flow/boot";
import type { StatusTexts } from "../texts/texts";
import { StatusPage } from "./page";

start<StatusTexts>(StatusPage);
