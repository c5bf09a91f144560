import { createHash } from "node:crypto";
import type { AuditEntry } from "@runweir/identity-domain";
import { identityMigrations } from "@runweir/identity-postgres";
import { emptyAudit, fillAudit, tamper } from "@runweir/identity-postgres/testing";
import { createTestDatabase } from "@runweir/postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../../testing/run-cli.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase([identityMigrations]);
});
afterAll(() => database.drop());

async function cli(...words: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const run = runCli(["audit", ...words], { env: { RUNWEIR_DATABASE_URL: database.url } });
  const code = await run.ended;
  return { code, said: run.output() };
}

describe("runweir audit verify", () => {
  beforeEach(() => emptyAudit(database));

  test("says that all is as it was written, and what to note of it", async () => {
    expect(await cli("verify")).toEqual({
      code: 0,
      said: expect.stringMatching(/^0 entries verified in \d+\.\d s\. All are as they were written\.\n$/),
    });
    const { sequence, hash } = await fillAudit(database, 20);
    const { code, said } = await cli("verify");
    expect(code).toBe(0);
    expect(said).toMatch(
      /^20 entries verified in .*\nNote this elsewhere.*\n {2}--anchor 20:[0-9a-f]{64}\n$/,
    );
    expect(said).toContain(`--anchor ${sequence}:${hash}\n`);
    expect((await cli("verify", "--anchor", `${sequence}:${hash}`)).code).toBe(0);
  });

  test.each([
    [
      "altered",
      "UPDATE identity.audit_entry SET actor_name = 'Nobody' WHERE sequence = 5",
      "Entry 5 was altered.",
    ],
    [
      "altered by hand in its details",
      `UPDATE identity.audit_entry SET after = jsonb_set(after, '{version}', '99') WHERE sequence = 7`,
      "Entry 7 was altered.",
    ],
    ["removed", "DELETE FROM identity.audit_entry WHERE sequence IN (5, 6)", "Entries 5 to 6 were removed."],
    [
      "removed and the gap closed",
      `DELETE FROM identity.audit_entry WHERE sequence = 5;
       UPDATE identity.audit_entry SET sequence = sequence - 1 + 1000 WHERE sequence > 5;
       UPDATE identity.audit_entry SET sequence = sequence - 1000 WHERE sequence > 1000`,
      "Entry 5 was removed.",
    ],
    [
      "reordered",
      `UPDATE identity.audit_entry SET sequence = 1000 WHERE sequence = 5;
       UPDATE identity.audit_entry SET sequence = 5 WHERE sequence = 9;
       UPDATE identity.audit_entry SET sequence = 9 WHERE sequence = 1000`,
      "Entry 5 was moved: it was written as entry 9.",
    ],
    [
      "added at the end",
      `INSERT INTO identity.audit_entry (SELECT (jsonb_populate_record(e, '{"sequence":21}')).*
         FROM identity.audit_entry e WHERE sequence = 20)`,
      "Entry 21 was inserted.",
    ],
    [
      "removed at the end",
      "DELETE FROM identity.audit_entry WHERE sequence > 18",
      "Entries 19 to 20 were removed.",
    ],
  ])("finds an entry that was %s", async (_how, statements, sentence) => {
    await fillAudit(database, 20);
    await tamper(database, statements);
    const { code, said } = await cli("verify");
    expect({ code, first: said.split("\n")[0] }).toEqual({ code: 2, first: sentence });
  });

  test("finds by what was noted that the end was cut off, its mark too, or all written anew", async () => {
    const { hash } = await fillAudit(database, 20);
    await tamper(
      database,
      `DELETE FROM identity.audit_entry WHERE sequence > 15; UPDATE identity.audit_head
         SET sequence = 15, hash = (SELECT hash FROM identity.audit_entry WHERE sequence = 15)`,
    );
    expect((await cli("verify")).code).toBe(0);
    const cut = await cli("verify", "--anchor", `20:${hash}`);
    expect(cut).toMatchObject({ code: 2, said: expect.stringMatching(/^Entries 16 to 20 were removed\.\n/) });
    const other = await cli("verify", "--anchor", `15:${hash}`, "--json");
    expect(other.code).toBe(2);
    expect(JSON.parse(other.said)).toMatchObject({
      verified: 14,
      fault: { kind: "rewritten", sequence: 15, message: expect.stringMatching(/^Entry 15 is not the one/) },
    });
  });

  test.each([
    [[], "audit: found nothing, allowed is verify and export."],
    [["drop"], 'audit: found "drop", allowed is verify and export.'],
    [
      ["verify", "--anchor", "5"],
      '--anchor: found "5", allowed is a number, a colon and 64 hexadecimal digits.',
    ],
    [["export"], "audit export: found no format, allowed is --ndjson."],
    [["export", "--ndjson", "--since", "monday"], '--since: found "monday", allowed is a time like'],
  ])("%j is not understood", async (words, sentence) => {
    const { code, said } = await cli(...words);
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(sentence) });
  });
});

test("100,000 entries are verified, written out, and verified again by another program", async () => {
  await emptyAudit(database);
  const { hash } = await fillAudit(database, 100_000);
  const { code, said } = await cli("verify");
  expect(code).toBe(0);
  console.log(said.split("\n")[0]);
  const { said: lines } = await cli("export", "--ndjson");
  const entries = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AuditEntry);
  expect(entries).toHaveLength(100_001);
  expect(entries.at(-1)).toMatchObject({
    action: "audit.export",
    origin: { door: "command-line" },
    previousHash: hash,
  });
  // As the README of identity-domain says it is computed.
  let previous = "0".repeat(64);
  for (const e of entries) {
    const { actor, object, origin } = e;
    const members = [
      e.version,
      e.sequence,
      e.time,
      e.workspace,
      actor.kind,
      actor.id,
      actor.name,
      e.action,
      object.kind,
      object.id,
      object.name,
      sorted(e.before),
      sorted(e.after),
      origin.door,
      origin.address,
      origin.userAgent,
      origin.requestId,
      origin.tokenId,
    ];
    previous = createHash("sha256").update(previous, "hex").update(JSON.stringify(members)).digest("hex");
  }
  expect(previous).toBe(entries.at(-1)?.hash);
  const since = await cli(
    "export",
    "--ndjson",
    "--since",
    new Date(entries[99_990]?.time ?? 0).toISOString(),
  );
  // Those, and that there were two exports.
  expect(since.said.trimEnd().split("\n")).toHaveLength(10 + 2);
});

/** Details as they are here, one level deep. */
function sorted(details: AuditEntry["before"]): unknown {
  if (details === null || typeof details !== "object") return details;
  return Object.fromEntries(Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1)));
}
