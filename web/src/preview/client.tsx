// Entry of the preview page.
import { start } from "../flow/boot";
import type { PreviewTexts } from "../texts/texts";
import { PreviewPage } from "./page";

start<PreviewTexts>(PreviewPage);
