// When the number is dialled again, by what went wrong: for whoever wants to know it before ordering or while waiting.
import type { Redials } from "../api/types";
import { useSite } from "../site/data";
import { fill, span } from "../site/words";

export function Timetable({ redials }: { redials: Redials }) {
  const { shared, locale } = useSite();
  const { title, hint, causes, atOnce, after } = shared.timetable;
  const told = (seconds: number) => (seconds === 0 ? atOnce : fill(after, { time: span(locale, shared, seconds) }));
  const all = new Intl.ListFormat(locale, { type: "conjunction" });
  return (
    <details class="timetable">
      <summary>{title}</summary>
      <dl>
        {(Object.keys(causes) as (keyof Redials)[]).flatMap((cause) => [
          <dt key={cause}>{causes[cause]}</dt>,
          <dd key={`${cause}:`}>{redials[cause].length === 0 ? "–" : all.format(redials[cause].map(told))}</dd>,
        ])}
      </dl>
      <p class="hint">{hint}</p>
    </details>
  );
}
