// The start page: what it is, what it costs, and the way in.
import type { Texts } from "../texts/texts";
import { Tariff } from "./inserts";
import type { Operator } from "./operator";
import { pathOf } from "./paths";
import { fill } from "./words";

export function StartPage({ texts, operator }: { texts: Texts; operator: Operator }) {
  const { start } = texts;
  return (
    <>
      <div class="hero">
        <div>
          <h1>{start.heading}</h1>
          <p class="lead">{start.lead}</p>
          <p><a class="button large" href={pathOf(texts, "send")}>{start.button}</a></p>
        </div>
        <Sheet />
      </div>
      <ul class="points">
        {start.points.map(({ name, advice }) => <li class="card" key={name}><h2>{name}</h2><p>{advice}</p></li>)}
      </ul>
      <section class="part" aria-labelledby="how-title">
        <h2 id="how-title">{start.how}</h2>
        <ol class="how">{start.steps.map(({ name, advice }) => <li key={name}><h3>{name}</h3><p>{advice}</p></li>)}</ol>
      </section>
      <section class="part" aria-labelledby="cost-title">
        <h2 id="cost-title">{start.cost}</h2>
        <p>{fill(start.costLead, {})} <a href={pathOf(texts, "prices")}>{start.costMore}</a></p>
        <Tariff texts={texts} operator={operator} />
      </section>
    </>
  );
}

/** A drawing of a fax that has arrived. */
function Sheet() {
  return (
    <svg class="drawing" viewBox="0 0 240 210" aria-hidden="true" fill="none" stroke-linejoin="round" stroke-linecap="round">
      <path class="d-paper" d="M60 10h92l28 28v92H60z" />
      <path class="d-line" d="M152 10v28h28M78 34h48M78 56h84M78 72h84M78 88h70M78 104h84" />
      <path class="d-body" d="M26 118h188a12 12 0 0 1 12 12v46a12 12 0 0 1-12 12H26a12 12 0 0 1-12-12v-46a12 12 0 0 1 12-12z" />
      <path class="d-slot" d="M50 132h140" />
      <path class="d-line" d="M38 160h44M38 172h28" />
      <circle class="d-seal" cx="188" cy="120" r="28" />
      <path class="d-tick" d="m175 121 9 9 17-19" />
    </svg>
  );
}
