import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@runweir/http/testing";
import { createFileLinks } from "@runweir/snapshot-domain";
import { expect, onTestFinished, test } from "vitest";
import { fileLinkRoutes } from "./file-link-routes.ts";

/** Longer than anybody reads while a test runs, and of no size on the disk. */
const bytes = 2 ** 40;

test("a file that is being read by a link ends when what the link was made with does", async () => {
  const folder = await mkdtemp(join(tmpdir(), "runweir-links-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "1.parquet");
  {
    await using file = await open(path, "w");
    await file.truncate(bytes);
  }
  const links = createFileLinks({ key: new Uint8Array(32), now: () => new Date() });
  let isGood: boolean | "unknown" = true;
  let asked = 0;
  let released = 0;
  await using server = await startTestServer({
    routes: (door) =>
      door.register(
        fileLinkRoutes({
          links,
          snapshots: { list: unasked, describe: unasked },
          keep: unasked,
          now: () => new Date(),
          async isGood() {
            asked += 1;
            if (isGood === "unknown") throw new Error("the database does not answer");
            return isGood;
          },
          open: async () => ({ tables: { runs: [path] }, release: () => (released += 1) }),
        }),
      ),
  });
  const maker = { kind: "user", id: "ann", tokenId: "t1" } as const;
  const expiresAt = new Date(Date.now() + 60_000);
  const file = { snapshot: 1, table: "runs", name: "1.parquet" };
  const token = links.sign({ workspace: "default", maker, expiresAt }, file);
  const url = `${server.url}/api/snapshots/1/files/${token}/runs/1.parquet`;
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get("content-length")]).toEqual([200, String(bytes)]);

  // Whoever cannot be asked about now goes on, and is asked about again.
  isGood = "unknown";
  let read = 0;
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) {
      read += chunk.length;
      if (isGood === "unknown" && asked > 2) isGood = false;
    }
  })();
  await expect(reading).rejects.toThrow();
  expect(read).toBeGreaterThan(0);
  expect(asked).toBeGreaterThan(3);
  await expect.poll(() => released).toBe(1);
  expect((await fetch(url)).status).toBe(403);
});

async function unasked(): Promise<never> {
  throw new Error("nobody asks for it here");
}
