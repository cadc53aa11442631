// Looking at a Job again and again. Quick while something moves, slower the longer nothing does, and not at all while
// the tab is hidden: the sender who comes back to the tab gets a fresh answer at once.
import type { JobView } from "./types";
import { type Access, type Answer, viewJob } from "./client";

/** Milliseconds until the next look: `quick` at first, then a fifth more with each unchanged answer, to 5 s at most. */
export function nextDelay(quick: number, unchanged: number): number {
  return Math.max(quick, Math.min(quick * 1.2 ** Math.max(0, unchanged - 20), 5_000));
}

/** What drives one page's polling. `stop` ends it; `now` asks at once. */
export interface Poll {
  stop(): void;
  now(): void;
}

/**
 * Looks at the Job until `take` says that nothing more can change (returns null) or the poll is stopped.
 * `take` is called with each answer and returns the quick delay in milliseconds.
 */
export function poll(access: Access, take: (answer: Answer<JobView>) => number | null): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unchanged = 0;
  let last = "";
  let running = false;
  let stopped = false;

  async function look(): Promise<void> {
    if (running || stopped) return;
    running = true;
    const answer = await viewJob(access);
    running = false;
    if (stopped) return;
    const seen = JSON.stringify(answer.ok ? { ...answer.value, pages: answer.value.pages.length } : answer.failure);
    unchanged = seen === last ? unchanged + 1 : 0;
    last = seen;
    const quick = take(answer);
    clearTimeout(timer);
    if (quick !== null && !document.hidden) timer = setTimeout(() => void look(), nextDelay(quick, unchanged));
  }

  function wake(): void {
    if (!document.hidden) void look();
  }

  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  void look();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("online", wake);
      removeEventListener("pageshow", wake);
    },
    now() {
      unchanged = 0;
      void look();
    },
  };
}
