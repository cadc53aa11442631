// What every small form keeps: its errors, the round that makes the summary take the focus, and whether it is at work.
import { useState } from "preact/hooks";
import type { Answer, Failure } from "../api/client";
import { useSite } from "../site/data";
import { failureText, type FormError } from "./errors";

export interface Form {
  readonly errors: readonly FormError[];
  readonly round: number;
  readonly working: boolean;
  /** Sends, unless something is wrong already; what the API refuses is shown at the field that it names. */
  send<T>(faults: readonly FormError[], ask: () => Promise<Answer<T>>): Promise<T | null>;
}

/** `fields` are the API's fields that have a box of the same id on the page. */
export function useForm(fields: readonly string[]): Form {
  const { shared } = useSite();
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [round, setRound] = useState(0);
  const [working, setWorking] = useState(false);

  function show(found: readonly FormError[]): null {
    setErrors(found);
    setRound((before) => before + 1);
    setWorking(false);
    return null;
  }

  function told(failure: Failure): FormError {
    const field = failure.kind === "problem" && failure.field !== undefined && fields.includes(failure.field) ? failure.field : null;
    return { field, text: failureText(shared, failure) };
  }

  return {
    errors,
    round,
    working,
    async send(faults, ask) {
      if (working) return null;
      if (faults.length > 0) return show(faults);
      setErrors([]);
      setWorking(true);
      const answer = await ask();
      if (!answer.ok) return show([told(answer.failure)]);
      setWorking(false);
      return answer.value;
    },
  };
}
