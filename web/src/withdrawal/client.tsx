// Entry of the withdrawal page.
import { start } from "../flow/boot";
import type { WithdrawalTexts } from "../texts/texts";
import { WithdrawalForm } from "./page";

start<WithdrawalTexts>(WithdrawalForm, "asking");
