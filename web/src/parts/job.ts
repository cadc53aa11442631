// The Job of this page: found by the address, looked at until nothing more changes.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Access } from "../api/client";
import { type Poll, poll } from "../api/poll";
import type { JobView } from "../api/types";
import { findAccess, ownPage } from "../flow/access";
import { useSite } from "../site/data";

/** What a page knows about its Job. */
export type Known =
  | { readonly state: "loading" }
  | { readonly state: "lost"; readonly why: "noLink" | "notFound" }
  | { readonly state: "unreachable"; readonly access: Access }
  | { readonly state: "known"; readonly access: Access; readonly job: JobView; readonly online: boolean; readonly returned: boolean };

/** Looks at the Job. `pace` gives the quick delay in milliseconds for a Job, or null when it need not be looked at again. */
export function useJob(pace: (job: JobView) => number | null): [Known, (job: JobView) => void, () => void] {
  const [known, setKnown] = useState<Known>({ state: "loading" });
  const polling = useRef<Poll | null>(null);
  const returned = useRef(false);
  const site = useSite();

  useEffect(() => {
    const address = findAccess();
    if (address.kind !== "link") return setKnown({ state: "lost", why: address.kind === "none" || address.kind === "job" ? "noLink" : "notFound" });
    const { access } = address;
    returned.current = address.returned;
    const own = address.returned ? ownPage(access.job, site.page) : null;
    if (own !== null) return location.replace(`${own}#${access.job}`);
    polling.current = poll(access, (answer) => {
      if (answer.ok) {
        setKnown({ state: "known", access, job: answer.value, online: true, returned: returned.current });
        return pace(answer.value);
      }
      if (answer.failure.kind === "problem" && answer.failure.code === "not_found") {
        setKnown({ state: "lost", why: "notFound" });
        return null;
      }
      setKnown((before) => (before.state === "known" ? { ...before, online: false } : { state: "unreachable", access }));
      return 3_000;
    });
    // The fragment can be changed by hand or by a pasted link; then this is another fax.
    const moved = () => location.reload();
    addEventListener("hashchange", moved);
    return () => {
      polling.current?.stop();
      removeEventListener("hashchange", moved);
    };
  }, []);

  function show(job: JobView): void {
    setKnown((before) => (before.state === "known" ? { ...before, job } : before));
    polling.current?.now();
  }

  return [known, show, () => polling.current?.now()];
}
