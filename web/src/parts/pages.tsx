// The fax pages as pictures. They lie encrypted at another origin under addresses that are good for minutes, so they
// are fetched when they come into view and shown from memory; a page once fetched is not fetched again.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PageView } from "../api/types";
import { useSite } from "../site/data";
import { fill } from "../site/words";
import type { PreviewTexts } from "../texts/texts";

/** Dots per inch across: pixels of a fax page are not square. */
export const ACROSS = 204;

const heightOf = (page: PageView) => Math.round((page.rows * ACROSS) / page.rows_per_inch);

/** What a picture is kept under: its address without what makes the address good for some minutes only. */
const keyOf = (address: string) => address.split("?")[0] ?? address;

const pictures = new Map<string, string>();

/** The picture of one page as an address in memory; null while it is on its way, "failed" when it did not come. */
function usePicture(key: string, address: string | null): string | null {
  const [picture, setPicture] = useState<string | null>(pictures.get(key) ?? null);
  useEffect(() => {
    if (address === null) return;
    const known = pictures.get(key);
    if (known !== undefined) return setPicture(known);
    let current = true;
    setPicture(null);
    fetch(address, { credentials: "omit" })
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(String(answer.status)))))
      .then((blob) => {
        pictures.set(key, URL.createObjectURL(blob));
        if (current) setPicture(pictures.get(key) ?? null);
      })
      .catch(() => current && setPicture("failed"));
    return () => {
      current = false;
    };
  }, [key, address]);
  return picture;
}

function useSeen(): [{ current: HTMLElement | null }, boolean] {
  const element = useRef<HTMLElement | null>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true), { rootMargin: "400px" });
    if (element.current) watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return [element, seen];
}

interface PageProps {
  readonly own: PreviewTexts;
  readonly page: PageView;
  /** Its number in the fax; null when it is left out. */
  readonly number: number | null;
  readonly all: number;
  /** What the header line says, but for the time. */
  readonly header: { readonly sender: string | undefined; readonly to: string };
  readonly onStale: () => void;
  readonly onEnlarge: () => void;
  readonly children?: ComponentChildren;
}

interface StripProps {
  readonly sender: string | undefined;
  readonly to: string;
  readonly number: number;
  readonly all: number;
}

/** The header line in its true size, its time still open: it is stamped when the number is dialled. */
export function HeaderStrip({ sender, to, number, all }: StripProps) {
  if (sender === undefined) return null;
  return <span class="strip" aria-hidden="true"><span>{sender}</span><span>{`__.__.____ __:__   →  ${to}`}</span><span>{`${number}/${all}`}</span></span>;
}

function titleOf(own: PreviewTexts, page: PageView, number: number | null): string {
  return number === null ? fill(own.arrange.leftOut, { n: page.source }) : fill(own.page, { n: number });
}

export function FaxPage({ own, page, number, all, header, onStale, onEnlarge, children }: PageProps) {
  const { shared } = useSite();
  const [element, seen] = useSeen();
  const picture = usePicture(keyOf(page.thumbnail), seen ? page.thumbnail : null);
  const title = titleOf(own, page, number);
  return (
    <li class={number === null ? "sheet out" : "sheet"} ref={element as { current: HTMLLIElement | null }}>
      <h3>{title}</h3>
      <div class="stamped">
        {number !== null && <HeaderStrip {...header} number={number} all={all} />}
        <button type="button" class="paper" aria-label={fill(own.enlargeOne, { page: title })} onClick={onEnlarge}>
          {picture !== null && picture !== "failed" ? (
            <img src={picture} width={page.columns} height={heightOf(page)} alt={number === null ? title : fill(own.alt, { n: number, all })} />
          ) : (
            <span class="blank" />
          )}
          <span class="paper-do" aria-hidden="true">{own.enlarge}</span>
        </button>
      </div>
      {picture === "failed" && (
        <p class="warning">{own.imageFailed} <button type="button" class="quiet" onClick={onStale}>{shared.retry}</button></p>
      )}
      {number !== null && page.warnings.map((warning) => <p class="warning" key={warning}>{own.warnings[warning]}</p>)}
      {children}
    </li>
  );
}

interface EnlargedProps {
  readonly own: PreviewTexts;
  readonly pages: readonly PageView[];
  readonly numberOf: (page: PageView) => number | null;
  readonly all: number;
  readonly header: PageProps["header"];
  readonly at: number;
  readonly onMove: (to: number) => void;
  readonly onClose: () => void;
}

/** One page, large, in the browser's own modal dialog; turned for reading only, the fax stays as it is. */
export function Enlarged({ own, pages, numberOf, all, header, at, onMove, onClose }: EnlargedProps) {
  const { shared } = useSite();
  const dialog = useRef<HTMLDialogElement>(null);
  const [turned, setTurned] = useState(0);
  const page = pages[at];
  const picture = usePicture(keyOf(page?.preview ?? ""), page?.preview ?? null);
  useEffect(() => dialog.current?.showModal(), []);
  if (!page) return null;
  const title = titleOf(own, page, numberOf(page));
  return (
    <dialog ref={dialog} class="enlarged" aria-label={title} onClose={onClose}>
      <div class="enlarged-bar">
        <strong>{title}</strong>
        <button type="button" class="quiet" disabled={at === 0} onClick={() => onMove(at - 1)}>{own.previous}</button>
        <button type="button" class="quiet" disabled={at === pages.length - 1} onClick={() => onMove(at + 1)}>{own.following}</button>
        <button type="button" class="quiet" onClick={() => setTurned((turned + 90) % 360)}>{own.turn}</button>
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>{shared.close}</button>
      </div>
      <div class={`enlarged-view turned-${turned}`} tabIndex={0} role="group" aria-label={title}>
        {picture === "failed" && <p class="warning">{own.imageFailed}</p>}
        {picture !== null && picture !== "failed" && (
          <div class="whole">
            {numberOf(page) !== null && <HeaderStrip {...header} number={numberOf(page) ?? 1} all={all} />}
            <img src={picture} width={page.columns} height={heightOf(page)} alt={title} />
          </div>
        )}
      </div>
    </dialog>
  );
}
