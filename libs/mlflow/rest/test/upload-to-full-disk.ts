/** A process of its own, whose limit on file sizes is the full disk: uploads more than fits and prints the answers as JSON. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { startArtifactDoor } from "./start-artifact-door.ts";

const door = await startArtifactDoor(process.argv[2]);
const put = async (path: string, megabytes: number) => {
  const answer = await fetch(door.filesAt(path), {
    method: "PUT",
    body: new Uint8Array(megabytes * 1024 * 1024),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
};
const refused = await put("0/large.bin", 64);
const accepted = await put("0/small.bin", 1);
console.log(
  JSON.stringify({
    refused,
    accepted,
    kept: await readdir(join(door.home, "tree/0")),
    staged: await readdir(join(door.home, "tree/.runweir-staging")),
  }),
);
await door.close();
