import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createTestDatabase } from "@runweir/postgres/testing";
import { describe, expect, test } from "vitest";
import { type CliProcess, runCli, startCli, temporaryFolder } from "../testing/run-cli.ts";

/** It ends with exit code 1, and these words are all that it says of why. */
async function expectRefusal(cli: CliProcess, sentence: RegExp): Promise<void> {
  expect(await cli.ended, cli.output()).toBe(1);
  expect(cli.output()).toMatch(sentence);
  expect(cli.output()).not.toMatch(/\n\s+at /);
}

function start(home: string, ...more: readonly string[]): CliProcess {
  return runCli(["start", "--no-pages", "--data", home, ...more]);
}

describe("runweir start refuses, in one sentence,", () => {
  test("a port in use", async () => {
    const folder = temporaryFolder();
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const { port } = other.address() as { port: number };
    await expectRefusal(
      start(folder, "--port", String(port)),
      new RegExp(
        `Port ${port} is in use by another program\\. Stop it, or choose another port with --port\\.`,
      ),
    );
    other.close();
  });

  test("a folder in use by another instance, naming it", async () => {
    const folder = temporaryFolder();
    const first = await startCli(folder);
    await expectRefusal(
      start(folder, "--port", "0"),
      new RegExp(`is in use by another Runweir \\(process ${first.child.pid}, ${first.url}\\)`),
    );
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
  });

  test("a folder that cannot be made", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    await expectRefusal(
      start(join(folder, "file", "data"), "--port", "0"),
      /The data folder \S+ cannot be written to \(a file is in the way\)\. Choose another one with --data/,
    );
  });

  test("a folder that may not be written to", async () => {
    const folder = temporaryFolder();
    const home = join(folder, "closed");
    mkdirSync(home);
    chmodSync(home, 0o555);
    // Root may write anywhere, so there somebody else has to try.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const cli = runCli(["start", "--no-pages", "--port", "0", "--data", home], { ...nobody, cwd: "/" });
    await expectRefusal(cli, /cannot be written to \(permission denied\)/);
  });

  test.runIf(process.getuid?.() === 0)("as root, a folder where the database's user cannot go", async () => {
    const folder = temporaryFolder();
    const closed = join(folder, "closed");
    mkdirSync(closed, { mode: 0o700 });
    await expectRefusal(
      start(join(closed, "data"), "--port", "0"),
      new RegExp(`Postgres refuses to run as root, and the user \\w+, .*, may not enter ${closed}\\.`),
    );
  });

  test("a database newer than the code", async () => {
    const folder = temporaryFolder();
    const database = await createTestDatabase([]);
    await database.query(
      "INSERT INTO runweir_migration (name, checksum) VALUES ('29990101T0000-from-the-future', 'x')",
    );
    const cli = runCli(["start", "--no-pages", "--port", "0", "--data", folder], {
      env: { RUNWEIR_DATABASE_URL: database.url },
    });
    await expectRefusal(
      cli,
      /The database is newer than this Runweir: it holds migration 29990101T0000-from-the-future/,
    );
    await database.drop();
  });

  test("a database that does not answer", async () => {
    const folder = temporaryFolder();
    const cli = runCli(["start", "--no-pages", "--port", "0", "--data", folder], {
      env: { RUNWEIR_DATABASE_URL: "postgres://someone:secret@127.0.0.1:1/nothing" },
    });
    await expectRefusal(cli, /The database does not answer: connect ECONNREFUSED 127\.0\.0\.1:1/);
    expect(cli.output()).not.toContain("secret");
  });

  test("a cluster written by another major version", async () => {
    const folder = temporaryFolder();
    const first = await startCli(folder);
    first.child.kill("SIGTERM");
    await first.ended;
    writeFileSync(join(folder, "postgres/PG_VERSION"), "12\n");
    await expectRefusal(start(folder, "--port", "0"), /was written by PostgreSQL 12; this Runweir brings/);
  });

  test.each(["0.0.0.0", "::", "192.168.1.20", "example.org"])(
    "the host %s, with the reason",
    async (host) => {
      const folder = temporaryFolder();
      await expectRefusal(
        runCli(["start", "--data", folder, "--port", "0", "--host", host], {
          env: { RUNWEIR_IDENTITY: "open" },
        }),
        /RUNWEIR_IDENTITY=open is refused on \S+: whoever reaches it could read, change and delete everything/,
      );
    },
  );

  test.each([
    [["start", "--port", "http"], /--port is "http"; allowed is a whole number from 0 to 65535\./],
    [["start", "--prot", "1"], /'--prot'/],
    [["begin"], /There is no command "begin"\./],
  ])("%j", async (words, sentence) => {
    await expectRefusal(runCli(words), sentence);
  });

  test("wrong variables, each with what is allowed", async () => {
    const cli = runCli(["start"], {
      env: { RUNWEIR_LOG_LEVEL: "loud", RUNWEIR_ARTIFACT_PREFIXES: "gs://x" },
    });
    await expectRefusal(cli, /RUNWEIR_LOG_LEVEL is "loud"; allowed is one of trace, debug/);
    expect(cli.output()).toMatch(/RUNWEIR_ARTIFACT_PREFIXES is "gs:\/\/x"; allowed is s3:\/\/ addresses/);
  });
});
