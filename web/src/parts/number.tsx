// The question for the recipient's number: country, number, and one line that says how the number was understood.
import { useEffect, useState } from "preact/hooks";
import { loadNumbers, type Understood, understand } from "../flow/number";
import type { TypedNumber } from "../api/client";
import { useSite } from "../site/data";
import { fill } from "../site/words";
import { FieldError } from "./errors";

/** Spellings of the test numbers reserved for films, which no real line can have. */
const EXAMPLES: Readonly<Record<string, string>> = { DE: "030 23125001", US: "(212) 555-0101" };

interface Props {
  readonly value: TypedNumber;
  readonly error: string | undefined;
  readonly onChange: (value: TypedNumber) => void;
}

export function NumberQuestion({ value, error, onChange }: Props) {
  const { shared, countries } = useSite();
  const understood = useUnderstood(value);
  const dial = countries.find(({ code }) => code === value.country)?.dial ?? "49";
  const example = EXAMPLES[value.country] ?? `+${dial} …`;
  const good = error === undefined && understood?.possible === true;
  return (
    <fieldset class="question">
      <legend><h2>{shared.number.legend}</h2></legend>
      <div class="field">
        <label for="country">{shared.number.country}</label>
        <p class="hint" id="country-hint">{shared.number.countryHint}</p>
        <select
          id="country"
          name="country"
          aria-describedby="country-hint"
          value={value.country}
          onChange={(event) => onChange({ ...value, country: event.currentTarget.value })}
        >
          {countries.map(({ code, name, dial }) => (
            <option key={code} value={code} selected={code === value.country}>{`${name} (+${dial})`}</option>
          ))}
        </select>
      </div>
      <div class={error === undefined ? "field" : "field wrong"}>
        <label for="number">{shared.number.label}</label>
        <p class="hint" id="number-hint">{fill(shared.number.hint, { example })}</p>
        <FieldError id="number-error" text={error} />
        <input
          id="number"
          name="number"
          type="tel"
          inputMode="tel"
          autocomplete="off"
          spellcheck={false}
          maxLength={40}
          value={value.to}
          aria-describedby={error === undefined ? "number-hint number-good" : "number-hint number-error"}
          aria-invalid={error === undefined ? undefined : "true"}
          onFocus={() => void loadNumbers()}
          onInput={(event) => onChange({ ...value, to: event.currentTarget.value })}
        />
        <p class="understood" id="number-good">
          {good && understood ? fill(shared.number.good, { number: understood.display, country: nameOf(countries, understood.country ?? value.country) }) : ""}
        </p>
      </div>
    </fieldset>
  );
}

function nameOf(countries: readonly { code: string; name: string }[], code: string): string {
  return countries.find((country) => country.code === code)?.name ?? code;
}

function useUnderstood(value: TypedNumber): Understood | null {
  const [understood, setUnderstood] = useState<Understood | null>(null);
  useEffect(() => {
    let current = true;
    if (value.to.replace(/\D/g, "").length < 4) setUnderstood(null);
    else void understand(value.to, value.country).then((result) => current && setUnderstood(result));
    return () => {
      current = false;
    };
  }, [value.to, value.country]);
  return understood;
}
