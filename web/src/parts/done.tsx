// What stands in a form's place once it was sent; it takes the focus, so that everybody notices.
import { useEffect, useRef } from "preact/hooks";

export function Done({ title, text }: { title: string; text: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="card" tabIndex={-1} ref={box} role="status" aria-labelledby="done-title">
      <h2 id="done-title">{title}</h2>
      <p>{text}</p>
    </div>
  );
}
