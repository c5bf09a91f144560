import type { AuditFilter } from "@runweir/identity-domain";
import type { Address } from "@runweir/web-zones/address";

const hour = 3_600_000;

/** How far back the page looks, by what stands in the address. */
export const spans = { "1h": hour, "24h": 24 * hour, "7d": 7 * 24 * hour, "30d": 30 * 24 * hour } as const;

export type Span = keyof typeof spans;

/** The parameters that filter, so that they can be taken out together. */
export const filterNames = ["q", "person", "action", "kind", "object", "span", "from", "to"] as const;

export const noFilter = Object.fromEntries(filterNames.map((name) => [name, undefined]));

/** Whether entries are left out. */
export function isFiltered(address: Pick<Address, "get">): boolean {
  return filterNames.some((name) => address.get(name) !== undefined);
}

export function readSpan(address: Pick<Address, "get">): Span | undefined {
  const span = address.get("span");
  return span !== undefined && Object.hasOwn(spans, span) ? (span as Span) : undefined;
}

/** What the address asks for; `now` to the minute, so that the question stays the same while one looks. Days are the reader's. */
export function readFilter(address: Pick<Address, "get">, now: number): AuditFilter {
  const span = readSpan(address);
  const minute = Math.floor(now / 60_000) * 60_000;
  const from = span === undefined ? startOfDay(address.get("from"), 0) : Math.max(0, minute - spans[span]);
  const to = span === undefined ? startOfDay(address.get("to"), 1) : undefined;
  return {
    ...given("text", address.get("q")?.trim()),
    ...given("actorId", address.get("person")),
    ...given("action", address.get("action")),
    ...given("objectKind", address.get("kind")),
    ...given("objectId", address.get("object")),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Where the same entries are written out. */
export function exportAddress(filter: AuditFilter): string {
  const query = new URLSearchParams();
  const add = (name: string, value: string | undefined) => value !== undefined && query.set(name, value);
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  add("text", filter.text);
  add("actor", filter.actorId);
  add("action", filter.action);
  add("object_kind", filter.objectKind);
  add("object_id", filter.objectId);
  add("from", time(filter.from));
  add("to", time(filter.to));
  return query.size === 0 ? "/api/audit.ndjson" : `/api/audit.ndjson?${query}`;
}

function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined || value === "" ? {} : ({ [name]: value } as Record<Name, string>);
}

/** The beginning of a day like 2026-11-26, or of one that follows. */
function startOfDay(day: string | undefined, later: number): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "") ?? [];
  if (year === undefined) return undefined;
  const time = new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
  return time >= 0 ? time : undefined;
}
