// The chosen files, one row each: what it is, how far it is, and what can be done about it.
import type { SendTexts } from "../texts/texts";
import { useSite } from "../site/data";
import { count, fill, size } from "../site/words";
import type { Failure } from "../api/client";
import { failureText } from "../parts/errors";
import { MoveButtons } from "../parts/move";
import { PasswordQuestion } from "../parts/password";
import type { Item } from "./files";

interface Props {
  readonly own: SendTexts;
  readonly items: readonly Item[];
  readonly onRemove: (item: Item) => void;
  readonly onRetry: (item: Item) => void;
  readonly onMove: (item: Item, by: -1 | 1) => void;
  readonly onPassword: (item: Item, password: string) => Promise<Failure | null>;
}

export function FileRows({ own, items, onRemove, onRetry, onMove, onPassword }: Props) {
  const { shared, locale } = useSite();
  if (items.length === 0) return null;
  const pages = items.reduce((sum, { state }) => sum + (state.phase === "prepared" ? state.pages : 0), 0);
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  return (
    <>
      <ul class="files" aria-label={own.files.list}>
        {items.map((item, at) => (
          <li key={item.key} class={`file ${item.state.phase}`}>
            <div class="file-what">
              <strong>{item.name}</strong>
              <Progress own={own} item={item} />
            </div>
            <div class="file-do">
              <MoveButtons name={item.name} at={at} all={items.length} onMove={(by) => onMove(item, by)} />
              {canRetry(item) && (
                <button type="button" class="quiet" aria-label={fill(own.files.retryOne, { name: item.name })} onClick={() => onRetry(item)}>
                  {shared.retry}
                </button>
              )}
              <button type="button" class="quiet" aria-label={fill(own.files.removeOne, { name: item.name })} onClick={() => onRemove(item)}>
                {own.files.remove}
              </button>
            </div>
            {isLocked(item) && (
              <PasswordQuestion id={`password-${item.key}`} name={item.name} tried={item.state.phase === "refused" && item.state.tried === true} onPassword={(password) => onPassword(item, password)} />
            )}
          </li>
        ))}
      </ul>
      {pages > 0 && (
        <p class="total">{fill(own.files.total, { pages: count(locale, shared.pages, pages), size: size(locale, bytes) })}</p>
      )}
    </>
  );
}

function isLocked({ state }: Item): boolean {
  return state.phase === "refused" && state.refusal === "password_needed";
}

function canRetry({ state }: Item): boolean {
  return state.phase === "offline" || state.phase === "failed";
}

function Progress({ own, item }: { own: SendTexts; item: Item }) {
  const { shared, locale } = useSite();
  const { state } = item;
  switch (state.phase) {
    case "uploading":
      return (
        <>
          <span class="file-state">{fill(own.files.uploading, { percent: percent(locale, state.sent, item.bytes) })}</span>
          <progress max={item.bytes} value={state.sent} aria-label={fill(own.files.progress, { name: item.name })} />
        </>
      );
    case "prepared":
      return <span class="file-state">{`${count(locale, shared.pages, state.pages)} · ${size(locale, item.bytes)}`}</span>;
    case "refused":
      return <span class="file-state wrong-text">{own.refusals[state.refusal]}</span>;
    case "failed":
      return <span class="file-state wrong-text">{state.failure ? failureText(shared, state.failure) : own.files.failed}</span>;
    case "interrupted":
      return <span class="file-state wrong-text">{own.files.interrupted}</span>;
    default:
      return <span class="file-state">{own.files[state.phase]}</span>;
  }
}

function percent(locale: string, part: number, whole: number): string {
  return new Intl.NumberFormat(locale, { style: "percent" }).format(whole > 0 ? Math.min(1, part / whole) : 0);
}
