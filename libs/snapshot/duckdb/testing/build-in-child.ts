/**
 * One pass in a process of its own: `build-in-child.ts <database url> <home> [<step> <milliseconds>]`. With a step, it
 * kills itself that long after the first step whose name begins so has begun.
 */
import { join } from "node:path";
import { openDatabase } from "@runweir/postgres";
import { createSnapshotCatalog } from "@runweir/snapshot-postgres";
import { buildSnapshot } from "../src/build-snapshot.ts";
import { openSnapshotFolder } from "../src/snapshot-folder.ts";
import { openTestDuckDb } from "./snapshot-test-place.ts";

const [url, home, step, milliseconds] = process.argv.slice(2) as [string, string, string?, string?];
const database = openDatabase({ url, applicationName: "snapshot-child" });
const duckdb = await openTestDuckDb(home);
let begun = false;
try {
  const result = await createSnapshotCatalog(database).build("default", (build) =>
    buildSnapshot(build, {
      workspace: "default",
      duckdb,
      folder: openSnapshotFolder(join(home, "default")),
      batchPoints: 200,
      filesPerTier: 3,
      purgeAfterSeconds: 0,
      onStep(name) {
        if (begun || step === undefined || !name.startsWith(step)) return;
        begun = true;
        const end = (): boolean => process.kill(process.pid, "SIGKILL");
        if (milliseconds === "0") end();
        else setTimeout(end, Number(milliseconds));
      },
    }),
  );
  console.log(JSON.stringify(result));
} catch (error) {
  console.log(
    JSON.stringify({ code: (error as { code?: unknown }).code, message: (error as Error).message }),
  );
}
duckdb.close();
await database.close();
