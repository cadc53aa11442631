// What the sender wants of the pages of a file, worked out without any drawing.
import type { ChoosePages, DocumentView, JobView, PageView } from "../api/types";

/** A wish without a password, as the API tells it back. */
export type Wish = Pick<ChoosePages, "turns" | "left_out" | "photo">;

/** A file with all its pages in its own order, those left out among them. */
export interface Pile {
  readonly document: DocumentView;
  readonly pages: readonly PageView[];
}

export function pilesOf({ documents, pages, left_out }: JobView): Pile[] {
  const all = [...pages, ...left_out];
  return documents.map((document) => ({
    document,
    pages: all.filter((page) => page.document === document.id).sort((a, b) => a.source - b.source),
  }));
}

export function wishOf({ turns, left_out, photo }: DocumentView): Wish {
  return { turns, left_out, photo };
}

export function same(one: Wish, other: Wish): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** The wish with one page a quarter further to the right than it lies now. */
export function turnedRight(wish: Wish, page: PageView): Wish {
  const now = wish.turns.find((turn) => turn.page === page.source)?.degrees ?? page.turn;
  const degrees = ((now + 90) % 360) as PageView["turn"];
  return sorted({ ...wish, turns: [...wish.turns.filter((turn) => turn.page !== page.source), { page: page.source, degrees }] });
}

export function withPage(wish: Wish, source: number, goes: boolean): Wish {
  const others = wish.left_out.filter((page) => page !== source);
  return sorted({ ...wish, left_out: goes ? others : [...others, source] });
}

/** The ids with one of them moved up (-1) or down (1). */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const order = ids.filter((other) => other !== id);
  order.splice(from + by, 0, id);
  return order;
}

function sorted({ turns, left_out, photo }: Wish): Wish {
  return { turns: [...turns].sort((a, b) => a.page - b.page), left_out: [...left_out].sort((a, b) => a - b), photo };
}
