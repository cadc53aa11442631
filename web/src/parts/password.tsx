// Asks for the password of a locked file, right where the file is. The password stays in the field until it is sent and
// is kept nowhere else.
import { useState } from "preact/hooks";
import type { Failure } from "../api/client";
import { useSite } from "../site/data";
import { fill } from "../site/words";
import { failureText } from "./errors";

interface Props {
  readonly id: string;
  readonly name: string;
  /** Whether a password was tried already. */
  readonly tried: boolean;
  readonly onPassword: (password: string) => Promise<Failure | null>;
}

export function PasswordQuestion({ id, name, tried, onPassword }: Props) {
  const { shared } = useSite();
  const texts = shared.arrange.password;
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(tried ? texts.wrong : null);
  const [busy, setBusy] = useState(false);

  async function open(): Promise<void> {
    if (busy) return;
    if (typed === "") {
      setError(texts.missing);
      return document.getElementById(id)?.focus();
    }
    setBusy(true);
    const failure = await onPassword(typed);
    setBusy(false);
    setTyped("");
    setError(failure && failureText(shared, failure));
  }

  return (
    <div class={error === null ? "field password" : "field password wrong"}>
      <label for={id}>{fill(texts.label, { name })}</label>
      <p class="hint" id={`${id}-hint`}>{texts.hint}</p>
      {error !== null && <p class="field-error" id={`${id}-error`}>{error}</p>}
      <input
        id={id}
        type="password"
        autocomplete="off"
        maxLength={127}
        value={typed}
        aria-describedby={error === null ? `${id}-hint` : `${id}-hint ${id}-error`}
        aria-invalid={error === null ? undefined : "true"}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Not the form around it: that would continue to the next page.
          if (event.key !== "Enter") return;
          event.preventDefault();
          void open();
        }}
      />
      <button type="button" class="button second" aria-disabled={busy ? "true" : undefined} onClick={() => void open()}>{texts.open}</button>
    </div>
  );
}
