// The wishes of this page on their way to the API: shown at once, sent one after the other, and let go when the Job says
// the same. Pages that do not come are asked for again, because a message about them may have been lost.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Access, type Answer, arrangeDocuments, choosePages, chooseResolution, type Failure } from "../api/client";
import type { DocumentView, JobView } from "../api/types";
import { moved, same, type Wish, wishOf } from "./arrange";

const ASK_AGAIN_MS = 15_000;

export interface Wishes {
  readonly failure: Failure | null;
  /** What is wanted of a file: the last wish, or else what the API tells. */
  of(document: DocumentView): Wish;
  /** Whether a password was tried for a file on this page. */
  tried(document: DocumentView): boolean;
  want(document: DocumentView, wish: Wish): void;
  unlock(document: DocumentView, password: string): Promise<Failure | null>;
  move(document: DocumentView, by: -1 | 1): void;
  fine(resolution: JobView["resolution"]): void;
}

export function useWishes(access: Access | null, job: JobView | null, look: () => void): Wishes {
  const [pending, setPending] = useState<ReadonlyMap<string, Wish>>(new Map());
  const [failure, setFailure] = useState<Failure | null>(null);
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const passwords = useRef(new Map<string, string>());
  const order = useRef<string[] | null>(null);

  function send<T>(call: (access: Access) => Promise<Answer<T>>): Promise<Failure | null> {
    const sent = chain.current.then(async () => {
      if (access === null) return null;
      const answer = await call(access);
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) setPending(new Map());
      look();
      return answer.ok ? null : answer.failure;
    });
    chain.current = sent;
    return sent;
  }

  const of = (document: DocumentView) => pending.get(document.id) ?? wishOf(document);

  function put(id: string, wish: Wish): Promise<Failure | null> {
    const password = passwords.current.get(id);
    return send((to) => choosePages(to, id, { ...wish, ...(password === undefined ? {} : { password }) }));
  }

  useEffect(() => {
    const left = [...pending].filter(([id, wish]) => job?.documents.some((document) => document.id === id && !same(wishOf(document), wish)));
    if (left.length < pending.size) setPending(new Map(left));
  }, [job]);

  const again = job?.documents.filter(({ id, state }) => state === "awaited" && job.pages.some((page) => page.document === id)) ?? [];
  useEffect(() => {
    if (again.length === 0) return;
    const timer = setInterval(() => again.forEach((document) => void put(document.id, wishOf(document))), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [again.map(({ id }) => id).join()]);

  return {
    failure,
    of,
    tried: ({ id }) => passwords.current.has(id),
    want(document, wish) {
      setPending(new Map(pending).set(document.id, wish));
      void put(document.id, wish);
    },
    unlock(document, password) {
      passwords.current.set(document.id, password);
      return put(document.id, of(document));
    },
    move(document, by) {
      order.current = moved(order.current ?? job?.documents.map(({ id }) => id) ?? [], document.id, by);
      const wanted = order.current;
      void send((to) => arrangeDocuments(to, wanted)).then(() => {
        if (order.current === wanted) order.current = null;
      });
    },
    fine(resolution) {
      const known = [...passwords.current].map(([document, password]) => ({ document, password }));
      void send((to) => chooseResolution(to, { resolution, passwords: known }));
    },
  };
}
