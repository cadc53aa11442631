import { expect, test } from "@playwright/test";
import type { DocumentView, PageView } from "../api/types";
import { moved, pilesOf, same, turnedRight, type Wish, wishOf, withPage } from "./arrange";

const NOTHING: Wish = { turns: [], left_out: [], photo: false };
const page = (source: number, turn: PageView["turn"] = 0, document = "a") => ({ source, turn, document }) as PageView;

test("a page turns on from how it lies, by itself or by an earlier wish", () => {
  expect(turnedRight(NOTHING, page(2)).turns).toEqual([{ page: 2, degrees: 90 }]);
  expect(turnedRight(NOTHING, page(2, 270)).turns).toEqual([{ page: 2, degrees: 0 }]);
  const twice = turnedRight(turnedRight(NOTHING, page(2)), page(2));
  expect(twice.turns).toEqual([{ page: 2, degrees: 180 }]);
  expect(turnedRight(twice, page(1)).turns.map((turn) => turn.page)).toEqual([1, 2]);
});

test("a page left out twice is left out once, and comes back", () => {
  const out = withPage(withPage(withPage(NOTHING, 3, false), 3, false), 1, false);
  expect(out.left_out).toEqual([1, 3]);
  expect(withPage(out, 3, true).left_out).toEqual([1]);
  expect(same(withPage(withPage(out, 1, true), 3, true), NOTHING)).toBe(true);
  expect(same(out, NOTHING)).toBe(false);
});

test("files move by one", () => {
  expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
});

test("a file shows its pages in its own order, whether they go or not", () => {
  const documents = ["b", "a"].map((id) => ({ id, ...NOTHING }) as unknown as DocumentView);
  const view = { documents, pages: [page(1), page(3), page(1, 0, "b")], left_out: [page(2)] };
  const piles = pilesOf(view as unknown as Parameters<typeof pilesOf>[0]);
  expect(piles.map(({ document, pages }) => [document.id, pages.map(({ source }) => source)])).toEqual([["b", [1]], ["a", [1, 2, 3]]]);
  expect(wishOf(documents[0] as DocumentView)).toEqual(NOTHING);
});
