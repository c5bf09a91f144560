import { expect, test } from "vitest";
import { exportAddress, isFiltered, noFilter, readFilter } from "./read-filter.ts";

const at = (query: string) => {
  const params = new URLSearchParams(query);
  return { get: (name: string) => params.get(name) ?? undefined };
};
const now = new Date(2026, 10, 26, 9, 30, 12).getTime();

test("an address without parameters asks for everything", () => {
  expect(readFilter(at(""), now)).toEqual({});
  expect(isFiltered(at("entry=7"))).toBe(false);
  expect(exportAddress({})).toBe("/api/audit.ndjson");
});

test("each parameter is one condition", () => {
  const address = at("q= churn &person=u1&action=alias.move&kind=alias&object=a%2Fb");
  expect(readFilter(address, now)).toEqual({
    text: "churn",
    actorId: "u1",
    action: "alias.move",
    objectKind: "alias",
    objectId: "a/b",
  });
  expect(exportAddress(readFilter(address, now))).toBe(
    "/api/audit.ndjson?text=churn&actor=u1&action=alias.move&object_kind=alias&object_id=a%2Fb",
  );
  expect(Object.keys(noFilter)).toEqual(expect.arrayContaining(["q", "person", "span", "from", "to"]));
});

test("a span ends now, to the minute; days are whole ones of the reader", () => {
  expect(readFilter(at("span=1h&from=2026-01-01"), now)).toEqual({
    from: new Date(2026, 10, 26, 8, 30).getTime(),
  });
  expect(readFilter(at("span=1h"), now)).toEqual(readFilter(at("span=1h"), now + 20_000));
  const days = readFilter(at("from=2026-11-25&to=2026-11-25"), now);
  expect(days).toEqual({ from: new Date(2026, 10, 25).getTime(), to: new Date(2026, 10, 26).getTime() });
  expect(exportAddress(days)).toContain(`from=${encodeURIComponent(new Date(2026, 10, 25).toISOString())}`);
});

test("what is no time is no condition", () => {
  expect(readFilter(at("span=2y&from=monday&to=26.11.2026"), now)).toEqual({});
});
