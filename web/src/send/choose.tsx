// Choosing files: by the browser's own dialog, by dropping them, or with the camera of a phone. The real inputs stay in
// the page, so that keyboard, screen reader and a page whose code has not arrived yet all work the ordinary way.
import { useEffect, useRef, useState } from "preact/hooks";
import type { SendTexts } from "../texts/texts";
import { FieldError } from "../parts/errors";

const ACCEPT = "application/pdf,image/*,text/plain,.pdf,.tif,.tiff,.txt";

interface Props {
  readonly own: SendTexts;
  readonly any: boolean;
  readonly error: string | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}

export function Choose({ own, any, error, onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  function take(from: HTMLInputElement | null): void {
    const files = Array.from(from?.files ?? []);
    if (from) from.value = "";
    if (files.length > 0) onFiles(files);
  }

  // Files chosen before the code arrived are waiting in the input.
  useEffect(() => take(input.current), []);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const files = Array.from(event.dataTransfer?.files ?? []);
    if (files.length > 0) onFiles(files);
  }

  return (
    <div class={error === undefined ? "field" : "field wrong"}>
      <p class="hint" id="files-hint">{own.files.hint}</p>
      <FieldError id="files-error" text={error} />
      <div
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div class="pick">
          <input
            id="files"
            class="cover"
            type="file"
            multiple
            accept={ACCEPT}
            ref={input}
            aria-describedby={error === undefined ? "files-hint" : "files-hint files-error"}
            onChange={(event) => take(event.currentTarget)}
          />
          <label class="button second" for="files">{any ? own.files.more : own.files.choose}</label>
        </div>
        <div class="pick camera">
          <input id="camera" class="cover" type="file" accept="image/*" capture="environment" onChange={(event) => take(event.currentTarget)} />
          <label class="button second" for="camera">{own.files.camera}</label>
        </div>
        <span class="drop-text" aria-hidden="true">{own.files.drop}</span>
      </div>
    </div>
  );
}
