// Entry of the page of one's own data.
import { start } from "../flow/boot";
import type { DataTexts } from "../texts/texts";
import { DataPage } from "./page";

start<DataTexts>(DataPage, "asking");
