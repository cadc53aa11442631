// Entry of the order page.
import { start } from "../flow/boot";
import type { OrderTexts } from "../texts/texts";
import { OrderPage } from "./page";

start<OrderTexts>(OrderPage);
