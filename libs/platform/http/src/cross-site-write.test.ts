import { expect, test } from "vitest";
import { isCrossSiteWrite } from "./cross-site-write.ts";

const host = "localhost:5050";
const allowed = new Set(["https://ml.example.org"]);
const check = (headers: Record<string, string>, method = "POST") =>
  isCrossSiteWrite(method, { host, ...headers }, allowed);

test("programs without Origin pass", () => expect(check({})).toBe(false));

test("our own pages pass", () => {
  expect(check({ origin: "http://localhost:5050", "sec-fetch-site": "same-origin" })).toBe(false);
  expect(check({ "sec-fetch-site": "none" })).toBe(false);
});

test("a configured origin passes", () => {
  expect(check({ origin: "https://ml.example.org", "sec-fetch-site": "cross-site" })).toBe(false);
});

test.each([
  { origin: "https://evil.example" },
  { origin: "http://localhost:3000" },
  { origin: "null" },
  { origin: "http://evil.example#localhost:5050" },
  { origin: "" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
])("%j is refused", (headers) => expect(check(headers as Record<string, string>)).toBe(true));

test("reads are not its business", () => {
  expect(check({ origin: "https://evil.example" }, "GET")).toBe(false);
});
