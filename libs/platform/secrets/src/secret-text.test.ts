import { format, inspect } from "node:util";
import { createLogger } from "@runweir/telemetry";
import { expect, test } from "vitest";
import { SecretText } from "./secret-text.ts";

const secret = new SecretText("hunter2");
const holder = { name: "s3", deep: { list: [secret], secret } };

test.each<[string, () => string]>([
  ["a template", () => `${secret}`],
  ["a concatenation", () => `${["", secret].join("")}x`],
  ["String", () => String(secret)],
  ["JSON", () => JSON.stringify(holder)],
  ["inspect", () => inspect(holder, { depth: 9, showHidden: true })],
  ["console's format", () => format("%s %o %j", secret, holder, holder)],
  ["an error's message and cause", () => inspect(new Error(`bad ${secret}`, { cause: holder }))],
  ["a copy", () => JSON.stringify({ ...secret }) + JSON.stringify(Object.entries(secret))],
  ["a structured clone", () => JSON.stringify(structuredClone(secret))],
])("%s does not show it", (_what, print) => {
  expect(print()).not.toContain("hunter2");
});

test.each([false, true])("a log line does not show it (pretty: %s)", (pretty) => {
  const lines: string[] = [];
  const logger = createLogger({ name: "test", level: "trace", pretty, write: (line) => lines.push(line) });
  logger.info({ value: secret, holder }, "kept");
  logger.info(secret, "kept");
  logger.child({ secret }).error({ err: Object.assign(new Error(`no ${secret}`), { holder }) }, "failed");
  logger.warn("%s and %j", secret, holder);
  expect(lines).toHaveLength(4);
  expect(lines.join("")).not.toContain("hunter2");
  expect(lines[0]).toContain("[secret]");
});

test("who asks for it gets it", () => {
  expect(secret.reveal()).toBe("hunter2");
});
