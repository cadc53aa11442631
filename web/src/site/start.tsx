// The start page.
import type { Texts } from "../texts/texts";
import { pathOf } from "./paths";

export function StartPage({ texts }: { texts: Texts }) {
  const { start } = texts;
  return (
    <>
      <div class="hero">
        <h1>{start.heading}</h1>
        <p class="lead">{start.lead}</p>
        <p><a class="button" href={pathOf(texts, "send")}>{start.button}</a></p>
      </div>
      <ul class="points">
        {start.points.map(({ name, advice }) => <li class="card" key={name}><h2>{name}</h2><p>{advice}</p></li>)}
      </ul>
      <section class="part" aria-labelledby="how-title">
        <h2 id="how-title">{start.how}</h2>
        <ol class="how">{start.steps.map(({ name, advice }) => <li key={name}><h3>{name}</h3><p>{advice}</p></li>)}</ol>
      </section>
    </>
  );
}
