// One file, chosen or dropped.
import { useState } from "preact/hooks";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

export function Drop({ id, label, hint, accept, onFile }: Props) {
  const [over, setOver] = useState(false);

  function take(files: FileList | null | undefined): void {
    setOver(false);
    const file = files?.item(0);
    if (file != null) onFile(file);
  }

  return (
    <div class="field">
      <p class="hint" id={`${id}-hint`}>{hint}</p>
      <div
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); take(event.dataTransfer?.files); }}
      >
        <div class="pick">
          <input
            id={id}
            class="cover"
            type="file"
            accept={accept}
            aria-describedby={`${id}-hint`}
            onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ""; }}
          />
          <label class="button second" for={id}>{label}</label>
        </div>
      </div>
    </div>
  );
}
