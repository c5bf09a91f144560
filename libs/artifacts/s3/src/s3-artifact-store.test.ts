import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CreateBucketCommand, ListMultipartUploadsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { parseArtifactPath as path } from "@runweir/artifacts-domain";
import { describeArtifactStore, readAll } from "@runweir/artifacts-domain/testing";
import { findFreePort } from "@runweir/ports";
import { ensureEnvironment } from "@runweir/python";
import { type ChildServer, startChildServer } from "@runweir/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createS3ArtifactStore } from "./s3-artifact-store.ts";
import { createS3Client } from "./s3-client.ts";

// Without Python the suite is skipped aloud; a strict run (continuous integration) must have it.
const python = await ensureEnvironment("s3").catch((error: Error) => error);
if (python instanceof Error && process.env.RUNWEIR_STRICT === "1") throw python;
if (python instanceof Error) console.warn(`SKIPPED, the S3 suite: ${python.message}`);

let folder: string;
let server: ChildServer;
let client: ReturnType<typeof createS3Client>;

beforeAll(async () => {
  if (python instanceof Error) return;
  folder = await mkdtemp(join(tmpdir(), "runweir-s3-"));
  const port = await findFreePort();
  server = await startChildServer({
    name: "S3",
    command: python,
    args: ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    url: `http://127.0.0.1:${port}`,
    readyPath: "/moto-api/",
    logFile: join(folder, "s3.log"),
    limitMs: 60_000,
  });
  client = createS3Client({
    endpoint: server.url,
    credentials: { accessKeyId: "tester", secretAccessKey: "secret" },
  });
});

afterAll(async () => {
  if (python instanceof Error) return;
  client.destroy();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function newBucket(): Promise<string> {
  const Bucket = `bucket-${randomBytes(6).toString("hex")}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

const source = (content: string) => Readable.from([Buffer.from(content)]);

describe.skipIf(python instanceof Error)("S3", () => {
  describeArtifactStore(
    "a bucket",
    async () => createS3ArtifactStore({ client, bucket: await newBucket() }),
    {
      partBytes: 5 * 1024 * 1024,
    },
  );
  describeArtifactStore(
    "a prefix",
    async () => createS3ArtifactStore({ client, bucket: await newBucket(), prefix: "/team/a/" }),
    { partBytes: 5 * 1024 * 1024 },
  );

  test("a prefix is a wall: its neighbours are neither seen nor deleted", async () => {
    const bucket = await newBucket();
    const [a, ab, all] = ["a", "ab", undefined].map((prefix) =>
      createS3ArtifactStore({ client, bucket, prefix }),
    );
    await a!.put(path("d/f"), source("a"));
    await ab!.put(path("d/f"), source("ab"));
    await a!.delete(path("d"));
    expect(await ab!.stat(path("d/f"))).toBe("file");
    expect((await all!.list(path(""), { limit: 10 })).entries).toEqual([{ kind: "folder", name: "ab" }]);
  });

  test("a file larger than one piece, cut half-way, leaves no upload behind", async () => {
    const bucket = await newBucket();
    const store = createS3ArtifactStore({ client, bucket });
    async function* endless() {
      for (let index = 0; index < 40; index++) yield Buffer.alloc(1024 * 1024);
      throw new Error("the client went away");
    }
    await expect(store.put(path("large"), Readable.from(endless()))).rejects.toThrow("the client went away");
    expect(await store.stat(path("large"))).toBe("nothing");
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });

  test("more files than one request lists or deletes", async () => {
    const bucket = await newBucket();
    const store = createS3ArtifactStore({ client, bucket });
    const names = Array.from({ length: 1100 }, (_, index) => `f${String(index).padStart(5, "0")}`);
    for (let index = 0; index < names.length; index += 50)
      await Promise.all(
        names
          .slice(index, index + 50)
          .map((name) =>
            client.send(
              new PutObjectCommand({ Bucket: bucket, Key: `many/${name}`, Body: Buffer.from("x") }),
            ),
          ),
      );
    const { entries, nextPageToken } = await store.list(path("many"), { limit: 5000 });
    expect(entries.map(({ name }) => name)).toEqual(names);
    expect(nextPageToken).toBeUndefined();
    await store.delete(path("many"));
    expect((await store.list(path(""), { limit: 10 })).entries).toEqual([]);
  });

  test("objects that stand for folders, and keys that no path can name, are not shown", async () => {
    const bucket = await newBucket();
    for (const Key of ["d/", "d/f", "d//g", "d/../h"])
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.from("x") }));
    const store = createS3ArtifactStore({ client, bucket });
    expect((await store.list(path("d"), { limit: 10 })).entries.map(({ name }) => name)).toEqual(["f"]);
    expect((await readAll(await (await store.open(path("d/f"))).read())).toString()).toBe("x");
  });

  test("a store that is not there, or has no such bucket, says so", async () => {
    const gone = createS3ArtifactStore({ client, bucket: "no-such-bucket" });
    await expect(gone.put(path("x"), source("x"))).rejects.toMatchObject({ code: "unavailable" });
    await expect(gone.list(path(""), { limit: 1 })).rejects.toMatchObject({ code: "unavailable" });
    const nowhere = createS3Client({
      endpoint: `http://127.0.0.1:${await findFreePort()}`,
      credentials: { accessKeyId: "tester", secretAccessKey: "secret" },
    });
    const store = createS3ArtifactStore({ client: nowhere, bucket: "b" });
    await expect(store.list(path(""), { limit: 1 })).rejects.toMatchObject({
      code: "unavailable",
      message: "The artifact store cannot be reached; try again.",
    });
    nowhere.destroy();
  });
});
