import { expect, test } from "vitest";
import { anonymous, type Caller, localOwner } from "../caller.ts";
import type { AuditEvent } from "./audit-entry.ts";
import { type DoorRefusal, enterDoorRefusals } from "./door-refusals.ts";

const ann: Caller = { ...localOwner("r"), principal: { kind: "user", id: "u1", name: "ann" } };
const refusal: DoorRefusal = {
  permission: "server.manage",
  route: "POST /x",
  refused: "Permission denied: ...",
};

function start() {
  const entered: AuditEvent[] = [];
  const clock = { time: 0, now: () => clock.time };
  const log = {
    append: async (_caller: Caller, event: AuditEvent) => {
      entered.push(event);
      return { sequence: entered.length, hash: "" };
    },
  };
  return { entered, clock, enter: enterDoorRefusals({ log, clock }) };
}

test("a refusal is entered with what was asked for, once a minute for each person, workspace and permission", async () => {
  const { entered, clock, enter } = start();
  for (const route of ["POST /x", "POST /y"]) await enter(ann, { ...refusal, route });
  expect(entered).toEqual([
    {
      action: "permission.refuse",
      object: { id: "server.manage", name: "POST /x" },
      after: { refused: refusal.refused },
    },
  ]);
  await enter(ann, { ...refusal, permission: "server.read" });
  await enter({ ...ann, workspace: "vision" }, refusal);
  await enter({ ...ann, principal: { ...ann.principal, id: "u2" } }, refusal);
  expect(entered).toHaveLength(4);
  clock.time = 59_999;
  await enter(ann, refusal);
  expect(entered).toHaveLength(4);
  clock.time = 60_000;
  await enter(ann, refusal);
  expect(entered).toHaveLength(5);
});

test("who is nobody fills no log, and a log that fails refuses nothing by itself", async () => {
  const { entered, clock, enter } = start();
  await enter(anonymous("r"), refusal);
  expect(entered).toEqual([]);
  const failing = enterDoorRefusals({ log: { append: () => Promise.reject(new Error("down")) }, clock });
  await expect(failing(ann, refusal)).resolves.toBeUndefined();
});
