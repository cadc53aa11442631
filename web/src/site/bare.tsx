// Pages in all languages at once: shown where a server does not know the language, or has nothing else to show.
import type { Texts, Told } from "../texts/texts";
import { pathOf } from "./paths";

export function Bare({ all, told }: { all: readonly Texts[]; told: (texts: Texts) => Told }) {
  return (
    <>
      {all.map((texts, index) => {
        const { name, advice } = told(texts);
        return (
          <section class="narrow" lang={texts.tag} key={texts.tag}>
            {index === 0 ? <h1>{name}</h1> : <h2>{name}</h2>}
            <p class="lead">{advice}</p>
            <p class="buttons"><a class="button second" href={pathOf(texts, "start")} hreflang={texts.tag}>{`${texts.name}: ${texts.start.button}`}</a></p>
          </section>
        );
      })}
    </>
  );
}
