import { localOwner } from "@runweir/identity-domain";
import { parseInstanceKeys } from "@runweir/secrets";
import { SignJWT, UnsecuredJWT } from "jose";
import { beforeEach, expect, test } from "vitest";
import { createCallerAssertions } from "./caller-assertion.ts";

const keyText = (seed: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, place) => (place * 7 + seed) % 256)).toString("base64");
const keys = parseInstanceKeys(keyText(1), "HERE");
const clock = { time: 0 };
const now = () => new Date(clock.time);
const warehouse = createCallerAssertions({ keys, audience: "warehouse", now });

beforeEach(() => {
  clock.time = Date.UTC(2026, 0, 1);
});

const ann = {
  ...localOwner("r"),
  principal: { kind: "user", id: "u1", name: "ann" } as const,
  workspace: "team",
  origin: { door: "api", address: "10.0.0.1", tokenId: "t1" } as const,
  rights: {
    ...localOwner("r").rights,
    administrator: false,
    scope: { access: "read", experimentIds: ["1"] } as const,
  },
};

test("tells who asks, and not what they may do", async () => {
  const assertion = await warehouse.sign(ann);
  expect(await warehouse.open(assertion)).toEqual({
    principal: { kind: "user", id: "u1", name: "ann" },
    workspace: "team",
    administrator: false,
    scope: { access: "read", experimentIds: ["1"] },
    credential: { tokenId: "t1" },
  });
  expect(Buffer.from(assertion.split(".")[1] ?? "", "base64url").toString()).not.toContain("grants");
});

test("ends after a minute, and is not good before its time", async () => {
  const assertion = await warehouse.sign(ann);
  clock.time += 59_000;
  await warehouse.open(assertion);
  clock.time += 10_000;
  await expect(warehouse.open(assertion)).rejects.toMatchObject({ code: "unauthenticated" });
  clock.time -= 600_000;
  await expect(warehouse.open(assertion)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("an older key still opens what it signed, another installation's opens nothing", async () => {
  const assertion = await warehouse.sign(ann);
  const later = createCallerAssertions({
    keys: parseInstanceKeys(`${keyText(2)} ${keyText(1)}`, "HERE"),
    audience: "warehouse",
    now,
  });
  await later.open(assertion);
  await expect(warehouse.open(await later.sign(ann))).rejects.toMatchObject({ code: "unauthenticated" });
});

test("for no other service, from nobody else, and with no other algorithm", async () => {
  const issuedAt = clock.time / 1_000;
  const claims = { principal: ann.principal, workspace: "team", administrator: true, credential: {} };
  const signed = (change: { issuer?: string; audience?: string; alg?: string; secret?: Uint8Array }) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: change.alg ?? "HS256", kid: keys[0].kid })
      .setIssuer(change.issuer ?? "runweir")
      .setAudience(change.audience ?? "warehouse")
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 60)
      .sign(change.secret ?? keys[0].derive("caller assertions", 64).slice(0, 32));
  const none = new UnsecuredJWT(claims)
    .setIssuer("runweir")
    .setAudience("warehouse")
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 60)
    .encode();
  const good = keys[0].derive("caller assertions");
  await warehouse.open(await signed({ secret: good }));
  const wrong = [
    await signed({ secret: good, audience: "ingest" }),
    await signed({ secret: good, issuer: "somebody" }),
    await signed({ secret: good, alg: "HS512" }),
    await signed({ secret: keys[0].derive("sessions") }),
    none,
    `${await warehouse.sign(ann)}x`,
    "",
    "a.b.c",
  ];
  for (const assertion of wrong)
    await expect(warehouse.open(assertion), assertion).rejects.toMatchObject({ code: "unauthenticated" });
});
