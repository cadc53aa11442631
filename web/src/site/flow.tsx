// The pages with code, as the build sees them: what they carry as data, and their markup before the code arrives.
import type { ComponentType } from "preact";
import { type CountryCode, getCountryCallingCode } from "libphonenumber-js/min";
import { ContactForm } from "../contact/page";
import { DataPage } from "../data/page";
import { OrderPage } from "../order/page";
import { PreviewPage } from "../preview/page";
import { SendPage } from "../send/page";
import { StatusPage } from "../status/page";
import { WithdrawalForm } from "../withdrawal/page";
import type { CodePage, Texts } from "../texts/texts";
import { VerifyPage } from "../verify/page";
import { type Country, type PageData, SiteProvider } from "./data";
import type { Operator } from "./operator";
import { isWhole } from "./shell";
import { pathsOf } from "./paths";

const PAGES: Readonly<Record<CodePage, ComponentType<{ own: never }>>> = {
  send: SendPage,
  preview: PreviewPage,
  order: OrderPage,
  status: StatusPage,
  contact: ContactForm,
  withdrawal: WithdrawalForm,
  data: DataPage,
  verify: VerifyPage,
};

function countriesOf(operator: Operator, locale: string): Country[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return operator.tariff
    .flatMap(({ countries }) => countries)
    .map((code) => ({ code, name: names.of(code) ?? code, dial: getCountryCallingCode(code as CountryCode) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}

export function flowData(texts: Texts, page: CodePage, operator: Operator): PageData<unknown> {
  return {
    site: {
      page,
      title: texts.site.titles[page],
      locale: texts.locale,
      api: texts.api,
      country: texts.country,
      countries: countriesOf(operator, texts.locale),
      paths: pathsOf(texts),
      termsVersion: operator.terms_version,
      seller: [operator.operator.name, ...operator.operator.address, operator.operator.vat_id].join(", "),
      shared: texts.shared,
    },
    own: isWhole(page) ? texts[page] : texts.forms[page],
  };
}

export function FlowRoot({ data }: { data: PageData<unknown> }) {
  const Page = PAGES[data.site.page];
  return (
    <SiteProvider value={data.site}>
      <Page own={data.own as never} />
    </SiteProvider>
  );
}
