import { beforeEach, expect, test } from "vitest";
import { onConnectionChange, onConnectionRestored, readConnection, reportConnection } from "./connection.ts";

beforeEach(() => reportConnection("connected"));

test("listeners hear each change once", () => {
  const heard: string[] = [];
  const stop = onConnectionChange(() => heard.push(readConnection()));
  reportConnection("lost");
  reportConnection("lost");
  reportConnection("connected");
  stop();
  reportConnection("lost");
  expect(heard).toEqual(["lost", "connected"]);
});

test("pages ask again when the server is back, not while it is away", () => {
  let restored = 0;
  const stop = onConnectionRestored(() => restored++);
  reportConnection("lost");
  expect(restored).toBe(0);
  reportConnection("connected");
  stop();
  reportConnection("lost");
  reportConnection("connected");
  expect(restored).toBe(1);
});
