// One file on the preview page: its name, its place among the others, and its pages with what can be done about each.
import type { PageView } from "../api/types";
import { MoveButtons } from "../parts/move";
import { FaxPage } from "../parts/pages";
import { PasswordQuestion } from "../parts/password";
import { useSite } from "../site/data";
import { fill } from "../site/words";
import type { PreviewTexts } from "../texts/texts";
import { type Pile, turnedRight, withPage } from "./arrange";
import type { Wishes } from "./wishes";

interface Props {
  readonly own: PreviewTexts;
  readonly pile: Pile;
  readonly at: number;
  readonly piles: number;
  readonly wishes: Wishes;
  readonly editable: boolean;
  /** The page's number in the fax, or null when it is left out. */
  readonly numberOf: (page: PageView) => number | null;
  readonly all: number;
  readonly header: { readonly sender: string | undefined; readonly to: string };
  readonly onMove: (by: -1 | 1) => void;
  readonly onStale: () => void;
  readonly onEnlarge: (page: PageView) => void;
}

export function PileOfPages({ own, pile, at, piles, wishes, editable, numberOf, all, header, onMove, onStale, onEnlarge }: Props) {
  const { document, pages } = pile;
  const wish = wishes.of(document);
  const again = document.state === "awaited" && pages.length > 0;
  return (
    <section class="pile" aria-labelledby={`pile-${document.id}`}>
      <div class="pile-top">
        <h2 id={`pile-${document.id}`}>{document.name}</h2>
        {editable && <MoveButtons name={document.name} at={at} all={piles} onMove={onMove} />}
      </div>
      {document.refusal === "password_needed" && (
        <PasswordQuestion id={`password-${document.id}`} name={document.name} tried={wishes.tried(document)} onPassword={(password) => wishes.unlock(document, password)} />
      )}
      {editable && pages.length > 0 && (
        <div class="tick">
          <input id={`photo-${document.id}`} type="checkbox" checked={wish.photo} aria-describedby={`photo-${document.id}-hint`} onChange={(event) => wishes.want(document, { ...wish, photo: event.currentTarget.checked })} />
          <label for={`photo-${document.id}`}>{own.arrange.photo}<span class="hint" id={`photo-${document.id}-hint`}> {own.arrange.photoHint}</span></label>
        </div>
      )}
      {again && <p class="note">{own.arrange.again}</p>}
      <ol class={again ? "sheets again" : "sheets"}>
        {pages.map((page) => (
          <FaxPage key={page.source} own={own} page={page} number={numberOf(page)} all={all} header={header} onStale={onStale} onEnlarge={() => onEnlarge(page)}>
            {editable && <PageButtons own={own} page={page} number={numberOf(page)} name={document.name} onTurn={() => wishes.want(document, turnedRight(wish, page))} onGoes={(goes) => wishes.want(document, withPage(wish, page.source, goes))} />}
          </FaxPage>
        ))}
        {pages.length === 0 && document.state === "awaited" && <li class="sheet" aria-hidden="true"><span class="paper"><span class="blank" /></span></li>}
      </ol>
    </section>
  );
}

interface ButtonsProps {
  readonly own: PreviewTexts;
  readonly page: PageView;
  readonly number: number | null;
  readonly name: string;
  readonly onTurn: () => void;
  readonly onGoes: (goes: boolean) => void;
}

// Leaving out and taking back is one button that changes its words, so that the focus stays where it is.
function PageButtons({ own: { arrange }, page, number, name, onTurn, onGoes }: ButtonsProps) {
  const { shared } = useSite();
  const words = number === null ? fill(arrange.takeBackOne, { n: page.source, name }) : fill(arrange.leaveOutOne, { n: number });
  return (
    <div class="sheet-do">
      <button type="button" class="quiet" aria-label={words} onClick={() => onGoes(number === null)}>{number === null ? arrange.takeBack : arrange.leaveOut}</button>
      {number !== null && (
        <button type="button" class="quiet" aria-label={fill(arrange.turnOne, { n: number })} onClick={onTurn}>{shared.arrange.turn}</button>
      )}
    </div>
  );
}
