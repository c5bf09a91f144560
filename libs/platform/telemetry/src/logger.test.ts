import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

function capture(options: { pretty?: boolean } = {}) {
  const lines: string[] = [];
  const logger = createLogger({ name: "api", level: "info", write: (text) => lines.push(text), ...options });
  return { logger, lines };
}

test("a line is one JSON object with level, name, time, message and fields", () => {
  const { logger, lines } = capture();
  logger.info({ requestId: "r1" }, "started");
  const entry = JSON.parse(lines[0]!);
  expect(entry).toMatchObject({ level: "info", name: "api", requestId: "r1", msg: "started" });
  expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(entry).not.toHaveProperty("hostname");
});

test("secrets do not reach a line", () => {
  const { logger, lines } = capture();
  logger.info({ password: "hunter2", headers: { authorization: "Bearer t0ken" } }, "asked");
  expect(lines[0]).not.toContain("hunter2");
  expect(lines[0]).not.toContain("t0ken");
});

test("below the level nothing is written", () => {
  const { logger, lines } = capture();
  logger.debug("noise");
  expect(lines).toEqual([]);
});

test("a watching person gets plain lines", () => {
  const { logger, lines } = capture({ pretty: true });
  logger.info("started");
  expect(lines[0]).toContain("api: started");
  expect(lines[0]).not.toContain("{");
});
