// Entry of the contact page.
import { start } from "../flow/boot";
import type { ContactTexts } from "../texts/texts";
import { ContactForm } from "./page";

start<ContactTexts>(ContactForm, "asking");
