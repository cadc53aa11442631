// The private link: to copy, and as a QR code for the way from a desktop to a phone. The code that draws it is fetched
// on demand and nothing of the link leaves the browser.
import { useState } from "preact/hooks";
import type { Access } from "../api/client";
import { fragmentOf } from "../flow/access";
import { useSite } from "../site/data";
import { QrCode } from "./qr";

export function PrivateLink({ access, say }: { access: Access; say: (text: string) => void }) {
  const { shared, paths } = useSite();
  const [note, setNote] = useState("");
  const [qr, setQr] = useState(false);
  const link = location.origin + paths.status + fragmentOf(access);

  async function copy(): Promise<void> {
    const text = await navigator.clipboard.writeText(link).then(() => shared.link.copied, () => shared.link.copyFailed);
    setNote(text);
    say(text);
  }

  return (
    <section class="card" aria-labelledby="link-title">
      <h2 id="link-title">{shared.link.title}</h2>
      <p>{shared.link.text}</p>
      <p class="link-text"><a href={link}>{link}</a></p>
      <p class="buttons">
        <button type="button" class="second" onClick={() => void copy()}>{shared.link.copy}</button>
        <button type="button" class="second" aria-expanded={qr ? "true" : "false"} onClick={() => setQr(!qr)}>{shared.link.qr}</button>
        <span class="note">{note}</span>
      </p>
      {qr && <QrCode text={link} label={shared.link.qrAlt} />}
    </section>
  );
}
