// Which country is preselected: one that the browser's own languages name and that we serve, else the language's usual
// one. Nothing is asked of a server for it and nothing is kept.
import type { Country } from "../site/data";

export function preselect(countries: readonly Country[], languages: readonly string[], usual: string): string {
  for (const tag of languages) {
    const region = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(tag)?.[1];
    if (region !== undefined && countries.some(({ code }) => code === region)) return region;
  }
  return usual;
}
