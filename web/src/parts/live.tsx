// The page's one live region. Only milestones go in; it is polite, so it never cuts off what is being read.
import { useCallback, useState } from "preact/hooks";

export function useLive(): [string, (text: string) => void] {
  const [text, setText] = useState("");
  return [text, useCallback((next: string) => setText(next), [])];
}

export function Live({ text }: { text: string }) {
  return <p class="unseen" role="status" aria-live="polite">{text}</p>;
}
