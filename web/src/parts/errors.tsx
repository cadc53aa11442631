// Errors as GOV.UK shows them: a summary at the top that takes the focus and links to each field, and the same words
// at the field. The title of the page says it too, for those who only hear it.
import { useEffect, useRef } from "preact/hooks";
import type { Failure } from "../api/client";
import { useSite } from "../site/data";
import type { SharedTexts } from "../texts/texts";

// `round` grows with each press of the button: only then the summary takes the focus, not when an answer is changed.

/** One thing to put right; `field` is the id of the element to go to, or null when it concerns no field. */
export interface FormError {
  readonly field: string | null;
  readonly text: string;
}

export function ErrorSummary({ errors, round }: { errors: readonly FormError[]; round: number }) {
  const { shared } = useSite();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const title = document.title.replace(shared.errorPrefix, "");
    document.title = errors.length > 0 ? shared.errorPrefix + title : title;
    return () => {
      document.title = document.title.replace(shared.errorPrefix, "");
    };
  }, [errors]);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [round]);
  if (errors.length === 0) return null;
  return (
    <div class="errors" role="alert" tabIndex={-1} ref={box} aria-labelledby="errors-title">
      <h2 id="errors-title">{shared.errorTitle}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={text}>{field === null ? text : <a href={`#${field}`} onClick={(event) => goTo(event, field)}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

// The fragment holds the private link, so a plain in-page link must not replace it.
function goTo(event: Event, field: string): void {
  event.preventDefault();
  const element = document.getElementById(field);
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}

export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  return text === undefined ? null : <p class="field-error" id={id}>{text}</p>;
}

export function errorFor(errors: readonly FormError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.text;
}

/** The words for a failed request. */
export function failureText(shared: SharedTexts, failure: Failure): string {
  return failure.kind === "unreachable" ? shared.unreachable : shared.problems[failure.code];
}
