import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { attackPaths } from "@runweir/artifacts-domain/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startArtifactDoor } from "../../test/start-artifact-door.ts";

let door: Awaited<ReturnType<typeof startArtifactDoor>>;
beforeAll(async () => {
  door = await startArtifactDoor();
});
afterAll(() => door.close());

/** Byte for byte as written: no client in between may tidy the path up. */
function sendRaw(
  method: string,
  target: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(door.port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
        text: answer.split("\r\n\r\n")[1] ?? "",
      }),
    );
    socket.write(
      `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
  });
}

describe("paths that lead elsewhere", () => {
  const encodable = attackPaths.filter((path) => path.isWellFormed());

  test("are refused by every endpoint, however they are spelled, and touch nothing", async () => {
    for (const path of encodable) {
      const encoded = encodeURIComponent(path);
      for (const [method, target] of [
        ["GET", `/api/2.0/mlflow-artifacts/artifacts/${encoded}`],
        ["PUT", `/api/2.0/mlflow-artifacts/artifacts/${encoded}`],
        ["DELETE", `/api/2.0/mlflow-artifacts/artifacts/${encoded}`],
        ["GET", `/api/2.0/mlflow-artifacts/artifacts?path=${encoded}`],
        ["GET", `/api/2.0/mlflow-artifacts/presigned/${encoded}`],
        ["GET", `/api/2.0/mlflow/artifacts/list?run_id=proxied&path=${encoded}`],
        ["GET", `/api/2.0/mlflow/artifacts/list?run_id=folder&path=${encoded}`],
        ["GET", `/get-artifact?run_id=proxied&path=${encoded}`],
        ["GET", `/get-artifact?run_uuid=folder&path=${encoded}`],
        ["GET", `//model-versions/get-artifact?name=m&version=1&path=${encoded}`],
        ["POST", `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=folder&path=${encoded}`],
        ["GET", `/api/2.0/mlflow/logged-models/m-1/artifacts/directories?artifact_directory_path=${encoded}`],
        ["GET", `/ajax-api/2.0/mlflow/logged-models/m-1/artifacts/files?artifact_file_path=${encoded}`],
        ["PUT", `/api/2.0/mlflow-artifacts/mpu/part/${encoded}?upload_id=x&part_number=1`],
      ] as const) {
        const { status, text } = await sendRaw(method, target);
        expect([status, text, target]).toEqual([
          400,
          expect.stringContaining('"message":"Invalid path"'),
          target,
        ]);
      }
    }
  });

  test("are refused in requests that no client would write", async () => {
    for (const path of [
      "../../etc/passwd",
      "%2e%2e/%2e%2e/etc",
      "..%2f..%2fetc",
      "%252e%252e/x",
      "/etc/passwd",
      "a%00",
      "..\\x",
    ])
      for (const method of ["GET", "PUT", "DELETE"])
        expect((await sendRaw(method, `/api/2.0/mlflow-artifacts/artifacts/${path}`)).status, path).toBe(400);
    expect(await readdir(door.home)).not.toContain("etc");
  });
});
