import { expect, test } from "vitest";
import { formatLogLine } from "./format-log-line.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours are control characters
const plain = (text: string) => text.replaceAll(/\u001b\[\d+m/g, "");

test("a person sees time, level, who, message and fields in one line", () => {
  const line = JSON.stringify({
    level: "warn",
    time: "2026-11-24T10:11:12.345Z",
    name: "api",
    pid: 7,
    msg: "request failed",
    requestId: "abc",
    status: 503,
  });
  expect(plain(formatLogLine(line))).toBe("10:11:12 warn  api: request failed requestId=abc status=503\n");
});

test("an error's stack follows its line", () => {
  const line = JSON.stringify({
    level: "error",
    msg: "broken",
    err: { message: "no", stack: "Error: no\n    at x" },
  });
  expect(plain(formatLogLine(line))).toContain("broken\n  Error: no\n      at x\n");
});

test("lines of others pass through", () => {
  expect(formatLogLine("listening on 5050")).toBe("listening on 5050\n");
  expect(formatLogLine('{"cut off')).toBe('{"cut off\n');
});
