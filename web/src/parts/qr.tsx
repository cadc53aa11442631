// A QR code of a text, drawn in the browser as one SVG path; the code that computes it is fetched on demand.
import { useEffect, useState } from "preact/hooks";

/** Light modules around the code, as its standard asks. */
const QUIET = 4;

async function pathOf(text: string): Promise<{ size: number; path: string }> {
  const { default: qrcode } = await import("qrcode-generator");
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
  }
  return { size: size + 2 * QUIET, path };
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<{ size: number; path: string } | null>(null);
  useEffect(() => {
    let current = true;
    void pathOf(text).then((next) => current && setDrawn(next)).catch(() => {});
    return () => {
      current = false;
    };
  }, [text]);
  if (drawn === null) return null;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${drawn.size} ${drawn.size}`} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${drawn.size}v${drawn.size}H0z`} />
      <path fill="#000" d={drawn.path} />
    </svg>
  );
}
