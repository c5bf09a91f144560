import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startArtifactDoor } from "../../test/start-artifact-door.ts";

let door: Awaited<ReturnType<typeof startArtifactDoor>>;
beforeAll(async () => {
  door = await startArtifactDoor();
});
afterAll(() => door.close());

const at = (path: string) => door.at(path);
const filesAt = (path: string) => door.filesAt(path);

describe("files in parts", () => {
  const post = (step: string, body: unknown) =>
    fetch(at(`/api/2.0/mlflow-artifacts/mpu/${step}/0/mpu%20x/artifacts`), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const create = async (numParts: number) =>
    (await (await post("create", { path: "/home/me/big file.bin", num_parts: numParts })).json()) as {
      upload_id: string;
      credentials: { url: string; part_number: number; headers: Record<string, string> }[];
    };

  test("parts go to the addresses that creation answers, and become the file", async () => {
    const upload = await create(3);
    const parts = await Promise.all(
      upload.credentials.toReversed().map(async ({ url, part_number, headers }) => {
        const sent = await fetch(url, { method: "PUT", body: `part ${part_number}.`, headers });
        expect(sent.status).toBe(200);
        return { part_number, etag: sent.headers.get("etag"), url };
      }),
    );
    expect((await fetch(filesAt("0/mpu x/artifacts/big file.bin"))).status).toBe(404);
    const { upload_id } = upload;
    const done = await post("complete", { path: "C:\\me\\big file.bin", upload_id, parts });
    expect([done.status, await done.text()]).toEqual([200, "{}"]);
    expect(await (await fetch(filesAt("0/mpu x/artifacts/big file.bin"))).text()).toBe(
      "part 1.part 2.part 3.",
    );
  });

  test("given up, or asked for wrongly", async () => {
    const { upload_id, credentials } = await create(1);
    await fetch(credentials[0]!.url, { method: "PUT", body: "part" });
    expect((await post("abort", { path: "big file.bin", upload_id })).status).toBe(200);
    expect((await fetch(credentials[0]!.url, { method: "PUT", body: "part" })).status).toBe(404);
    expect((await post("create", { path: "f", num_parts: 10_001 })).status).toBe(400);
    expect((await post("create", { num_parts: 1 })).status).toBe(400);
    expect((await post("create", { path: "..", num_parts: 1 })).status).toBe(400);
    expect((await post("complete", { path: "f", upload_id: "x", parts: [] })).status).toBe(400);
    for (const number of ["0", "10001", "1.5", "x"]) {
      const url = credentials[0]!.url.replace("part_number=1", `part_number=${number}`);
      expect((await fetch(url, { method: "PUT", body: "part" })).status, number).toBe(400);
    }
  });
});
