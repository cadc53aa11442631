// Two buttons that move a thing up and down its list. Moving takes the buttons out of the page for a moment, so the
// focus is given back; at an end of the list the button stays and does nothing, or the focus would be lost.
import { useEffect, useRef } from "preact/hooks";
import { useSite } from "../site/data";
import { fill } from "../site/words";

interface Props {
  readonly name: string;
  readonly at: number;
  readonly all: number;
  readonly onMove: (by: -1 | 1) => void;
}

export function MoveButtons({ name, at, all, onMove }: Props) {
  const { arrange } = useSite().shared;
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  const pressed = useRef<-1 | 1 | null>(null);
  useEffect(() => {
    if (pressed.current !== null) (pressed.current < 0 ? up : down).current?.focus();
    pressed.current = null;
  }, [at]);

  function move(by: -1 | 1): void {
    if (at + by < 0 || at + by >= all) return;
    pressed.current = by;
    onMove(by);
  }

  if (all < 2) return null;
  return (
    <>
      <button ref={up} type="button" class="quiet arrow" aria-label={fill(arrange.upOne, { name })} aria-disabled={at === 0 ? "true" : undefined} onClick={() => move(-1)}>↑</button>
      <button ref={down} type="button" class="quiet arrow" aria-label={fill(arrange.downOne, { name })} aria-disabled={at === all - 1 ? "true" : undefined} onClick={() => move(1)}>↓</button>
    </>
  );
}
