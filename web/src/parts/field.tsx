// One question with one answer in text: label, hint, error, and the box to type into.
import { errorFor, FieldError, type FormError } from "./errors";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly errors: readonly FormError[];
  readonly longest: number;
  readonly kind?: "email" | "text" | "long";
  readonly autocomplete?: string;
  readonly onChange: (value: string) => void;
}

export function Field({ id, label, hint, value, errors, longest, kind = "text", autocomplete, onChange }: Props) {
  const error = errorFor(errors, id);
  const box = {
    id,
    name: id,
    maxLength: longest,
    value,
    "aria-describedby": error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`,
    "aria-invalid": error === undefined ? undefined : ("true" as const),
  };
  return (
    <div class={error === undefined ? "field" : "field wrong"}>
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>{hint}</p>
      <FieldError id={`${id}-error`} text={error} />
      {kind === "long" ? (
        <textarea {...box} rows={7} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input {...box} type={kind as "text"} autocomplete={autocomplete} spellcheck={false} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </div>
  );
}

/** What is wrong with an address as typed, before the API says so. */
export function addressFault(id: string, email: string, texts: { readonly emailMissing: string; readonly emailWrong: string }): FormError[] {
  if (email.trim() === "") return [{ field: id, text: texts.emailMissing }];
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()) ? [] : [{ field: id, text: texts.emailWrong }];
}
