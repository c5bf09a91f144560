import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { describeError, readRetryAfter } from "./describe-error.ts";
import { retryDelay, shouldRetry } from "./retry-policy.ts";

const answered = (status: number, headers: Record<string, string> = {}) =>
  TRPCClientError.from(new Error("Unexpected token '<'"), {
    meta: { response: new Response("", { status, headers }) },
  });

const refused = (code: string, headers: Record<string, string> = {}) =>
  TRPCClientError.from(
    {
      error: {
        code: -32_000,
        message: 'name: found "", allowed are 1 to 500 characters',
        data: { domain: { code, field: "name", requestId: "4f2a9c1e" } },
      },
    },
    { meta: { response: new Response("", { status: 400, headers }) } },
  );

test("what the server said of its error is kept: words, field, request id", () => {
  expect(describeError(refused("invalid_argument"))).toEqual({
    code: "invalid_argument",
    title: "That is not valid",
    message: 'name: found "", allowed are 1 to 500 characters',
    field: "name",
    requestId: "4f2a9c1e",
    retryAfterSeconds: undefined,
  });
});

test("no answer at all means that the server is out of reach", () => {
  const error = TRPCClientError.from(new TypeError("fetch failed"));
  expect(describeError(error)).toMatchObject({ code: "unreachable", title: "The server does not answer" });
});

test("an answer of a proxy in between is told by its status and keeps its request id", () => {
  expect(describeError(answered(503, { "retry-after": "7", "x-request-id": "9c" }))).toMatchObject({
    code: "unavailable",
    requestId: "9c",
    retryAfterSeconds: 7,
  });
  expect(describeError(answered(500))).toMatchObject({ code: "internal", title: "The server failed" });
});

test("the page's own errors are called that, and not the server's", () => {
  expect(describeError(new Error("x is undefined"))).toMatchObject({
    title: "Something went wrong",
    message: "x is undefined",
  });
  expect(describeError("thrown text").message).toMatch(/in this page/);
});

test("only what may pass by itself is asked again, four times at most", () => {
  expect(shouldRetry(0, answered(503))).toBe(true);
  expect(shouldRetry(0, refused("resource_exhausted"))).toBe(true);
  expect(shouldRetry(0, TRPCClientError.from(new TypeError("fetch failed")))).toBe(true);
  expect(shouldRetry(0, refused("not_found"))).toBe(false);
  expect(shouldRetry(4, answered(503))).toBe(false);
});

test("the wait doubles, unless the server said how long", () => {
  expect([0, 1, 2, 9].map((failures) => retryDelay(failures, answered(503)))).toEqual([
    500, 1_000, 2_000, 8_000,
  ]);
  expect(retryDelay(0, answered(503, { "retry-after": "3" }))).toBe(3_000);
  expect(retryDelay(0, answered(503, { "retry-after": "900" }))).toBe(30_000);
});

test("a Retry-After that is no number of seconds is ignored", () => {
  expect(["2.5", "0", "-1", "soon", "", null].map(readRetryAfter)).toEqual([
    2.5,
    0,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
