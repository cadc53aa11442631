// What the built HTML of a flow page carries for its code, as a JSON data block (which the CSP does not count as a
// script): the texts of one language and the operator's facts. So one build of the code serves every language.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language } from "../api/types";
import type { CodePage, PageName, SharedTexts } from "../texts/texts";

/** A country that faxes go to. */
export interface Country {
  readonly code: string;
  readonly name: string;
  /** Calling code without the plus sign. */
  readonly dial: string;
}

/** Everything a page with code needs besides its own texts. */
export interface Site {
  readonly page: CodePage;
  /** The page's own name, its first heading. */
  readonly title: string;
  readonly locale: string;
  readonly api: Language;
  readonly country: string;
  readonly countries: readonly Country[];
  readonly paths: Record<PageName, string>;
  readonly termsVersion: string;
  /** Who renders the service and gives receipts, in one line. */
  readonly seller: string;
  readonly shared: SharedTexts;
}

/** The JSON block of a page: the site, and the page's own texts. */
export interface PageData<Own> {
  readonly site: Site;
  readonly own: Own;
}

const SiteContext = createContext<Site | null>(null);

export const SiteProvider = SiteContext.Provider;

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (site === null) throw new Error("a part was rendered outside its page");
  return site;
}
