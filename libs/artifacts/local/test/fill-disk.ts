/**
 * A process of its own, since the limits of a process (or its mounts) are what is full: writes more than fits under the folder
 * it is given and prints what came of it as JSON.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { parseArtifactPath as path } from "@runweir/artifacts-domain";
import { readAll } from "@runweir/artifacts-domain/testing";
import { createLocalArtifactStore } from "../src/local-artifact-store.ts";
import { stagingName } from "../src/staging.ts";

const [folder = ""] = process.argv.slice(2);
const store = createLocalArtifactStore({ folder });
const megabytes = (count: number) =>
  Readable.from(Array.from({ length: count }, () => Buffer.alloc(1024 * 1024, 1)));
const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => "done",
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );

await store.put(path("kept"), Readable.from([Buffer.from("kept")]));
const source = megabytes(16);
const replaced = await codeOf(store.put(path("kept"), source));
const sourceDestroyed = source.destroyed;
const added = await codeOf(store.put(path("new"), megabytes(16)));
const uploadId = await store.startUpload(path("parts"));
const part = await codeOf(store.putPart(path("parts"), uploadId, { partNumber: 1, body: megabytes(16) }));
const etags = [];
for (const partNumber of [1, 2, 3, 4]) {
  const etag = await store.putPart(path("parts"), uploadId, { partNumber, body: megabytes(1) });
  etags.push({ partNumber, etag });
}
const completed = await codeOf(store.completeUpload(path("parts"), uploadId, etags));
await store.abortUpload(path("parts"), uploadId);
const after = await codeOf(store.put(path("small"), megabytes(1)));

console.log(
  JSON.stringify({
    replaced,
    sourceDestroyed,
    added,
    part,
    completed,
    after,
    listed: (await store.list(path(""), { limit: 10 })).entries.map(({ name }) => name),
    kept: (await readAll(await (await store.open(path("kept"))).read())).toString(),
    staged: await readdir(join(folder, stagingName)),
  }),
);
