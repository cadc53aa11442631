// A question before something that cannot be undone. The browser's own modal dialog keeps the focus inside, closes on
// Escape and gives the focus back.
import { useRef } from "preact/hooks";
import { useSite } from "../site/data";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly danger?: boolean;
  readonly texts: { readonly title: string; readonly text: string; readonly yes: string };
  readonly onYes: () => void;
}

export function Confirm({ id, label, danger = false, texts, onYes }: Props) {
  const { shared } = useSite();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" class={danger ? "second danger" : "second"} onClick={() => dialog.current?.showModal()}>{label}</button>
      <dialog ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
        <h2 id={`${id}-title`}>{texts.title}</h2>
        <p id={`${id}-text`}>{texts.text}</p>
        <p class="buttons">
          <button type="button" class={danger ? "danger-fill" : "first"} onClick={() => { dialog.current?.close(); onYes(); }}>{texts.yes}</button>
          <button type="button" class="second" onClick={() => dialog.current?.close()}>{shared.keepAsIs}</button>
        </p>
      </dialog>
    </>
  );
}
