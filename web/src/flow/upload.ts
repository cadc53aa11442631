// One file to its presigned address. XMLHttpRequest and not fetch, because fetch cannot say how much has gone out.
import type { Upload } from "../api/types";

/** How an upload ended: taken, refused by the storage (the address is too old), no connection, or stopped by us. */
export type UploadEnd = "taken" | "refused" | "unreachable" | "stopped";

export interface Running {
  readonly ended: Promise<UploadEnd>;
  stop(): void;
}

/** Posts all fields of the presigned form, the file last as S3 asks; `progress` gets the bytes sent so far. */
export function upload(target: Upload, file: File, progress: (sent: number) => void): Running {
  const request = new XMLHttpRequest();
  const form = new FormData();
  for (const [name, value] of Object.entries(target.fields)) form.append(name, value);
  form.append("file", file);
  const ended = new Promise<UploadEnd>((resolve) => {
    request.upload.onprogress = (event) => {
      // The form's own fields are counted too; a share of the file's size is what the sender expects to read.
      progress(event.total > 0 ? Math.round((event.loaded / event.total) * file.size) : 0);
    };
    request.onload = () => resolve(request.status < 300 ? "taken" : "refused");
    request.onerror = () => resolve("unreachable");
    request.ontimeout = () => resolve("unreachable");
    request.onabort = () => resolve("stopped");
  });
  request.open("POST", target.url);
  request.send(form);
  return { ended, stop: () => request.abort() };
}
