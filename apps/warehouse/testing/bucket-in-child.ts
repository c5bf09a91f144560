/**
 * A machine of its own with a bucket: `bucket-in-child.ts <build | fetch> <database url> <home> <endpoint> <bucket> <prefix>` makes
 * a snapshot, or fetches all files of the newest, and prints what came of it as JSON.
 */
import { join } from "node:path";
import { createS3ArtifactStore, createS3Client } from "@runweir/artifacts-s3";
import { openDatabase } from "@runweir/postgres";
import { buildSnapshot, openSnapshotFolder, openStoredFolder } from "@runweir/snapshot-duckdb";
import { openTestDuckDb } from "@runweir/snapshot-duckdb/testing";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { bucketStore } from "../src/bucket-store.ts";

const [task, url, home, endpoint, bucket, prefix] = process.argv.slice(2) as [string, ...string[]] as [
  "build" | "fetch",
  string,
  string,
  string,
  string,
  string,
];
const database = openDatabase({ url, applicationName: "bucket-child" });
const catalog = createSnapshotCatalog(database);
const client = createS3Client({
  endpoint,
  credentials: { accessKeyId: "tester", secretAccessKey: "secret" },
});
const folder = openStoredFolder({
  local: openSnapshotFolder(join(home, "default")),
  store: bucketStore(createS3ArtifactStore({ client, bucket, prefix })),
  cacheBytes: 1e9,
});
try {
  if (task === "build") {
    const duckdb = await openTestDuckDb(home);
    try {
      const options = { workspace: "default", duckdb, folder };
      console.log(JSON.stringify(await catalog.build("default", (build) => buildSnapshot(build, options))));
    } finally {
      duckdb.close();
    }
  } else {
    const lease = await catalog.lease("default", { holder: "bucket-child", seconds: 60 });
    try {
      const manifest = await folder.readManifest(lease.manifestPath, lease.manifestSha256);
      const release = await folder.hold(manifest.files);
      console.log(JSON.stringify({ fetched: manifest.files.length }));
      release();
    } finally {
      await catalog.release(lease.leaseId);
    }
  }
} catch (error) {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  console.log(JSON.stringify({ code, message }));
}
client.destroy();
await database.close();
