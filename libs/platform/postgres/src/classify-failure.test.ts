import { expect, test } from "vitest";
import { classifyFailure } from "./classify-failure.ts";

const withCode = (code: string) => Object.assign(new Error("no"), { code });

test.each([
  ["a serialization failure", withCode("40001"), "transient"],
  ["a server that shuts down", withCode("57P01"), "transient"],
  ["too many connections", withCode("53300"), "transient"],
  ["a transaction that was idle for too long", withCode("25P03"), "transient"],
  ["a full disk", withCode("53100"), "full"],
  ["a broken rule", withCode("23505"), "refused"],
  ["our own functions' errors", withCode("RW001"), "refused"],
  ["a refused connection", withCode("ECONNREFUSED"), "transient"],
  ["a broken pipe", withCode("EPIPE"), "transient"],
  [
    "all addresses of a name refused",
    Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }),
    "transient",
  ],
  ["the pool's own words", new Error("Connection terminated unexpectedly"), "transient"],
  ["a fault of ours", new TypeError("x is undefined"), "refused"],
  ["a text that is no JSON", new SyntaxError("Unexpected token"), "refused"],
  ["no error at all", "broken", "refused"],
])("%s", (_, error, failure) => {
  expect(classifyFailure(error)).toBe(failure);
});
