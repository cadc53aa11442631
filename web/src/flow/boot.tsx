// Starts a flow page in the browser: reads the JSON block and wakes up the prerendered markup in place.
import { type ComponentType, hydrate } from "preact";
import { type PageData, SiteProvider } from "../site/data";

// Links in the static frame, to the step before or to the same page in another language, take the private link along.
function keepFragment(event: Event): void {
  const link = (event.target as Element | null)?.closest?.("a[data-keep]");
  if (link instanceof HTMLAnchorElement) link.hash = location.hash;
}

// The link past the header must not put its own fragment in place of the private link.
function skip(event: Event): void {
  if (!(event.target as Element | null)?.closest?.("a.skip")) return;
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** `id` names the element that the page was prerendered into. */
export function start<Own>(Page: ComponentType<{ own: Own }>, id = "app"): void {
  const data = JSON.parse(document.getElementById("data")?.textContent ?? "null") as PageData<Own>;
  const root = document.getElementById(id);
  if (root === null) return;
  document.addEventListener("click", keepFragment, { capture: true });
  document.addEventListener("click", skip);
  hydrate(
    <SiteProvider value={data.site}>
      <Page own={data.own} />
    </SiteProvider>,
    root,
  );
}
