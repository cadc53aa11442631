// What articles show of the operator's facts: prices, helpers, identity.
import type { Texts } from "../texts/texts";
import type { Operator, Zone } from "./operator";
import { count, fill, money } from "./words";

interface Props {
  readonly texts: Texts;
  readonly operator: Operator;
}

/** Pages of the fax whose whole price is shown as an example. */
const EXAMPLE_PAGES = 3;

// On a phone the rows become blocks, each price with its name; the roles keep the table a table for those who listen.
export function Tariff({ texts, operator }: Props) {
  const { tables, locale } = texts;
  const price = (amount: number) => money(locale, { amount, currency: operator.currency });
  const names = [tables.firstPage, tables.furtherPage, fill(tables.example, { pages: count(locale, texts.shared.pages, EXAMPLE_PAGES) })];
  return (
    <table class="tariff" role="table">
      <thead role="rowgroup">
        <tr role="row">{[tables.countries, ...names].map((name) => <th key={name} role="columnheader" scope="col">{name}</th>)}</tr>
      </thead>
      <tbody role="rowgroup">
        {operator.tariff.map((zone) => (
          <tr key={zone.first_page} role="row">
            <th role="rowheader" scope="row">{countriesOf(texts, zone)}</th>
            {[zone.first_page, zone.further_page, zone.first_page + (EXAMPLE_PAGES - 1) * zone.further_page].map((amount, column) => (
              <td key={column} role="cell" data-name={names[column]}>{price(amount)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function countriesOf({ locale }: Texts, zone: Zone): string {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return new Intl.ListFormat(locale).format(zone.countries.map((code) => names.of(code) ?? code).sort((a, b) => a.localeCompare(b, locale)));
}

export function Subprocessors({ texts, operator }: Props) {
  const { tables, locale } = texts;
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const list = new Intl.ListFormat(locale);
  return (
    <ul class="helpers">
      {operator.subprocessors.map((helper) => (
        <li class="card" key={helper.name}>
          <h3>{helper.name}</h3>
          <dl>
            <dt>{tables.purpose}</dt>
            <dd>{helper.purposes.map((purpose) => tables.purposes[purpose]).join(" ")}</dd>
            <dt>{tables.place}</dt>
            <dd>{list.format(helper.processes_in.map((code) => names.of(code) ?? code))}</dd>
            <dt>{tables.address}</dt>
            <dd>{helper.address}</dd>
            <dt>{tables.policy}</dt>
            <dd><a href={helper.privacy} rel="noreferrer">{helper.privacy.replace(/^https:\/\//, "")}</a></dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}

export function Identity({ texts, operator: { operator } }: Props) {
  const { tables } = texts;
  return (
    <>
      <address>
        <strong>{operator.name}</strong>
        {operator.address.map((line) => <span key={line}>{line}</span>)}
      </address>
      <dl>
        <dt>{tables.represented}</dt>
        <dd>{operator.represented_by}</dd>
        <dt>{tables.email}</dt>
        <dd><a href={`mailto:${operator.email}`}>{operator.email}</a></dd>
        <dt>{tables.phone}</dt>
        <dd><a href={`tel:${operator.phone.replace(/\s/g, "")}`}>{operator.phone.replaceAll(" ", "\u00a0")}</a></dd>
        <dt>{tables.register}</dt>
        <dd>{operator.register}</dd>
        <dt>{tables.vatId}</dt>
        <dd>{operator.vat_id}</dd>
      </dl>
    </>
  );
}
