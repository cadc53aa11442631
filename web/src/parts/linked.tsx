// A text with links to pages of the site: `[words](page)`, as in the articles.
import { useSite } from "../site/data";
import type { PageName } from "../texts/texts";

export function Linked({ text }: { text: string }) {
  const { paths } = useSite();
  return (
    <>
      {text.split(/(\[[^\]]+\]\(\w+\))/).map((part) => {
        const [, words, page] = /^\[(.+)\]\((\w+)\)$/.exec(part) ?? [];
        return words === undefined ? part : <a key={part} href={paths[page as PageName]}>{words}</a>;
      })}
    </>
  );
}
